"""A signed copy that does not belong to its paper."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.documents import kept_files
from rtportal.documents.models import SignedPaper


@transaction.atomic
def delete_signed_paper(*, signed: SignedPaper, by: User, now: datetime) -> None:
    """The caller has asked whether `by` may have the paper.

    Does: deletes row and file; nothing if they are gone already.
    Refuses: nothing.
    Tells: one audit line where the paper belongs.
    """
    deleted, _ = SignedPaper.objects.filter(pk=signed.pk).delete()
    if not deleted:
        return
    # Not before the row is gone for good.
    transaction.on_commit(lambda: kept_files.remove(signed.path))
    record(
        at=now,
        actor=by,
        action="signed_paper.deleted",
        sentence=f"Menghapus unggahan “{signed.title}” yang sudah ditandatangani ({signed.name})",
        region_code=signed.region_code,
        subject=signed.subject,
        data={"signed_paper": str(signed.pk), "sha256": signed.sha256},
    )
