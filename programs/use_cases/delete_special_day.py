"""Delete a special day that was added by hand."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import SpecialDay
from programs.use_cases._editing import refuse_stale
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock


@transaction.atomic
def delete_special_day(*, day: SpecialDay, version: int, actor: User | None, now: datetime) -> None:
    """Does: deletes the day and writes an audit line; one that is gone already stays gone.

    Refuses: a day from the national list, which seeding would bring back: it is switched off instead; a deletion on
    top of a version that somebody else has changed (StaleEdit).
    Tells: nobody.
    """
    row = SpecialDay.objects.select_for_update().filter(pk=day.pk).first()
    if row is None:
        return
    if row.source_key:
        raise Refusal("Hari dari daftar nasional tidak dapat dihapus. Matikan saja bila tidak berlaku di sini.")
    refuse_stale(row, f"region:{row.region_id}", version, f"special_day:{row.pk}")
    row.delete()
    record(
        at=now,
        actor=actor,
        action="special_day.deleted",
        sentence=f"Menghapus hari khusus {row.name}, {clock.date_words(row.starts_on)}.",
        region_code=row.region_id,
        subject=f"region:{row.region_id}",
    )
