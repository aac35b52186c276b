"""Trying out a changed problem: is there any plan at all, and what is the least change that allows one?"""

from collections.abc import Callable

from programs.planner.diagnosis import clashing_limits
from programs.planner.instance import Instance, bits
from programs.planner.problem import Problem
from programs.planner.search import any_division, counts_to_try


def loads_of(problem: Problem) -> dict[str, int] | None:
    """Slot key to seats in some plan of the problem; None if none is found."""
    instance = Instance(problem)
    if clashing_limits(instance):
        return None
    for count in counts_to_try(instance):
        outcome = any_division(instance, count)
        if outcome.groups is not None:
            return {
                instance.slots[slot].key: sum(
                    problem.areas[one].seats for item in bits(mask) for one in instance.members[item]
                )
                for mask, slot in outcome.groups
            }
    return None


def least(change: Callable[[int], Problem], most: int) -> int | None:
    """The smallest number from 1 to `most` with which the changed problem has a plan; None if `most` has none."""
    low, step = 0, 1
    while loads_of(change(min(step, most))) is None:
        if step >= most:
            return None
        low, step = step, step * 2
    high = min(step, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if loads_of(change(middle)) is not None else (middle, high)
    return high
