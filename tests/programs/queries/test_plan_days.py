from datetime import date, time

import pytest

from programs.models import Program, WavePlan
from programs.planner import Slot
from programs.queries.plan_days import marks_of, notable_days, slot_marks
from programs.queries.plan_wishes import PlanWishes
from tests import factories

pytestmark = pytest.mark.django_db

THURSDAY, FRIDAY, SATURDAY = date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26)


@pytest.fixture
def program(db):
    factories.regions()
    program = Program.objects.select_related("region").get(pk=factories.program().pk)
    for name, kind, first, last in (
        ("Hari Raya Natal", "joint_leave", THURSDAY, THURSDAY),
        ("Hari Raya Natal", "national", FRIDAY, FRIDAY),
        ("Ramadan 1448 H", "ramadan", date(2027, 2, 8), date(2027, 3, 9)),
    ):
        factories.SpecialDay.objects.create(region=program.region, name=name, kind=kind, starts_on=first, ends_on=last)
    return program


def wishes(*days, hours=((time(8), time(15)),), length=1):
    return PlanWishes(level="district", venues=(1,), days=days, hours=hours, length=length)


def told(program, wishes, waves=()) -> list[tuple[str, list[int]]]:
    marks = marks_of(WavePlan(program=program), wishes)
    return [(day.words, day.waves) for day in notable_days(wishes, marks, waves)]


def test_holidays_cuti_bersama_and_ramadan_are_said_by_day_with_the_waves_that_take_them(program):
    asked = wishes(THURSDAY, date(2026, 12, 28), date(2027, 2, 9))
    waves = [(2, Slot("a", 1, "Aula", THURSDAY, 300))]
    assert told(program, asked, waves) == [
        ("Kamis, 24 Desember 2026 cuti bersama: Hari Raya Natal", [2]),
        ("Selasa, 9 Februari 2027 dalam bulan Ramadan", []),
    ]


def test_every_day_of_a_long_wave_counts(program):
    slot = Slot("a", 1, "Aula", date(2026, 12, 23), 300, days=3)
    assert [waves for _, waves in told(program, wishes(slot.day, length=3), [(1, slot)])] == [[1], [1]]
    marks = marks_of(WavePlan(program=program), wishes(slot.day, length=3))
    assert slot_marks(slot, marks) == [
        "24 Des 2026 cuti bersama: Hari Raya Natal",
        "25 Des 2026 libur nasional: Hari Raya Natal",
    ]


def test_friday_prayer_is_said_where_the_hours_meet_it(program):
    friday = date(2027, 1, 8)
    words = "Jumat, 8 Januari 2027 ada salat Jumat 11.30–13.00, jadi agendanya memerlukan jeda"
    assert told(program, wishes(friday)) == [(words, [])]
    assert told(program, wishes(friday, hours=((time(13), time(17)),))) == []
    assert told(program, wishes(friday, hours=((time(8), time(11)), (time(13), time(17))))) == []
    assert told(program, wishes(date(2027, 1, 6), length=4)) == [(words, [])]


def test_one_query_however_many_days(program, django_assert_num_queries):
    plan = WavePlan(program=program)
    with django_assert_num_queries(1):
        marks_of(plan, wishes(THURSDAY, FRIDAY, SATURDAY, length=1))
