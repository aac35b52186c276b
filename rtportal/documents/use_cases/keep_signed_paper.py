"""A paper of the portal comes back signed."""

import uuid
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.documents import kept_files
from rtportal.documents.models import SignedPaper
from rtportal.documents.registry import Document
from rtportal.lib.errors import InputError
from rtportal.lib.file_types import FileType, safe_name

FOLDER = "signed"
LARGEST = 20 * 1024 * 1024
_PDF = FileType("pdf", "application/pdf")
# How far from its start and its end a PDF may say that it is one.
_MARGIN = 1024


class SignedPaperRefused(InputError):
    """The file is not kept; the sentence says why."""


def keep_signed_paper(
    *, paper: Document, name: str, content: BinaryIO, size: int, by: User, now: datetime
) -> SignedPaper:
    """`paper` is open for `by`, who may have it. `content` is what was uploaded, `size` its bytes.

    Does: keeps the file privately as the signed copy of that paper. The same file again is the one that is there.
    Refuses (SignedPaperRefused): more than 20 MB, no PDF, a PDF that was cut off.
    Tells: one audit line where the paper belongs.
    """
    _refuse_other_files(content, size)
    digest = kept_files.sha256_of(content)
    twins = SignedPaper.objects.filter(export=paper.identifier, params=paper.params, sha256=digest)
    if twin := twins.first():
        return twin
    key = uuid.uuid4()
    path = kept_files.put(FOLDER, key, "pdf", content)
    row = SignedPaper(
        pk=key,
        export=paper.identifier,
        params=paper.params,
        region_code=paper.region_code,
        subject=paper.subject,
        title=paper.title[:200],
        name=safe_name(name, _PDF),
        path=path,
        size=size,
        sha256=digest,
        uploaded_at=now,
        uploaded_by=by,
    )
    try:
        _write(row)
    except BaseException:
        kept_files.remove(path)
        raise
    return row


@transaction.atomic
def _write(row: SignedPaper) -> None:
    row.save(force_insert=True)
    record(
        at=row.uploaded_at,
        actor=row.uploaded_by,
        action="signed_paper.kept",
        sentence=f"Mengunggah “{row.title}” yang sudah ditandatangani ({row.name})",
        region_code=row.region_code,
        subject=row.subject,
        data={"signed_paper": str(row.pk), "export": row.export, "sha256": row.sha256},
    )


def _refuse_other_files(content: BinaryIO, size: int) -> None:
    if size > LARGEST:
        raise SignedPaperRefused(f"Berkas ini terlalu besar: paling besar {LARGEST // 1024**2} MB.")
    content.seek(0)
    head = content.read(_MARGIN)
    content.seek(max(0, size - _MARGIN))
    tail = content.read()
    content.seek(0)
    if b"%PDF-" not in head:
        raise SignedPaperRefused("Berkas ini bukan PDF. Pindai atau simpan sebagai PDF, lalu unggah lagi.")
    if b"%%EOF" not in tail:
        raise SignedPaperRefused("PDF ini terpotong. Simpan ulang, lalu unggah lagi.")
