"""Waves and special days laid out day by day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from programs.clash import ClashCounts
from programs.models import SpecialDay, Wave
from programs.queries.special_days import FRIDAY, by_day, each_day, overlapping
from rtportal.accounts.models import User
from rtportal.lib import clock

# Word in the address → what it means, its words, its look (shape and colour).
DRAFT, PUBLISHED, CANCELLED = "draf", "terbit", "batal"
_STATES = {
    DRAFT: Q(publication=None, cancelled_at=None),
    PUBLISHED: Q(publication__isnull=False, cancelled_at=None),
    CANCELLED: Q(cancelled_at__isnull=False),
}
_LOOKS = {DRAFT: "status-wait", PUBLISHED: "status-ok", CANCELLED: "status-bad"}


@dataclass(frozen=True)
class Wish:
    """What of the calendar is asked for; None and "" ask for everything. Keys of rows, a word for the state."""

    program: int | None = None
    venue: int | None = None
    office: int | None = None
    state: str = ""


@dataclass(frozen=True)
class Mark:
    """A special day as the calendar shows it, once for all regions that have it; `where` names them if only some do."""

    kind: str
    label: str
    name: str
    starts_on: date
    ends_on: date
    where: str


@dataclass(frozen=True)
class Chip:
    """A wave on one of its days: `hours` in words with the zone, `part` such as "hari 2 dari 3"."""

    wave: Wave
    hours: str
    part: str
    state: str
    look: str
    clashes: ClashCounts


@dataclass(frozen=True)
class Day:
    """A day of the grid. A quiet one has neither a wave nor anything but Ramadan or Friday's prayer."""

    on: date
    marks: list[Mark] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    is_today: bool = False

    @property
    def is_friday(self) -> bool:
        return self.on.weekday() == FRIDAY

    @property
    def is_off(self) -> bool:
        return any(mark.kind in {SpecialDay.Kind.NATIONAL, SpecialDay.Kind.JOINT_LEAVE} for mark in self.marks)

    @property
    def is_quiet(self) -> bool:
        return not self.chips and all(mark.kind == SpecialDay.Kind.RAMADAN for mark in self.marks)


def waves_between(user: User, first: date, last: date, wish: Wish) -> list[Wave]:
    """Waves in scope that touch the local days from `first` to `last`, as the office plans them, by time. One query."""
    # A local day begins in the east and ends in the west; what is too much goes by its own local days.
    waves = _asked(Wave.objects.visible_to(user), wish).filter(
        starts_at__lte=clock.end_of_local_day(last, "WIB"),
        ends_at__gt=clock.end_of_local_day(first - timedelta(days=1), "WIT"),
    )
    found = waves.select_related("program__region", "venue")
    return [wave for wave in found if wave.local_day <= last and last_local_day(wave) >= first]


def next_wave_after(user: User, day: date, wish: Wish) -> Wave | None:
    """The first wave in scope that starts on `day` or later."""
    begin = clock.end_of_local_day(day - timedelta(days=1), "WIT")
    waves = _asked(Wave.objects.visible_to(user), wish).filter(starts_at__gt=begin)
    return waves.select_related("program__region").first()


def marks_between(user: User, first: date, last: date, region_code: str = "") -> list[Mark]:
    """Active special days in scope that touch these days, by date; of one kabupaten/kota if `region_code` says so.

    The same day in several regions is one mark. One query.
    """
    days = overlapping(SpecialDay.objects.visible_to(user).filter(is_active=True), first, last)
    if region_code:
        days = days.filter(region=region_code)
    regions, places = set(), defaultdict(list)
    for day in days.select_related("region"):
        regions.add(day.region_id)
        places[day.kind, day.get_kind_display(), day.name, day.starts_on, day.ends_on].append(day.region.full_name)
    return [
        Mark(*key, where="" if len(names) == len(regions) else ", ".join(sorted(names)))
        for key, names in places.items()
    ]


def days_of(
    waves: Iterable[Wave],
    marks: Iterable[Mark],
    clashes: dict[int, ClashCounts],
    first: date,
    last: date,
    today: date,
) -> list[Day]:
    """Every day from `first` to `last` with its marks and waves; `clashes` by the waves' keys. No query."""
    marked, chips = by_day(marks, first, last), defaultdict(list)
    for wave in waves:
        for day in each_day(max(wave.local_day, first), min(last_local_day(wave), last)):
            chips[day].append(_chip(wave, day, clashes.get(wave.pk, ClashCounts())))
    return [Day(day, marked.get(day, []), chips.get(day, []), day == today) for day in each_day(first, last)]


def last_local_day(wave: Wave) -> date:
    """The last day that the wave has a part of; one that ends at midnight has none of the next day."""
    return clock.local_date(wave.ends_at - timedelta(microseconds=1), wave.zone)


def state_of(wave: Wave) -> str:
    """The word of the wave's state: draf, terbit or batal."""
    if wave.is_cancelled:
        return CANCELLED
    return DRAFT if wave.is_draft else PUBLISHED


def next_month(first_day: date) -> date:
    return (first_day + timedelta(days=31)).replace(day=1)


def previous_month(first_day: date) -> date:
    return (first_day - timedelta(days=1)).replace(day=1)


def _asked(waves: QuerySet, wish: Wish) -> QuerySet:
    wanted = {"program": wish.program, "venue": wish.venue, "program__office": wish.office}
    rows = waves.filter(**{name: pk for name, pk in wanted.items() if pk is not None})
    return rows.filter(_STATES[wish.state]) if wish.state else rows


def _chip(wave: Wave, day: date, clashes: ClashCounts) -> Chip:
    first, last = wave.local_day, last_local_day(wave)
    starts, ends = clock.time_words(wave.starts_at, wave.zone), clock.time_words(wave.ends_at, wave.zone)
    if first == last:
        hours, part = f"{starts.split()[0]}–{ends}", ""
    else:
        # In the middle of several days the zone is still said: hours of another day would be read into it.
        zone = clock.zone_label(wave.zone, wave.starts_at)
        hours = {first: f"mulai {starts}", last: f"sampai {ends}"}.get(day, f"sepanjang hari ({zone})")
        part = f"hari {(day - first).days + 1} dari {(last - first).days + 1}"
    state = state_of(wave)
    return Chip(wave, hours, part, state, _LOOKS[state], clashes)
