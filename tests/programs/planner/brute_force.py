"""The planner's question answered by trying everything, with rules read anew: slow, short and plainly right."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, product

from programs.planner import Problem


def allowed(problem: Problem) -> Iterator[dict[str, str]]:
    """Every assignment of area codes to slot keys that obeys the problem."""
    codes, keys = [area.code for area in problem.areas], [slot.key for slot in problem.slots]
    for choice in product(keys, repeat=len(codes)):
        assignment = dict(zip(codes, choice, strict=True))
        if obeys(problem, assignment):
            yield assignment


def obeys(problem: Problem, assignment: dict[str, str]) -> bool:
    """Whether an assignment of all areas may stand."""
    rules, used = problem.rules, set(assignment.values())
    days = {slot.key: [slot.day + timedelta(days=number) for number in range(slot.days)] for slot in problem.slots}
    meant = {
        code: [area.code for area in problem.areas if code in (area.code, area.parent)]
        for code in {code for area in problem.areas for code in (area.code, area.parent)}
    }
    waves = {key: [area for area in problem.areas if assignment[area.code] == key] for key in used}
    where = {code: {assignment[one] for one in ones} for code, ones in meant.items()}
    return (
        problem.wave_count in (None, len(used))
        and all(
            sum(area.seats for area in waves[slot.key]) <= slot.capacity for slot in problem.slots if slot.key in used
        )
        and all(len(areas) <= (rules.most_areas or len(areas)) for areas in waves.values())
        and all(day in days[key] for code, day in rules.on_day for key in where.get(code, ()))
        and all(day not in days[key] for code, day in rules.not_on_day for key in where.get(code, ()))
        and all(len(set().union(*(where.get(code, set()) for code in group))) <= 1 for group in rules.together)
        and not any(
            one != other and assignment[one] == assignment[other]
            for group in rules.apart
            for first, second in combinations(set(group), 2)
            for one in meant.get(first, ())
            for other in meant.get(second, ())
        )
    )


def spread_of(problem: Problem, assignment: dict[str, str]) -> int:
    loads: dict[str, int] = {}
    for area in problem.areas:
        loads[assignment[area.code]] = loads.get(assignment[area.code], 0) + area.seats
    return max(loads.values()) - min(loads.values())
