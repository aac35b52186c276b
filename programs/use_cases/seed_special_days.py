"""Give regions with an office their national holidays, cuti bersama and Ramadan."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from programs.models import Office, SpecialDay
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.national_days import NationalDay, national_days
from rtportal.lib.numbers import thousands

# Where a new year begins first.
_EAST = "WIT"
# Rows that no official has touched still have the version they were seeded with.
_UNTOUCHED = 1


@transaction.atomic
def seed_special_days(*, regions: Iterable[str] | None = None, now: datetime) -> int:
    """Does: writes the days of this year and the next for the kabupaten/kota with these codes (None: all that have an
    office), one audit line per region; gives the number of rows written. A day that the library has meanwhile moved
    or dropped is moved or deleted too. Seeding again without news writes nothing.

    Refuses: nothing. What an official has edited or switched off stays as it is.
    Tells: nobody.
    """
    year = clock.local_date(now, _EAST).year
    known = {day.key: day for each in (year, year + 1) for day in national_days(each)}
    codes = set(Office.objects.values_list("region_id", flat=True) if regions is None else regions)
    present = defaultdict(dict)
    rows = SpecialDay.objects.select_for_update().filter(_seeded(year) | _seeded(year + 1), region__in=codes)
    for row in rows.order_by("pk"):
        present[row.region_id][row.source_key] = row
    return sum(_seed(code, known, present[code], now) for code in sorted(codes))


def _seeded(year: int) -> Q:
    # Keys are `kind:year:…`, whatever the date has become.
    return Q(source_key__contains=f":{year}:")


def _seed(code: str, known: dict[str, NationalDay], present: dict[str, SpecialDay], now: datetime) -> int:
    new = [_row(code, day) for key, day in known.items() if key not in present]
    # Somebody may seed the same region at the same moment.
    SpecialDay.objects.bulk_create(new, ignore_conflicts=True)
    untouched = [row for row in present.values() if row.version == _UNTOUCHED]
    moved = [row for row in untouched if row.source_key in known and _follow(row, known[row.source_key])]
    SpecialDay.objects.bulk_update(moved, ["name", "starts_on", "ends_on"])
    gone = [row.pk for row in untouched if row.source_key not in known]
    SpecialDay.objects.filter(pk__in=gone, version=_UNTOUCHED).delete()
    written = len(new) + len(moved) + len(gone)
    if written:
        record(
            at=now,
            actor=None,
            action="special_days.seeded",
            sentence=f"Mengisi hari libur nasional, cuti bersama, dan Ramadan: {thousands(len(new))} baru, "
            f"{thousands(len(moved))} berpindah, {thousands(len(gone))} dihapus.",
            region_code=code,
            subject=f"region:{code}",
        )
    return written


def _row(code: str, day: NationalDay) -> SpecialDay:
    return SpecialDay(
        region_id=code,
        kind=day.kind,
        name=day.name,
        starts_on=day.starts_on,
        ends_on=day.ends_on,
        source_key=day.key,
    )


def _follow(row: SpecialDay, day: NationalDay) -> bool:
    """Give the row what the library says now; whether that is anything new."""
    before = (row.name, row.starts_on, row.ends_on)
    row.name, row.starts_on, row.ends_on = day.name, day.starts_on, day.ends_on
    return before != (day.name, day.starts_on, day.ends_on)
