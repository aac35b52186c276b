"""A limit for uploads that holds while they arrive: what is too large never lies whole on the machine."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class LimitedUpload(FileUploadHandler):
    """Stands first in FILE_UPLOAD_HANDLERS and lets a file go as soon as it is larger than LARGEST_UPLOAD bytes.

    The rest of the request is read, so that the person gets an answer and not a broken connection.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.LARGEST_UPLOAD:
            self.request.is_upload_too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""


def is_upload_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was let go for its size. It is missing from `request.FILES` then."""
    # The body is read when somebody first asks for it.
    _ = request.FILES
    return getattr(request, "is_upload_too_large", False)


def too_large_sentence() -> str:
    """What somebody reads whose file is larger than this installation takes."""
    return f"Berkas ini terlalu besar: paling besar {settings.LARGEST_UPLOAD // 1024**2} MB."
