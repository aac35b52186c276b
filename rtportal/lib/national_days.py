"""National holidays, cuti bersama and Ramadan of one year, as the `holidays` library knows them.

What the government has not yet announced is the library's estimate and says so in its name ("perkiraan"); after an
update of the library the same day may lie elsewhere, but its key stays.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from holidays.constants import GOVERNMENT, PUBLIC
from holidays.countries.indonesia import Indonesia, IndonesiaIslamicHolidays

NATIONAL, JOINT_LEAVE, RAMADAN = "national", "joint_leave", "ramadan"
_CATEGORIES = {NATIONAL: PUBLIC, JOINT_LEAVE: GOVERNMENT}
_ESTIMATE = " (perkiraan)"
# The kind says so already.
_JOINT_LEAVE_WORDS = "Cuti Bersama "


@dataclass(frozen=True)
class NationalDay:
    """A day, or the month of Ramadan; `key` is the same in every release of the library."""

    key: str
    kind: str
    name: str
    starts_on: date
    ends_on: date


@cache
def national_days(year: int) -> tuple[NationalDay, ...]:
    """What begins in the year, by kind and date."""
    return (*_holidays(year), *_ramadans(year))


def _holidays(year: int) -> Iterator[NationalDay]:
    for kind, category in _CATEGORIES.items():
        known = Indonesia(years=year, categories=(category,), language="id", expand=False)
        times = Counter()
        for day in sorted(known):
            for said in known.get_list(day):
                name = said.removeprefix(_JOINT_LEAVE_WORDS)
                plain = name.removesuffix(_ESTIMATE)
                # Isra Mikraj may come twice in a year, and a cuti bersama has several days.
                times[plain] += 1
                yield NationalDay(f"{kind}:{year}:{plain}:{times[plain]}", kind, name, day, day)


def _ramadans(year: int) -> Iterator[NationalDay]:
    calendar = IndonesiaIslamicHolidays()
    begins = sorted({found for near in (year, year + 1) for found in calendar.ramadan_beginning_dates(near)})
    feasts = sorted({day for near in (year, year + 1) for day, _ in calendar.eid_al_fitr_dates(near)})
    in_year = [(begin, is_estimated) for begin, is_estimated in begins if begin.year == year]
    for number, (begin, is_estimated) in enumerate(in_year, start=1):
        # The month ends on the eve of the first feast after its beginning.
        last = next(feast for feast in feasts if feast > begin) - timedelta(days=1)
        name = f"Ramadan {_hijri_year(begin)} H{_ESTIMATE if is_estimated else ''}"
        yield NationalDay(f"{RAMADAN}:{year}:{number}", RAMADAN, name, begin, last)


def _hijri_year(begin: date) -> int:
    # Ramadan begins seven months into its year, so an error of some days cannot change the whole number.
    years_since_hijrah = begin.year + begin.timetuple().tm_yday / 365.25 - 622.54
    return int(years_since_hijrah * 365.2425 / 354.367) + 1
