from datetime import UTC, date, datetime, time, timedelta

import pytest

from rtportal.lib.clock import local_instant
from rtportal.messaging.hours import SendingTimetable
from rtportal.messaging.models import SendingHours
from tests import factories
from tests.factories import JAMBI, MUARA_UYA, NOW, TABALONG

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 4, 8)


@pytest.fixture(autouse=True)
def usual_hours():
    factories.regions()
    SendingHours.objects.all().delete()


def instant(hour: int, minute: int = 0, *, on: date = WEDNESDAY, zone: str = "WITA") -> datetime:
    return local_instant(on, time(hour, minute), zone)


def test_a_region_without_a_row_has_the_usual_hours_in_its_own_zone():
    timetable = SendingTimetable.of([TABALONG, JAMBI], now=NOW)
    # At 06.40 UTC clocks show 07.40 in Jambi and 08.40 in Tabalong; at 23.50 UTC 06.50 and 07.50.
    early = datetime(2026, 4, 7, 23, 50, tzinfo=UTC)
    assert timetable.open_from(TABALONG, early) == early
    assert timetable.open_from(JAMBI, early) == instant(7, 30, zone="WIB")
    assert timetable.open_until(TABALONG, early) == instant(20)


def test_a_village_has_the_hours_of_its_kabupaten():
    SendingHours.objects.create(region_id=TABALONG, opens_at=time(9), closes_at=time(10))
    timetable = SendingTimetable.of([f"{MUARA_UYA}.2001"], now=NOW)
    assert timetable.open_from(f"{MUARA_UYA}.2001", instant(8)) == instant(9)
    assert timetable.open_from(MUARA_UYA, instant(11)) == instant(9, on=date(2026, 4, 9))


def test_midnight_as_the_end_means_the_end_of_the_day():
    row = SendingHours(region_id=TABALONG, opens_at=time(0), closes_at=time(0), is_friday_prayer_quiet=False)
    row.ramadan_closes_at = None
    row.save()
    timetable = SendingTimetable.of([TABALONG], now=NOW)
    assert timetable.open_from(TABALONG, instant(3)) == instant(3)
    assert timetable.open_until(TABALONG, instant(3)) == instant(3) + timedelta(days=31)


def test_ramadan_evenings_and_by_choice_holidays_are_quiet():
    factories.special_day(kind="ramadan", on=date(2026, 4, 1), ends_on=date(2026, 4, 10))
    factories.special_day(kind="national", on=WEDNESDAY)
    timetable = SendingTimetable.of([TABALONG], now=NOW)
    assert timetable.open_from(TABALONG, instant(9)) == instant(9)
    assert timetable.open_from(TABALONG, instant(17, 30)) == instant(7, 30, on=date(2026, 4, 9))
    SendingHours.objects.create(region_id=TABALONG, is_holiday_quiet=True)
    timetable = SendingTimetable.of([TABALONG], now=NOW)
    assert timetable.open_from(TABALONG, instant(9)) == instant(7, 30, on=date(2026, 4, 9))


def test_a_day_that_does_not_hold_here_makes_no_difference():
    factories.special_day(kind="ramadan", on=WEDNESDAY, is_active=False)
    factories.special_day(region=JAMBI, kind="ramadan", on=WEDNESDAY)
    assert SendingTimetable.of([TABALONG, JAMBI], now=NOW).open_from(TABALONG, instant(18)) == instant(18)


def test_hours_saved_meanwhile_hold_in_the_next_timetable():
    assert SendingTimetable.of([TABALONG], now=NOW).open_from(TABALONG, instant(8)) == instant(8)
    SendingHours.objects.create(region_id=TABALONG, opens_at=time(9))
    assert SendingTimetable.of([TABALONG], now=NOW).open_from(TABALONG, instant(8)) == instant(9)


def test_three_queries_however_many_people(django_assert_num_queries):
    codes = [village.code for village in factories.villages_of(MUARA_UYA)]
    for some in (codes[:1], [*codes, JAMBI]):
        with django_assert_num_queries(3):
            timetable = SendingTimetable.of(some, now=NOW)
            assert all(timetable.open_from(code, instant(21)) > instant(21) for code in some)
