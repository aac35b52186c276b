from datetime import date, time

from programs.planner import Slot
from programs.queries.plan_wishes import PlanWishes
from programs.queries.plan_words import length_words, slot_when, slot_words

DAY = date(2026, 4, 8)
MORNING = Slot("a", 1, "Ballroom", DAY, 300, 1, time(8), time(12))
LONG = Slot("b", 1, "Hotel", DAY, 300, 3)


def wishes(*hours, length=1):
    return PlanWishes(level="district", venues=(1,), days=(DAY,), hours=hours, length=length)


def test_a_slot_says_its_days_and_its_hours_where_the_day_has_several_blocks():
    assert slot_words(MORNING) == "Rabu, 8 April 2026, 08.00–12.00, Ballroom"
    assert slot_words(LONG) == "Rabu, 8 – Jumat, 10 April 2026, Hotel"
    assert [slot_when(slot) for slot in (MORNING, LONG)] == ["8 Apr 2026, 08.00–12.00", "8–10 Apr 2026"]


def test_how_long_waves_last_stands_in_words():
    morning, afternoon = (time(8), time(12)), (time(13), time(17))
    assert length_words(wishes(morning), "WITA") == "pukul 08.00–12.00 WITA"
    assert length_words(wishes(afternoon, morning), "WITA") == "pukul 08.00–12.00 atau 13.00–17.00 WITA"
    assert length_words(wishes((time(13), time(12)), length=3), "WITA") == (
        "3 hari: pukul 13.00 hari pertama sampai pukul 12.00 hari ke-3 WITA"
    )
