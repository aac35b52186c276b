"""The questions to the planner: divide this, and what about the division that I changed by hand?"""

from collections.abc import Mapping
from dataclasses import replace

from programs.planner.bounds import spread_bound, waves_bound
from programs.planner.diagnosis import clashing_limits, limit_of_all
from programs.planner.gather import gather
from programs.planner.instance import Instance, bits
from programs.planner.plan import Impossible, Plan, PlannedWave
from programs.planner.problem import Problem, Rules
from programs.planner.reliefs import reliefs_of
from programs.planner.search import best_division, counts_to_try


def solve(problem: Problem) -> Plan | Impossible:
    """The best division, in this order: feasible, fewest waves, smallest spread, fewest parents cut, nearest areas.

    The same problem, with the same seed, always has the same answer. What is claimed as optimal is proven.
    """
    instance = Instance(problem)
    if limits := clashing_limits(instance):
        return Impossible(limits, reliefs_of(problem))
    fewest, is_proven = waves_bound(instance), True
    for count in counts_to_try(instance):
        outcome = best_division(instance, count)
        if outcome.groups is not None:
            gathered, groups = gather(instance, count, outcome.groups, outcome.spread)
            assignment = {
                problem.areas[one].code: gathered.slots[slot].key
                for mask, slot in groups
                for item in bits(mask)
                for one in gathered.members[item]
            }
            return _plan(problem, assignment, outcome.bound * instance.unit, fewest, is_feasible=True)
        is_proven = is_proven and outcome.is_proven
        fewest = max(fewest, count + 1) if is_proven else fewest
    reliefs = reliefs_of(problem)
    return Impossible((limit_of_all(instance, reliefs, is_proven=is_proven),), reliefs, is_proven)


def evaluate(problem: Problem, assignment: Mapping[str, str], *, known: Plan | None = None) -> Plan:
    """The figures of a division made or changed by hand: area code to slot key; unknown codes and keys are left out.

    `known` is a plan solved for the same problem: its proven bounds hold for as many waves as it has. Whether the
    division obeys the rules says `programs.plan_checker.check`; one that does not is never called optimal.
    """
    instance = Instance(problem)
    keys = {slot.key for slot in problem.slots}
    placed = {area.code: assignment[area.code] for area in problem.areas if assignment.get(area.code) in keys}
    count = len(set(placed.values()))
    bound = spread_bound(instance, count) * instance.unit
    fewest = waves_bound(instance) if problem.areas else 0
    if known is not None:
        fewest = max(fewest, known.fewest_waves_bound)
        bound = max(bound, known.lower_bound) if len(known.waves) == count else bound
    return _plan(problem, placed, bound, fewest, is_feasible=_is_feasible(instance, placed))


def lower_bound(problem: Problem) -> int:
    """No division of the problem has a smaller spread, in seats: for the waves asked for, else for the fewest."""
    instance = Instance(problem)
    if not problem.areas:
        return 0
    return spread_bound(instance, problem.wave_count or waves_bound(instance)) * instance.unit


def _plan(problem: Problem, assignment: Mapping[str, str], bound: int, fewest: int, *, is_feasible: bool) -> Plan:
    waves = []
    for slot in sorted(problem.slots, key=lambda slot: (slot.day, slot.key)):
        areas = [area for area in problem.areas if assignment.get(area.code) == slot.key]
        if areas:
            waves.append(PlannedWave(slot.key, tuple(area.code for area in areas), sum(area.seats for area in areas)))
    loads = [wave.seats for wave in waves]
    spread = max(loads, default=0) - min(loads, default=0)
    # Areas one by one: by hand also those may be parted that a rule keeps together.
    loose = Instance(replace(problem, rules=Rules()))
    index = {area.code: loose.item_of[one] for one, area in enumerate(problem.areas)}
    masks = [sum(1 << index[code] for code in wave.areas) for wave in waves]
    has_fewest = len(waves) == problem.wave_count if problem.wave_count else len(waves) <= fewest
    return Plan(
        waves=tuple(waves),
        spread=spread,
        lower_bound=bound,
        is_optimal=is_feasible and has_fewest and spread <= bound,
        cut=loose.pieces(masks)[0],
        distance=loose.distance(masks),
        fewest_waves_bound=fewest,
    )


def _is_feasible(instance: Instance, assignment: Mapping[str, str]) -> bool:
    if len(assignment) < len(instance.problem.areas):
        return False
    groups: dict[str, int] = {}
    for item, members in enumerate(instance.members):
        keys = {assignment[instance.problem.areas[one].code] for one in members}
        if len(keys) > 1:
            return False
        key = keys.pop()
        groups[key] = groups.get(key, 0) | 1 << item
    return all(_may_stand(instance, slot, groups.get(each.key, 0)) for slot, each in enumerate(instance.slots))


def _may_stand(instance: Instance, slot: int, group: int) -> bool:
    items = bits(group)
    return (
        sum(instance.weights[item] for item in items) <= instance.capacities[slot]
        and sum(instance.counts[item] for item in items) <= instance.most_areas
        and all(instance.slots_of[item] >> slot & 1 and not instance.clashes[item] & group for item in items)
    ) or not group
