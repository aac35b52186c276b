"""Fewer parents cut: hold more and more of them together, as long as the spread allows it."""

from dataclasses import replace

from programs.planner.exact import Division as Groups
from programs.planner.instance import Instance
from programs.planner.search import even_division, polished

# With so many areas a trial takes long, so that several parents are tried at once and not every one.
MANY_AREAS, FEW_TRIALS, MANY_TRIALS = 200, 4, 24


def gather(instance: Instance, count: int, groups: Groups, spread: int) -> tuple[Instance, Groups]:
    """The division and the instance it belongs to, with as few parents cut as was found; `spread` is not exceeded."""
    whole = _whole(instance, groups)
    waiting = [code for code in _by_size(instance) if code not in whole]
    size = 1 if len(instance) <= MANY_AREAS else max(1, len(waiting) // 4)
    for _ in range(FEW_TRIALS if len(instance) > MANY_AREAS else MANY_TRIALS):
        batch, waiting = waiting[:size], waiting[size:]
        if not batch:
            break
        trial = _held_together(instance, [*whole, *batch])
        found = even_division(trial, count, spread)
        if found is None and len(batch) > 1:
            size = max(1, size // 2)
            waiting = [*batch[:size], *waiting]
        if found is not None:
            instance, groups = trial, found
            whole = _whole(instance, groups)
            waiting = [code for code in waiting if code not in whole]
    return instance, polished(instance, groups, spread)


def _held_together(instance: Instance, codes: list[str]) -> Instance:
    rules = instance.problem.rules
    together = (*rules.together, *((code,) for code in codes))
    return Instance(replace(instance.problem, rules=replace(rules, together=together)))


def _whole(instance: Instance, groups: Groups) -> list[str]:
    """The parents whose areas are all in one group."""
    return [
        code
        for code, parent in instance.parent_codes.items()
        if sum(bool(mask & instance.items_of_parent[parent]) for mask, _ in groups) == 1
    ]


def _by_size(instance: Instance) -> list[str]:
    """The parents with the fewest areas first: those with many serve best to even out what is left."""
    number = {code: instance.items_of_parent[parent].bit_count() for code, parent in instance.parent_codes.items()}
    return sorted(number, key=lambda code: (number[code], code))
