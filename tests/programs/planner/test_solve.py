"""What officials get: plans with their figures and proof, for the sizes there are in Indonesia."""

import ast
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from programs.plan_checker import check
from programs.planner import Area, Plan, Problem, Rules, evaluate, lower_bound, solve
from tests.load.planner import SIZES, instance
from tests.programs.planner.problems import FIRST_DAY, TABALONG, areas_of, slots_of, tabalong


def test_tabalong_in_three_waves_is_as_even_as_twelve_kecamatan_can_be() -> None:
    plan = solve(tabalong())
    assert sorted(wave.seats for wave in plan.waves) == [316, 317, 318]
    assert plan.is_optimal
    assert (plan.spread, plan.lower_bound, plan.gap) == (2, 2, 0)
    # 317 each is what the arithmetic allows and no division reaches.
    assert lower_bound(tabalong()) == 0
    heads = list(TABALONG.values())
    assert not any(
        sum(head for head, wave in zip(heads, waves, strict=True) if wave == 0) == 317
        and sum(head for head, wave in zip(heads, waves, strict=True) if wave == 1) == 317
        for waves in product(range(3), repeat=12)
        if waves[0] == 0
    )


def test_without_a_number_the_fewest_waves_are_found_and_proven() -> None:
    plan = solve(tabalong(wave_count=None, dates=6))
    assert len(plan.waves) == plan.fewest_waves_bound == 3
    assert plan.is_optimal


def test_waves_stand_by_day_and_areas_in_the_order_they_were_given() -> None:
    problem = tabalong()
    plan = solve(replace(problem, slots=tuple(reversed(problem.slots))))
    assert [wave.slot_key for wave in plan.waves] == ["pendopo-0", "pendopo-1", "pendopo-2"]
    order = {area.code: index for index, area in enumerate(problem.areas)}
    assert all(list(wave.areas) == sorted(wave.areas, key=order.__getitem__) for wave in plan.waves)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.areas}-{size.waves}")
def test_every_size_comes_within_one_seat_of_the_bound(size) -> None:
    problem = instance(size, 4)
    plan = solve(problem)
    assert check(problem, plan.assignment) == ()
    assert len(plan.waves) == size.waves
    assert plan.gap <= 1


def test_the_same_seed_gives_the_same_plan_and_another_one_as_good() -> None:
    problem = instance(SIZES[2], 7)
    plan = solve(problem)
    assert solve(problem) == plan
    assert solve(replace(problem, seed=99)).gap <= 1


def test_companions_do_not_hide_that_a_division_is_perfect() -> None:
    """With a companion each, 951 heads need 1902 seats: a spread of two seats is one head."""
    problem = Problem(areas_of([6, 4, 4, 4, 2, 2]), slots_of([20, 20]), wave_count=2)
    assert solve(problem).spread == solve(problem).lower_bound == 2
    assert solve(problem).is_optimal


def test_rules_are_kept() -> None:
    rules = Rules(
        on_day=(("63.09.06", FIRST_DAY),),
        not_on_day=(("63.09.01", FIRST_DAY + timedelta(weeks=2)),),
        together=(("63.09.06", "63.09.11"),),
        apart=(("63.09.01", "63.09.04", "63.09.07"),),
        most_areas=5,
    )
    problem = tabalong(rules=rules)
    plan = solve(problem)
    assert check(problem, plan.assignment) == ()
    assert plan.assignment["63.09.06"] == plan.assignment["63.09.11"] == "pendopo-0"
    assert plan.is_optimal


def test_many_areas_with_rules_are_divided_too() -> None:
    problem = instance(SIZES[3], 5)
    days = [slot.day for slot in problem.slots]
    rules = Rules(
        on_day=(("k1", days[0]), ("d100", days[3])),
        not_on_day=(("k2", days[1]),),
        together=(("d0", "d50"), ("d3", "d120")),
        apart=(("d1", "d2", "d4"), ("d90", "k2")),
        most_areas=20,
    )
    problem = replace(problem, rules=rules)
    plan = solve(problem)
    assert isinstance(plan, Plan)
    assert check(problem, plan.assignment) == ()
    assert plan.gap <= 1


def test_small_halls_are_filled_and_the_bound_knows_it() -> None:
    problem = Problem(areas_of([10] * 12), slots_of([20, 60, 60]), wave_count=3)
    plan = solve(problem)
    assert sorted(wave.seats for wave in plan.waves) == [20, 50, 50]
    assert (plan.spread, plan.lower_bound) == (30, 30)


def test_of_equally_even_plans_the_one_with_whole_parents_and_near_areas_wins() -> None:
    west = [Area(f"w{index}", f"Barat {index}", 10, 10, "west", -2.0, 115.0 + index / 100) for index in range(4)]
    east = [Area(f"e{index}", f"Timur {index}", 10, 10, "east", -2.0, 116.0 + index / 100) for index in range(4)]
    mixed = tuple(area for pair in zip(west, east, strict=True) for area in pair)
    plan = solve(Problem(mixed, slots_of([40, 40]), wave_count=2))
    assert plan.cut == 0
    assert {code[0] for code in plan.waves[0].areas} in ({"w"}, {"e"})
    # Four villages 1.1 km apart on a line: the root mean square distance from their middle is 1.24 km.
    assert plan.distance == pytest.approx(1.243, abs=0.01)


def test_a_change_by_hand_shows_its_figures_at_once() -> None:
    problem = tabalong()
    plan = solve(problem)
    moved = {**plan.assignment, plan.waves[0].areas[0]: plan.waves[1].slot_key}
    changed = evaluate(problem, moved, known=plan)
    assert changed.spread > plan.spread
    assert changed.lower_bound == plan.lower_bound
    assert changed.gap == changed.spread - plan.lower_bound
    assert not changed.is_optimal
    assert evaluate(problem, plan.assignment, known=plan) == plan


def test_a_change_by_hand_may_leave_areas_out_and_break_rules() -> None:
    problem = tabalong()
    assert evaluate(problem, {}).waves == ()
    one = evaluate(problem, {"63.09.06": "pendopo-1", "63.09.07": "elsewhere", "nowhere": "pendopo-0"})
    assert [wave.seats for wave in one.waves] == [143]
    assert not one.is_optimal
    crowded = evaluate(problem, {area.code: "pendopo-0" for area in problem.areas})
    assert (crowded.spread, crowded.is_optimal) == (0, False)


def test_the_planner_needs_neither_django_nor_the_database() -> None:
    room = Path(__file__).parents[3] / "programs" / "planner"
    imported = set()
    for path in room.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            imported.update(names or [node.module] if isinstance(node, ast.ImportFrom) else names)
    outside = {name for name in imported if not name.startswith("programs.planner")}
    assert outside - {"rtportal.lib.clock", "rtportal.lib.numbers"} <= sys.stdlib_module_names | {"collections.abc"}


def test_the_checker_uses_nothing_of_the_planner_but_the_question() -> None:
    tree = ast.parse((Path(__file__).parents[3] / "programs" / "plan_checker.py").read_text())
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in modules if name.startswith("programs")} == {"programs.planner.problem"}
