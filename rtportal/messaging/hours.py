"""The sending hours (jam kirim) of whichever kabupaten/kota people live in: when the portal may write to them.

Special days are known above the platform, so an app says at its start where to ask for them:

    special_days_source(spans_of)
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from rtportal.lib import clock
from rtportal.lib.national_days import JOINT_LEAVE, NATIONAL
from rtportal.lib.sending_hours import FRIDAY_PRAYER, HoursRule, OpenHours, SpecialSpan
from rtportal.messaging.models import SendingHours
from rtportal.regions.codes import REGENCY, cut
from rtportal.regions.models import Region

# Takes codes of kabupaten/kota and the first and last local day; one query. A code without special days may be missing.
SpecialDaysSource = Callable[[Collection[str], date, date], Mapping[str, Sequence[SpecialSpan]]]

# Nothing is planned further ahead, and an instant of yesterday may still be asked for.
_AHEAD, _BACK = timedelta(days=400), timedelta(days=8)
_sources: list[SpecialDaysSource] = []


def special_days_source(source: SpecialDaysSource) -> SpecialDaysSource:
    """Registers where special days are known; the same source again changes nothing."""
    if source not in _sources:
        _sources.append(source)
    return source


def rule_of(row: SendingHours) -> HoursRule:
    """What a row means. Raises HoursError for hours that never open."""
    return HoursRule(
        opens=row.opens_at,
        closes=None if row.closes_at == time(0) else row.closes_at,
        friday_pause=FRIDAY_PRAYER if row.is_friday_prayer_quiet else None,
        ramadan_closes=row.ramadan_closes_at,
        closed_kinds=frozenset({NATIONAL, JOINT_LEAVE}) if row.is_holiday_quiet else frozenset(),
    )


def open_hours(rows: Iterable[SendingHours], zones: Mapping[str, str], *, now: datetime) -> dict[str, OpenHours]:
    """The hours of each row by its region's code, special days included; `zones` are IANA names by that code."""
    rows = list(rows)
    today = clock.local_date(now, "WIB")
    special: dict[str, list[SpecialSpan]] = {row.region_id: [] for row in rows}
    for source in _sources if rows else ():
        for code, spans in source(list(special), today - _BACK, today + _AHEAD).items():
            special[code].extend(spans)
    return {
        row.region_id: OpenHours(rule_of(row), zones.get(row.region_id, "WIB"), tuple(special[row.region_id]))
        for row in rows
    }


class SendingTimetable:
    """The hours of some regions as they stood when it was made; make a new one for each batch."""

    def __init__(self, hours: Mapping[str, OpenHours]):
        self._hours = hours
        # Of each kabupaten/kota the open stretch found last: most questions are about the same one.
        self._found: dict[str, tuple[datetime, datetime]] = {}

    @classmethod
    def of(cls, region_codes: Iterable[str], *, now: datetime) -> "SendingTimetable":
        """For codes of any level; three queries however many there are. A region without a row has the usual hours."""
        codes = {cut(code, REGENCY) for code in region_codes}
        rows = {row.region_id: row for row in SendingHours.objects.filter(region__in=codes)}
        zones = dict(Region.objects.filter(code__in=codes).values_list("code", "time_zone"))
        return cls(open_hours((rows.get(code) or SendingHours(region_id=code) for code in codes), zones, now=now))

    def hours(self, region_code: str) -> OpenHours:
        """The hours that hold for a region given to `of`."""
        return self._hours[cut(region_code, REGENCY)]

    def open_from(self, region_code: str, at: datetime) -> datetime:
        """`at` itself if people of the region may be written to then, else the next instant at which they may."""
        return max(at, self._stretch(region_code, at)[0])

    def open_until(self, region_code: str, at: datetime) -> datetime:
        """The instant at which the hours around `at` end, at most a month ahead; `at` itself if it is closed."""
        start, end = self._stretch(region_code, at)
        return end if start <= at else at

    def _stretch(self, region_code: str, at: datetime) -> tuple[datetime, datetime]:
        """The open stretch that holds `at`, or else the next one."""
        code = cut(region_code, REGENCY)
        found = self._found.get(code)
        if found is None or not found[0] <= at < found[1]:
            start = self._hours[code].open_from(at)
            found = self._found[code] = start, self._hours[code].open_until(start)
        return found
