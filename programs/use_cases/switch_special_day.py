"""Say that a special day does not hold here, or holds again."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import SpecialDay
from programs.queries.changes import differences, special_day_values
from programs.use_cases._editing import refuse_stale, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record


@transaction.atomic
def switch_special_day(
    *, day: SpecialDay, version: int, is_active: bool, actor: User | None, now: datetime
) -> SpecialDay:
    """Does: switches the day on or off and writes an audit line; if it is so already, nothing is written.

    Refuses: a switch on top of a version that somebody else has changed (StaleEdit); a day deleted meanwhile.
    Tells: nobody.
    """
    row = SpecialDay.objects.select_for_update().filter(pk=day.pk).first()
    if row is None:
        raise Refusal("Hari ini baru saja dihapus oleh petugas lain.")
    if row.is_active == is_active:
        return row
    subject, part = f"region:{row.region_id}", f"special_day:{row.pk}"
    refuse_stale(row, subject, version, part)
    before = special_day_values(row)
    save_or_refuse(row, is_active=is_active, version=row.version + 1)
    record(
        at=now,
        actor=actor,
        action="special_day.switched",
        sentence=f"Menyatakan hari khusus {row.name} {'berlaku' if is_active else 'tidak berlaku'}.",
        region_code=row.region_id,
        subject=subject,
        data={part: {"version": row.version, "changes": differences(before, special_day_values(row))}},
    )
    return row
