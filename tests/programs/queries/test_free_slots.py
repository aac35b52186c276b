from datetime import date, time

import pytest

from programs.models import Program
from programs.queries.free_slots import free_slots
from programs.queries.plan_wishes import PlanWishes
from tests import factories

pytestmark = pytest.mark.django_db

FIRST, SECOND = date(2026, 4, 8), date(2026, 4, 9)


@pytest.fixture
def program(db):
    factories.regions()
    return Program.objects.select_related("region").get(pk=factories.program().pk)


def wishes(*venues, **changes):
    asked = {"days": (SECOND, FIRST), "hours": ((time(8), time(12)),)} | changes
    return PlanWishes(level="district", venues=tuple(venue.pk for venue in venues), **asked)


def test_each_hall_on_each_day_is_a_slot_without_the_reserve(program, django_assert_num_queries):
    small, large = factories.venue(capacity=99), factories.venue(capacity=350)
    with django_assert_num_queries(2):
        slots, taken = free_slots(program, wishes(small, large, reserve=10))
    assert [(slot.day, slot.venue, slot.capacity) for slot in slots] == [
        (FIRST, small.pk, 89),
        (FIRST, large.pk, 315),
        (SECOND, small.pk, 89),
        (SECOND, large.pk, 315),
    ]
    assert taken == []


def test_a_hall_that_any_programme_uses_in_those_hours_is_not_free(program):
    hall = factories.venue(name="Aula Pembataan")
    wave = factories.wave(venue=hall, on=FIRST, starts=time(11), ends=time(15))
    slots, taken = free_slots(program, wishes(hall))
    assert [slot.day for slot in slots] == [SECOND]
    assert taken == [f"Aula Pembataan, 8 Apr 2026: sudah dipakai {wave}."]


def test_before_and_after_another_wave_and_where_one_was_cancelled_the_hall_is_free(program):
    hall = factories.venue()
    factories.wave(venue=hall, on=FIRST, starts=time(12), ends=time(15))
    factories.wave(venue=hall, on=SECOND, published=False, cancelled_at=factories.NOW)
    assert len(free_slots(program, wishes(hall))[0]) == 2


def test_halls_of_another_kabupaten_are_no_choice(program):
    assert free_slots(program, wishes(factories.venue(region=factories.JAMBI))) == ([], [])
