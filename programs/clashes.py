"""Clashes of a wave with its hall, its seats and the calendar. Pure: who calls brings what is to be compared."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from programs.clash import DAY, FRIDAY, HALL, HOURS, RAMADAN, SEATS, Clash, make_key
from programs.models import SpecialDay, Wave
from programs.queries.special_days import FRIDAY as FRIDAYS_NUMBER
from programs.queries.special_days import PRAYER_ENDS, PRAYER_STARTS, by_day, each_day
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.regions.codes import ancestors, is_within

# People break their fast at about 18.00 and want to be at home for it.
RAMADAN_ENDS = time(17, 0)
MIDNIGHT = time(0, 0)
# Of very many waves in one hall, or marks on one day, these are enough to see what is wrong.
NAMED = 5


@dataclass(frozen=True)
class Span:
    """Some hours of a wave: a session of it, or all of it where it has no agenda yet."""

    words: str
    starts_at: datetime
    ends_at: datetime
    session_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Almanac:
    """Special days of some regions laid out once for all their waves: holidays by local day, and months of Ramadan."""

    holidays: Mapping[date, list[SpecialDay]]
    months: list[SpecialDay]

    @classmethod
    def of(cls, days: Iterable[SpecialDay]) -> "Almanac":
        months, others = [], []
        for mark in days:
            (months if mark.kind == SpecialDay.Kind.RAMADAN else others).append(mark)
        return cls(by_day(others, date.min, date.max), months)


def whole(wave: Wave) -> Span:
    return Span(f"{wave.title} ({wave.span_words})", wave.starts_at, wave.ends_at)


def are_neighbours(wave: Wave, other: Wave) -> bool:
    """Whether officials of the wave's region see the other one: it lies there, around it or inside it."""
    return is_near(wave.program.region_id, other.program.region_id)


def is_near(code: str, region: str) -> bool:
    """Whether a region is, contains or lies in another one."""
    return is_within(region, code) or region in ancestors(code)


def hall_clashes(wave: Wave, others: Iterable[Wave]) -> list[Clash]:
    """Other waves in the same hall at the same time, those that are published and the drafts in one clash each.

    A published wave has the hall; of two drafts one must give way.
    """
    found: dict[bool, list[Wave]] = {True: [], False: []}
    own, hall, begins, ends = wave.id, wave.venue_id, wave.starts_at, wave.ends_at
    for other in others:
        # Each with each, of a whole month: this line must be short. `pk` is three times as slow as `id`.
        if other.starts_at < ends and begins < other.ends_at and other.venue_id == hall and other.id != own:
            found[other.publication_id is not None].append(other)
    return [_hall(wave, some, are_published=state) for state, some in found.items() if some]


def seat_clashes(wave: Wave, needed: int) -> list[Clash]:
    """`needed` is in seats, companions counted. What was accepted for the wave already is no news."""
    capacity = wave.venue.capacity
    if needed <= max(capacity, wave.seats_acknowledged):
        return []
    sentence = (
        f"{wave.title} memerlukan {thousands(needed)} kursi, sedangkan {wave.venue.name} memuat {thousands(capacity)}: "
        f"kurang {thousands(needed - capacity)} kursi."
    )
    mend = "Pilih tempat yang lebih besar, pindahkan sebagian wilayah ke gelombang lain, atau setujui kekurangannya."
    return [Clash(SEATS, make_key(SEATS, wave.pk, wave.venue_id, needed, capacity), sentence, mend)]


def hour_clashes(wave: Wave, spans: Iterable[Span]) -> list[Clash]:
    """Spans outside the hours in which the hall is open; one clash for each local day."""
    opens, closes = wave.venue.opens_at, wave.venue.closes_at
    if opens is None or closes is None:
        return []
    hours = f"{opens:%H.%M}–{closes:%H.%M}"
    found = []
    for day, some in _by_local_day(wave, spans):
        first, last = clock.local_instant(day, opens, wave.zone), clock.local_instant(day, closes, wave.zone)
        out = [span for span in some if _part_on(day, span, wave.zone, first, last)]
        if out:
            sentence = f"{wave.venue.name} buka {hours} setempat, tetapi {_listed(out)} berada di luar jam itu."
            mend = "Geser waktunya ke dalam jam buka, atau pastikan pengelola membuka tempat lebih lama."
            found.append(_of_spans(HOURS, wave, day, out, sentence, mend, opens, closes))
    return found


def day_clashes(wave: Wave, almanac: Almanac) -> list[Clash]:
    """Holidays, cuti bersama and local days on which the wave happens; one clash for each day.

    Ramadan alone is no reason against a day.
    """
    first, last = wave.local_day, clock.local_date(wave.ends_at - timedelta(microseconds=1), wave.zone)
    return [_day(wave, day, almanac.holidays[day]) for day in each_day(first, last) if day in almanac.holidays]


def prayer_clashes(wave: Wave, spans: Iterable[Span]) -> list[Clash]:
    """Spans within Friday's prayer; `spans` leaves out the breaks. One clash for each Friday."""
    found = []
    for day, some in _by_local_day(wave, spans):
        if day.weekday() != FRIDAYS_NUMBER:
            continue
        out = _within(day, PRAYER_STARTS, PRAYER_ENDS, some, wave.zone)
        if out:
            sentence = f"{clock.date_words(day)}, 11.30–13.00 adalah waktu salat Jumat, tetapi ada {_listed(out)}."
            mend = "Jadikan waktu itu istirahat (ISHOMA) dan geser sesinya."
            found.append(_of_spans(FRIDAY, wave, day, out, sentence, mend))
    return found


def ramadan_clashes(wave: Wave, spans: Iterable[Span], almanac: Almanac) -> list[Clash]:
    """Spans after 17.00 local time in Ramadan; one clash for each evening."""
    found = []
    for day, some in _by_local_day(wave, spans):
        if not any(month.starts_on <= day <= month.ends_on for month in almanac.months):
            continue
        out = _within(day, RAMADAN_ENDS, MIDNIGHT, some, wave.zone)
        if out:
            sentence = f"{clock.date_words(day)} dalam bulan Ramadan, tetapi {_listed(out)} melewati pukul 17.00."
            mend = "Selesaikan acara sebelum pukul 17.00, supaya peserta dapat berbuka di rumah."
            found.append(_of_spans(RAMADAN, wave, day, out, sentence, mend))
    return found


def _hall(wave: Wave, others: list[Wave], *, are_published: bool) -> Clash:
    named = [
        f"{other.title} {other.program.name} ({clock.span_words(other.starts_at, other.ends_at, wave.zone)})"
        for other in others[:NAMED]
    ]
    more = [f"{thousands(len(others) - NAMED)} gelombang lain"] if len(others) > NAMED else []
    state = "sudah terbit" if are_published else "masih draf"
    keys = tuple([other.id for other in others])
    return Clash(
        HALL,
        make_key(HALL, wave.venue_id, wave.pk, wave.starts_at, wave.ends_at, named, sorted(keys)),
        f"{wave.venue.name} juga dipakai pada waktu yang sama oleh {_and(named + more)}, yang jadwalnya {state}.",
        "Pilih tempat lain atau waktu lain untuk gelombang ini."
        if are_published
        else "Sepakati dengan penyelenggaranya siapa yang memakai tempat itu: yang terbit lebih dahulu mendapatkannya.",
        is_refused=are_published,
        wave_ids=keys,
    )


def _day(wave: Wave, day: date, marks: list[SpecialDay]) -> Clash:
    # The hall may stand in another region that keeps the same holiday.
    by_name = {(mark.kind, mark.name): mark for mark in marks}
    named = [f"{mark.get_kind_display().lower()}: {mark.name}" for mark in [*by_name.values()][:NAMED]]
    more = [f"{thousands(len(by_name) - NAMED)} hari lain"] if len(by_name) > NAMED else []
    facts = [fact for pair in by_name for fact in pair]
    return Clash(
        DAY,
        make_key(DAY, wave.pk, day, *facts),
        f"{clock.date_words(day)} adalah {_and(named + more)}.",
        "Pilih tanggal lain, atau setujui bila kegiatan memang diadakan pada hari itu.",
    )


def _by_local_day(wave: Wave, spans: Iterable[Span]) -> Iterator[tuple[date, list[Span]]]:
    """Each local day with the spans that touch it; one that lasts over midnight stands on each of its days."""
    zone = wave.zone
    pairs = [
        (day, span)
        for span in spans
        for day in each_day(
            clock.local_date(span.starts_at, zone), clock.local_date(span.ends_at - timedelta(microseconds=1), zone)
        )
    ]
    pairs.sort(key=lambda pair: (pair[0], pair[1].starts_at))
    for day, group in groupby(pairs, key=lambda pair: pair[0]):
        yield day, [span for _, span in group]


def _part_on(day: date, span: Span, zone: str, opens: datetime, closes: datetime) -> bool:
    """Whether the span begins that day before opening or ends that day after closing.

    A wave of several days stays in its hall overnight: what lies between the days is nobody's trouble.
    """
    begins = clock.local_date(span.starts_at, zone) == day and not opens <= span.starts_at < closes
    ends = clock.local_date(span.ends_at, zone) == day and not opens < span.ends_at <= closes
    return begins or ends


def _within(day: date, starts: time, ends: time, spans: Collection[Span], zone: str) -> list[Span]:
    begin = clock.local_instant(day, starts, zone)
    end = clock.local_instant(day + timedelta(days=ends == MIDNIGHT), ends, zone)
    return [span for span in spans if span.starts_at < end and span.ends_at > begin]


def _listed(spans: Collection[Span]) -> str:
    return _and([span.words for span in spans])


def _and(words: list[str]) -> str:
    """`A`, `A dan B`, `A, B dan C`."""
    *first, last = words
    return f"{', '.join(first)} dan {last}" if first else last


def _of_spans(kind: str, wave: Wave, day: date, spans: list[Span], sentence: str, mend: str, *more: object) -> Clash:
    ids = tuple(pk for span in spans for pk in span.session_ids)
    hours = [part for span in spans for part in (span.session_ids, span.starts_at, span.ends_at)]
    return Clash(kind, make_key(kind, wave.pk, day, *hours, *more), sentence, mend, session_ids=ids)
