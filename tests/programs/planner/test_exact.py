"""The exact search gives every division once, and says when it stopped early."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.planner import Problem, solve
from programs.planner.exact import OutOfSteps, Steps, Window, divisions
from programs.planner.instance import Instance
from tests.programs.planner.problems import areas_of, slots_of

EVERYTHING = Window(0, 1000, 1000)


def every_division(
    problem: Problem, count: int, window: Window = EVERYTHING, steps: int = 10**6
) -> list[frozenset[int]]:
    instance = Instance(problem)
    items, slots = (1 << len(instance)) - 1, instance.all_slots
    found = divisions(instance, items, slots, count, window, Steps(steps))
    return [frozenset(mask for mask, _ in groups) for groups in found]


@pytest.mark.parametrize(("items", "groups", "number"), [(7, 3, 301), (8, 2, 127), (6, 6, 1), (8, 5, 1050), (3, 4, 0)])
def test_every_division_comes_exactly_once(items: int, groups: int, number: int) -> None:
    """The numbers are Stirling's of the second kind."""
    found = every_division(Problem(areas_of(list(range(items))), slots_of([100] * groups)), groups)
    assert len(found) == len(set(found)) == number


def test_only_divisions_in_the_window_come() -> None:
    problem = Problem(areas_of([5, 4, 3, 3, 2, 1]), slots_of([100] * 3))
    for widest in range(8):
        found = every_division(problem, 3, Window(0, 1000, widest))
        weights = Instance(problem).weights
        loads = [[sum(w for item, w in enumerate(weights) if mask >> item & 1) for mask in groups] for groups in found]
        assert all(max(each) - min(each) <= widest for each in loads)
        wide = every_division(problem, 3)
        assert len(found) == sum(
            max(sums) - min(sums) <= widest
            for groups in wide
            for sums in [[sum(w for item, w in enumerate(weights) if mask >> item & 1) for mask in groups]]
        )


def test_a_search_cut_short_says_so() -> None:
    with pytest.raises(OutOfSteps):
        every_division(Problem(areas_of(list(range(1, 11))), slots_of([100] * 3)), 3, steps=50)


def test_groups_move_over_to_other_slots_where_only_that_makes_room() -> None:
    problem = Problem(areas_of([9, 5, 3]), slots_of([9, 5, 3]))
    assert len(every_division(problem, 3)) == 1


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.integers(1, 60), min_size=8, max_size=9),
    st.lists(st.integers(60, 400), min_size=3, max_size=3),
)
def test_nine_areas_in_three_unequal_halls_are_divided_as_evenly_as_can_be(seats: list[int], halls: list[int]) -> None:
    answer = solve(Problem(areas_of(seats), slots_of(halls), wave_count=3))
    spreads = []
    for choice in product(range(3), repeat=len(seats)):
        loads = [sum(each for each, wave in zip(seats, choice, strict=True) if wave == index) for index in range(3)]
        if len(set(choice)) == 3 and all(load <= hall for load, hall in zip(loads, halls, strict=True)):
            spreads.append(max(loads) - min(loads))
    assert getattr(answer, "spread", None) == min(spreads, default=None)
