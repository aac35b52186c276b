from datetime import date

import pytest

from programs.models import SpecialDay
from programs.queries.special_days import days_in, marks_on
from tests import factories
from tests.factories import JAMBI, TABALONG

pytestmark = pytest.mark.django_db


def special(name, first, last=None, **fields):
    values = {"region_id": TABALONG, "starts_on": first, "ends_on": last or first} | fields
    return SpecialDay.objects.create(name=name, **values)


@pytest.fixture
def days():
    factories.regions(TABALONG, JAMBI)
    special("Ramadan", date(2026, 2, 19), date(2026, 3, 20), kind=SpecialDay.Kind.RAMADAN)
    special("Nyepi", date(2026, 3, 19), kind=SpecialDay.Kind.NATIONAL)
    special("Tidak berlaku", date(2026, 3, 19), is_active=False)
    special("Hari Jadi Jambi", date(2026, 3, 19), region_id=JAMBI)


def names(marks):
    return [mark.name for mark in marks]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2026, 3, 19), date(2026, 3, 19), ["Ramadan", "Nyepi"]),
        (date(2026, 3, 20), date(2026, 3, 25), ["Ramadan"]),
        (date(2026, 2, 1), date(2026, 2, 19), ["Ramadan"]),
        (date(2026, 3, 21), date(2026, 12, 31), []),
        (date(2026, 1, 1), date(2026, 12, 31), ["Ramadan", "Nyepi"]),
    ],
)
def test_marks_hold_on_their_days_in_their_region_while_active(days, first, last, found):
    assert names(marks_on(TABALONG, first, last)) == found


def test_each_day_lists_what_holds_on_it(days, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = days_in(TABALONG, date(2026, 3, 18), date(2026, 3, 22))
    assert {day.day: names(marks) for day, marks in found.items()} == {
        18: ["Ramadan"],
        19: ["Ramadan", "Nyepi"],
        20: ["Ramadan"],
    }
