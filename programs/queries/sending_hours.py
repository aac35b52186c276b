"""The sending hours of kabupaten/kota in words: what a row says, and what it does to messages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from programs.queries.special_days import FRIDAY
from rtportal.lib import clock
from rtportal.lib.national_days import RAMADAN
from rtportal.lib.sending_hours import FRIDAY_PRAYER, OpenHours, SpecialSpan
from rtportal.messaging.hours import open_hours
from rtportal.messaging.models import SendingHours
from rtportal.regions.models import Region

# Hours at which somebody in an office may well press the button.
_EVENING, _PRAYER, _DUSK, _MORNING = time(21, 10), time(11, 45), time(18, 15), time(9, 0)


@dataclass(frozen=True)
class RegionHours:
    """One kabupaten/kota as the list shows it; `row` is not saved where the usual hours hold."""

    region: Region
    row: SendingHours
    examples: list[str]

    @property
    def values(self) -> dict[str, str]:
        return sending_hours_values(self.row)

    @property
    def is_usual(self) -> bool:
        return self.row.pk is None


def sending_hours_values(row: SendingHours) -> dict[str, str]:
    """Label → value as people read it."""
    ramadan = row.ramadan_closes_at
    return {
        "Jam kirim": _span(row),
        "Salat Jumat": f"tenang {_clock(FRIDAY_PRAYER[0])}–{_clock(FRIDAY_PRAYER[1])}"
        if row.is_friday_prayer_quiet
        else "tanpa jeda",
        "Selama Ramadan": f"sampai {_clock(ramadan)}" if ramadan else "seperti hari lain",
        "Hari libur": "tenang pada libur nasional dan cuti bersama"
        if row.is_holiday_quiet
        else "dikirim seperti hari lain",
    }


def hours_of(regions: Iterable[Region], *, now: datetime) -> list[RegionHours]:
    """The hours of each region, with examples. Two queries."""
    regions = list(regions)
    saved = {row.region_id: row for row in SendingHours.objects.filter(region__in=regions)}
    rows = {region.code: saved.get(region.code) or SendingHours(region=region) for region in regions}
    hours = open_hours(rows.values(), {region.code: region.time_zone for region in regions}, now=now)
    return [RegionHours(region, rows[region.code], list(examples(hours[region.code], now=now))) for region in regions]


def hours_words(region: Region) -> str:
    """The region's hours on an ordinary day: `07.30–20.00`. One query."""
    return _span(SendingHours.objects.filter(region=region).first() or SendingHours(region=region))


def examples(hours: OpenHours, *, now: datetime) -> Iterator[str]:
    """`Pesan yang dibuat pukul 21.10 dikirim besok 07.30 WITA.`: this evening, on Friday, in Ramadan, on a holiday."""
    today = clock.local_date(now, hours.zone)
    yield _example(hours, "Pesan yang dibuat pukul", today, _EVENING)
    if hours.rule.friday_pause:
        friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
        yield _example(hours, "Pesan yang dibuat hari Jumat pukul", friday, _PRAYER)
    if hours.rule.ramadan_closes and (fasting := _next(hours.special, {RAMADAN}, today)):
        yield _example(hours, "Pesan yang dibuat selama Ramadan pukul", fasting, _DUSK)
    if hours.rule.closed_kinds and (holiday := _next(hours.special, hours.rule.closed_kinds, today)):
        words = f"Pesan yang dibuat pada hari libur {clock.date_words(holiday)} pukul"
        yield _example(hours, words, holiday, _MORNING)


def _example(hours: OpenHours, words: str, day: date, at: time) -> str:
    made = clock.local_instant(day, at, hours.zone)
    sent = hours.open_from(made)
    when = "saat itu juga" if sent == made else clock.soon_words(sent, hours.zone, now=made)
    return f"{words} {_clock(at)} dikirim {when}."


def _next(spans: Iterable[SpecialSpan], kinds: Iterable[str], today: date) -> date | None:
    """The first day from today on that is of one of the kinds."""
    return min((max(one.starts_on, today) for one in spans if one.kind in kinds and one.ends_on >= today), default=None)


def _span(row: SendingHours) -> str:
    midnight = time(0)
    if row.closes_at != midnight:
        return f"{_clock(row.opens_at)}–{_clock(row.closes_at)}"
    return "sepanjang hari" if row.opens_at == midnight else f"{_clock(row.opens_at)}–24.00"


def _clock(at: time) -> str:
    return f"{at:%H.%M}"
