import json
from dataclasses import replace
from datetime import date, time

import pytest

from programs.planner import Problem, Slot, solve
from programs.planner.problem import as_dict, from_dict
from tests.programs.planner.problems import areas_of

DAY = date(2026, 1, 10)
AFTERNOON = Slot("2026-01-10/1300/7", 7, "Ballroom", DAY, 40, 1, time(13), time(17))
MORNING = Slot("2026-01-10/0800/7", 7, "Ballroom", DAY, 40, 1, time(8), time(12))
HOTEL = Slot("2026-01-05/9", 9, "Hotel", date(2026, 1, 5), 40, 3)


def test_lengths_and_hours_come_back_from_json() -> None:
    problem = Problem(areas_of([20, 20]), (AFTERNOON, MORNING, HOTEL))
    assert from_dict(json.loads(json.dumps(as_dict(problem)))) == problem


def test_slots_written_before_there_were_any_last_one_day() -> None:
    older = json.loads(json.dumps(as_dict(Problem(areas_of([20]), (HOTEL,)))))
    for name in ("days", "starts", "ends"):
        del older["slots"][0][name]
    assert from_dict(older).slots == (replace(HOTEL, days=1),)


def test_a_long_slot_knows_its_last_day_and_a_block_its_hours() -> None:
    assert (HOTEL.last_day, HOTEL.hours) == (date(2026, 1, 7), "")
    assert (MORNING.last_day, MORNING.hours) == (DAY, "08.00–12.00")


def test_a_slot_of_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="one day at least"):
        Problem(areas_of([1]), (replace(HOTEL, days=0),))


def test_waves_follow_the_days_and_within_a_day_the_blocks() -> None:
    plan = solve(Problem(areas_of([30, 30, 30]), (AFTERNOON, MORNING, HOTEL), wave_count=3))
    assert [wave.slot_key for wave in plan.waves] == [HOTEL.key, MORNING.key, AFTERNOON.key]
