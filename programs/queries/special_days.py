"""Days that a schedule should know of: holidays, cuti bersama, Ramadan, local days, and Friday's prayer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from programs.models import Office, SpecialDay
from rtportal.accounts.models import User
from rtportal.lib.sending_hours import FRIDAY_PRAYER, SpecialSpan
from rtportal.regions.models import Region

FRIDAY = 4
PRAYER_STARTS, PRAYER_ENDS = FRIDAY_PRAYER


def overlapping(days: QuerySet, first: date, last: date) -> QuerySet:
    """Of `days` those that touch the local days from `first` to `last`, both included."""
    return days.filter(starts_on__lte=last, ends_on__gte=first)


def marks_on(region_code: str, first_day: date, last_day: date) -> list[SpecialDay]:
    """What holds in a kabupaten/kota on these local days, by date; what was switched off is left out. One query."""
    days = SpecialDay.objects.filter(region=region_code, is_active=True)
    return list(overlapping(days, first_day, last_day))


def days_in(region_code: str, first: date, last: date) -> dict[date, list[SpecialDay]]:
    """Local day → what holds on it, from `first` to `last`; a day without anything is left out. One query."""
    return by_day(marks_on(region_code, first, last), first, last)


def by_day(marks: Iterable, first: date, last: date) -> dict[date, list]:
    """The same for marks already at hand: anything with `starts_on` and `ends_on`."""
    found = defaultdict(list)
    for mark in marks:
        for day in each_day(max(mark.starts_on, first), min(mark.ends_on, last)):
            found[day].append(mark)
    return dict(found)


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def days_of_year(user: User, region_code: str, year: int) -> list[SpecialDay]:
    """All rows of one kabupaten/kota that touch the year, switched-off ones too; none out of scope. One query."""
    days = SpecialDay.objects.visible_to(user).filter(region=region_code)
    return list(overlapping(days, date(year, 1, 1), date(year, 12, 31)))


def regions_with_days(user: User) -> QuerySet:
    """The kabupaten/kota in scope that have an office, and so are given holidays, or a day added by hand."""
    offices, days = (model.objects.visible_to(user).order_by().values("region_id") for model in (Office, SpecialDay))
    return Region.objects.filter(Q(code__in=offices) | Q(code__in=days))


def spans_of(region_codes: Collection[str], first: date, last: date) -> dict[str, list[SpecialSpan]]:
    """What holds in each kabupaten/kota from `first` to `last`, for its sending hours; one query."""
    days = SpecialDay.objects.filter(region__in=region_codes, is_active=True)
    found = defaultdict(list)
    for day in overlapping(days, first, last):
        found[day.region_id].append(SpecialSpan(day.kind, day.starts_on, day.ends_on))
    return dict(found)
