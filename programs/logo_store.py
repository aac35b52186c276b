"""Where the arms of offices lie: `logos/<id>.<png|jpeg>` below the default storage, a private folder."""

from contextlib import suppress
from typing import BinaryIO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "logos"


def put(content: bytes, kind: str) -> str:
    """Write a picture and return its path within the storage. The name comes from us alone."""
    return default_storage.save(f"{FOLDER}/{uuid4()}.{kind}", ContentFile(content))


def open_stored(path: str) -> BinaryIO | None:
    """The picture opened for reading; None if there is none or it is gone."""
    if not path:
        return None
    with suppress(FileNotFoundError):
        return default_storage.open(path, "rb")
    return None


def remove(path: str) -> None:
    """Delete a picture; it may be gone already."""
    default_storage.delete(path)
