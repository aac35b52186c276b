"""A file leaves the portal."""

from datetime import datetime

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.documents.formats import FORMATS
from rtportal.documents.imprint import told_of
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import unit_of
from rtportal.lib.numbers import thousands


def record_download(*, file: GeneratedFile, by: User, now: datetime) -> None:
    """Does: nothing to the file.

    Refuses: nothing, the view has asked whether `by` may still have it.
    Tells: an audit line with the number of rows, what it was made for and whether it tells identity in full.
    """
    amount = f"{thousands(file.rows_total)} {unit_of(file.export)}"
    record(
        at=now,
        actor=by,
        action="file.downloaded",
        sentence=f"Mengunduh “{file.title}” sebagai {FORMATS[file.format].label}, {amount}{told_of(file)}",
        region_code=file.region_code,
        subject=file.subject,
        data={
            "file": str(file.pk),
            "export": file.export,
            "format": file.format,
            "rows": file.rows_total,
            "purpose": file.purpose,
            "unmasked": file.is_unmasked,
        },
    )
