"""Hours of a region in which the portal may write to people, and the way from any instant to the next open one.

Hours are what clocks in the region show, whatever its zone does: where clocks are put on or back the open hours are
those that people then read on them. An opening hour is open itself, a closing hour is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from rtportal.lib.clock import Zone, parse_zone
from rtportal.lib.errors import InputError
from rtportal.lib.national_days import RAMADAN

FRIDAY = 4
# Local hours in which the men of a region are at the mosque.
FRIDAY_PRAYER = (time(11, 30), time(13, 0))
_DAY = timedelta(days=1)
# Whoever needs to know a closing hour further away needs none.
FARTHEST = timedelta(days=31)
_PRECISION = timedelta(seconds=1)

_Window = tuple[timedelta, timedelta]
_Span = tuple[datetime, datetime]


class HoursError(InputError):
    """Hours in which nothing could ever be sent. `field` names the limit of the rule that makes them so."""

    def __init__(self, sentence: str, field: str):
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class HoursRule:
    """When one region may be written to, as local hours; None lifts a limit.

    `closed_kinds` are the kinds of special days (`national`, `joint_leave`, `local`) on which nothing is sent.
    Raises HoursError if a day would close before it opens.
    """

    opens: time | None = time(7, 30)
    closes: time | None = time(20, 0)
    friday_pause: tuple[time, time] | None = FRIDAY_PRAYER
    ramadan_closes: time | None = time(17, 30)
    closed_kinds: frozenset[str] = frozenset()

    def __post_init__(self):
        opens = self.opens or time.min
        if self.closes is not None and self.closes <= opens:
            raise HoursError("Jam selesai harus sesudah jam mulai.", "closes")
        if self.ramadan_closes is not None and self.ramadan_closes <= opens:
            raise HoursError("Jam selesai selama Ramadan harus sesudah jam mulai.", "ramadan_closes")
        if self.friday_pause and self.friday_pause[1] <= self.friday_pause[0]:
            raise HoursError("Jeda Jumat harus berakhir sesudah mulainya.", "friday_pause")

    def windows(self, day: date, kinds: frozenset[str]) -> list[_Window]:
        """The open stretches of a local day that is of these kinds, each as time since midnight."""
        if kinds & self.closed_kinds:
            return []
        opens = _since_midnight(self.opens or time.min)
        closes = _since_midnight(self.closes) if self.closes else _DAY
        if RAMADAN in kinds and self.ramadan_closes:
            closes = min(closes, _since_midnight(self.ramadan_closes))
        if day.weekday() != FRIDAY or not self.friday_pause:
            return [(opens, closes)]
        starts, ends = (_since_midnight(at) for at in self.friday_pause)
        parts = [(opens, min(closes, starts)), (max(opens, ends), closes)]
        return [part for part in parts if part[0] < part[1]]


@dataclass(frozen=True)
class SpecialSpan:
    """Local days, both ends included, of one kind: a holiday, the month of Ramadan."""

    kind: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class OpenHours:
    """The hours of one region: its rule, its zone (IANA name or tzinfo) and the special days that hold there."""

    rule: HoursRule
    zone: Zone
    special: tuple[SpecialSpan, ...] = ()

    def is_open(self, at: datetime) -> bool:
        return self.open_from(at) == at

    def open_from(self, at: datetime) -> datetime:
        """`at` itself if that instant is open, else the next one that is (in UTC)."""
        return next(self._spans(at))[0]

    def open_until(self, at: datetime) -> datetime:
        """The instant at which the hours that hold `at` close; `at` itself if it is closed.

        At most `FARTHEST` ahead, whether it closes then or not.
        """
        until = at
        for start, end in self._spans(at):
            if start > until:
                return until
            until = end
            if until >= at + FARTHEST:
                return at + FARTHEST
        return until

    def _spans(self, at: datetime) -> Iterator[_Span]:
        """Open stretches that end after `at`, in order and without end; neighbours may touch."""
        for start, end, offset in _segments(at, self._zone):
            day = (start + offset).date()
            while datetime.combine(day, time.min, UTC) - offset < end:
                midnight = datetime.combine(day, time.min, UTC) - offset
                for opens, closes in self.rule.windows(day, self._kinds(day)):
                    span = max(start, midnight + opens), min(end, midnight + closes)
                    if span[0] < span[1]:
                        yield span
                day += _DAY

    @cached_property
    def _zone(self):
        return parse_zone(self.zone)

    @cached_property
    def _relevant(self) -> tuple[SpecialSpan, ...]:
        wanted = self.rule.closed_kinds | {RAMADAN}
        return tuple(span for span in self.special if span.kind in wanted)

    def _kinds(self, day: date) -> frozenset[str]:
        return frozenset(span.kind for span in self._relevant if span.starts_on <= day <= span.ends_on)


def _segments(at: datetime, zone) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """From `at` on, stretches of at most a day in which the zone keeps one distance from UTC: start, end, distance."""
    start = at.astimezone(UTC)
    while True:
        end = start + _DAY
        before, after = _offset(start, zone), _offset(end, zone)
        if before != after:
            end = _change(start, end, zone)
        yield start, end, before
        start = end


def _change(first: datetime, last: datetime, zone) -> datetime:
    """The first whole second after `first` at which the zone no longer is as far from UTC as at `first`."""
    before = _offset(first, zone)
    low, high = first, last
    while high - low > _PRECISION:
        middle = low + (high - low) / 2
        if _offset(middle, zone) == before:
            low = middle
        else:
            high = middle
    # Zones change on whole seconds; the search stops within one.
    return high.replace(microsecond=0)


def _offset(instant: datetime, zone) -> timedelta:
    return instant.astimezone(zone).utcoffset()


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
