"""Add a special day by hand, or change one."""

from datetime import date, datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import SpecialDay
from programs.queries.changes import changed_labels, differences, special_day_values
from programs.use_cases._editing import refuse_stale, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.regions.models import Region

# Longer is a slip of the month or the year.
LONGEST_DAYS = 60


@transaction.atomic
def save_special_day(
    *,
    day: SpecialDay | None,
    version: int,
    region: Region,
    kind: str,
    name: str,
    starts_on: date,
    ends_on: date,
    actor: User | None,
    now: datetime,
) -> SpecialDay:
    """Does: writes the day (a new one if `day` is None) and an audit line; without a difference nothing is written.

    A day that was seeded keeps what is written here when it is seeded again.
    Refuses: an edit on top of a version that somebody else has changed (StaleEdit), a day deleted
    meanwhile, an end before the start, more than 60 days.
    Tells: nobody.
    """
    if (ends_on - starts_on).days >= LONGEST_DAYS:
        raise Refusal(f"Hari khusus paling lama {LONGEST_DAYS} hari. Periksa tanggalnya.", field="ends_on")
    if day is None:
        return _add(SpecialDay(region=region, kind=kind, name=name, starts_on=starts_on, ends_on=ends_on), actor, now)
    row = SpecialDay.objects.select_for_update().filter(pk=day.pk).first()
    if row is None:
        raise Refusal("Hari ini baru saja dihapus oleh petugas lain.")
    subject, part = f"region:{row.region_id}", f"special_day:{row.pk}"
    refuse_stale(row, subject, version, part)
    before = special_day_values(row)
    row.kind, row.name, row.starts_on, row.ends_on = kind, name, starts_on, ends_on
    changes = differences(before, special_day_values(row))
    if not changes:
        return row
    save_or_refuse(row, version=row.version + 1)
    record(
        at=now,
        actor=actor,
        action="special_day.changed",
        sentence=f"Mengubah hari khusus {row.name}: {changed_labels(changes)}.",
        region_code=row.region_id,
        subject=subject,
        data={part: {"version": row.version, "changes": changes}},
    )
    return row


def _add(row: SpecialDay, actor: User | None, now: datetime) -> SpecialDay:
    save_or_refuse(row)
    record(
        at=now,
        actor=actor,
        action="special_day.created",
        sentence=f"Menambah hari khusus {row.name}, {clock.date_words(row.starts_on)}.",
        region_code=row.region_id,
        subject=f"region:{row.region_id}",
    )
    return row
