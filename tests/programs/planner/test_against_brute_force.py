"""Solver and checker, each against trying everything, on small problems made by chance."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from programs.plan_checker import check
from programs.planner import Impossible, Plan, Problem, evaluate, lower_bound, solve
from programs.planner.problem import as_dict, from_dict
from tests.programs.planner.brute_force import allowed, obeys, spread_of
from tests.programs.planner.problems import small_problems

EXAMPLES = settings(max_examples=80, deadline=None)


def figures(plan: Plan) -> tuple[int, int, int, float]:
    return len(plan.waves), plan.spread, plan.cut, round(plan.distance, 6)


@EXAMPLES
@given(small_problems())
def test_the_solver_finds_what_trying_everything_finds(problem: Problem) -> None:
    found = list(allowed(problem))
    answer = solve(problem)
    if not found:
        assert isinstance(answer, Impossible)
        assert answer.is_proven
        assert answer.limits
        return
    assert isinstance(answer, Plan)
    assert obeys(problem, answer.assignment)
    assert answer.is_optimal
    assert figures(answer) == min(figures(evaluate(problem, assignment)) for assignment in found)
    assert answer.spread == answer.lower_bound == spread_of(problem, answer.assignment)


@EXAMPLES
@given(small_problems(most_areas=4, most_slots=3), st.data())
def test_the_checker_finds_fault_exactly_where_there_is_one(problem: Problem, data: st.DataObject) -> None:
    keys = st.sampled_from([slot.key for slot in problem.slots])
    assignment = {area.code: data.draw(keys) for area in problem.areas}
    assert (not check(problem, assignment)) == obeys(problem, assignment)


@EXAMPLES
@given(small_problems(most_areas=5, most_slots=3))
def test_the_bound_holds_for_every_division(problem: Problem) -> None:
    for assignment in allowed(problem):
        plan = evaluate(problem, assignment)
        assert plan.lower_bound <= plan.spread
        assert plan.fewest_waves_bound <= len(plan.waves)
        if problem.wave_count:
            assert lower_bound(problem) <= plan.spread


@EXAMPLES
@given(small_problems(), st.data())
def test_a_division_by_hand_is_called_optimal_only_if_it_is(problem: Problem, data: st.DataObject) -> None:
    keys = st.sampled_from([slot.key for slot in problem.slots])
    assignment = {area.code: data.draw(keys) for area in problem.areas}
    known = solve(problem)
    plan = evaluate(problem, assignment, known=known if isinstance(known, Plan) else None)
    if plan.is_optimal:
        assert obeys(problem, assignment)
        assert isinstance(known, Plan)
        assert (len(plan.waves), plan.spread) == (len(known.waves), known.spread)


@EXAMPLES
@given(small_problems())
def test_the_same_problem_has_the_same_answer_also_after_json(problem: Problem) -> None:
    again = from_dict(json.loads(json.dumps(as_dict(problem))))
    assert again == problem
    assert solve(again) == solve(problem)


@EXAMPLES
@given(small_problems())
def test_the_order_of_slots_does_not_change_how_good_the_plan_is(problem: Problem) -> None:
    turned = replace(problem, slots=tuple(reversed(problem.slots)))
    answer, other = solve(problem), solve(turned)
    assert type(answer) is type(other)
    if isinstance(answer, Plan):
        assert figures(answer) == figures(other)
