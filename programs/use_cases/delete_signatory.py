"""Take an official off the list of those who sign."""

from datetime import datetime

from django.db import transaction

from programs.models import Signatory
from programs.use_cases._editing import refuse_stale
from rtportal.accounts.models import User
from rtportal.audit.record import record


@transaction.atomic
def delete_signatory(*, signatory: Signatory, version: int, actor: User | None, now: datetime) -> None:
    """Does: deletes the signatory and writes an audit line; one that is gone already stays gone. Programmes whose
    papers they signed have nobody in that place until somebody else is chosen.

    Refuses: a deletion on top of a version that somebody else has changed (StaleEdit).
    Tells: nobody.
    """
    row = Signatory.objects.select_for_update(of=("self",)).select_related("office").filter(pk=signatory.pk).first()
    if row is None:
        return
    subject = f"region:{row.office.region_id}"
    refuse_stale(row, subject, version, f"signatory:{row.pk}")
    row.delete()
    record(
        at=now,
        actor=actor,
        action="signatory.deleted",
        sentence=f"Menghapus penanda tangan {row.full_name}, {row.position}.",
        region_code=row.office.region_id,
        subject=subject,
    )
