from datetime import UTC, date, datetime, time

import pytest

from programs.models import Program
from programs.queries.free_slots import free_slots, span_of
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


def test_a_wave_of_several_days_takes_the_hall_on_each_of_them(program):
    hall = factories.venue(name="Hotel")
    other = factories.wave(venue=hall, on=date(2026, 4, 10), starts=time(9), ends=time(10))
    asked = wishes(hall, days=(FIRST, date(2026, 4, 11)), length=3)
    slots, taken = free_slots(program, asked)
    assert [(slot.day, slot.last_day, slot.hours) for slot in slots] == [(date(2026, 4, 11), date(2026, 4, 13), "")]
    assert taken == [f"Hotel, 8–10 Apr 2026: sudah dipakai {other}."]
    assert span_of(program.region, asked, slots[0]) == (
        datetime(2026, 4, 11, 0, tzinfo=UTC),
        datetime(2026, 4, 13, 4, tzinfo=UTC),
    )


def test_each_block_of_a_day_is_a_slot_and_they_follow_the_clock(program):
    hall, second = factories.venue(), factories.venue()
    morning, afternoon = (time(8), time(12)), (time(13), time(17))
    other = factories.wave(venue=hall, on=FIRST, starts=time(8), ends=time(12))
    asked = wishes(hall, second, days=(FIRST, SECOND), hours=(afternoon, morning))
    slots, taken = free_slots(program, asked)
    assert [(slot.day, slot.hours, slot.venue) for slot in slots] == [
        (FIRST, "08.00–12.00", second.pk),
        (FIRST, "13.00–17.00", hall.pk),
        (FIRST, "13.00–17.00", second.pk),
        (SECOND, "08.00–12.00", hall.pk),
        (SECOND, "08.00–12.00", second.pk),
        (SECOND, "13.00–17.00", hall.pk),
        (SECOND, "13.00–17.00", second.pk),
    ]
    assert [slot.key for slot in slots] == sorted(slot.key for slot in slots)
    assert taken == [f"{hall.name}, 8 Apr 2026, 08.00–12.00: sudah dipakai {other}."]
    assert span_of(program.region, asked, slots[1])[0] == datetime(2026, 4, 8, 5, tzinfo=UTC)
