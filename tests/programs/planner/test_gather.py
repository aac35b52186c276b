from programs.plan_checker import check
from programs.planner import Problem, solve
from tests.load.planner import SIZES, instance
from tests.programs.planner.problems import areas_of, slots_of


def test_of_eleven_kecamatan_most_stay_whole_at_the_smallest_spread() -> None:
    problem = instance(SIZES[3], 1)
    plan = solve(problem)
    assert plan.is_optimal
    assert plan.cut <= 4
    assert check(problem, plan.assignment) == ()


def test_a_parent_larger_than_every_hall_is_cut_and_no_other() -> None:
    large = areas_of([10] * 6, parent="large")
    small = tuple(
        type(area)(f"b{index}", area.name, area.seats, area.heads, "small" if index < 3 else "other")
        for index, area in enumerate(areas_of([10] * 6))
    )
    plan = solve(Problem(large + small, slots_of([40, 40, 40]), wave_count=3))
    assert (plan.spread, plan.cut) == (0, 1)
