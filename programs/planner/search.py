"""One number of waves: the best division into that many, and what is proven about it."""

from dataclasses import dataclass
from random import Random

from programs.planner.balance import balance
from programs.planner.bounds import spread_bound, waves_bound
from programs.planner.division import Division
from programs.planner.exact import Division as Groups
from programs.planner.exact import OutOfSteps, Steps, Window, divisions
from programs.planner.instance import Instance, bits
from programs.planner.polish import polish
from programs.planner.start import first_division, slot_choices

# Up to this many items the exact search is asked for the whole; beyond, it helps the local search only.
MOST_EXACT = 26
# Steps of about a microsecond each: they, and never a clock, decide when a search ends.
PROOF_STEPS = 1_500_000
TRIAL_STEPS = 60_000
TIE_STEPS = 150_000
POLISH_STEPS = 300_000
ROUNDS = 12
TRIAL_ROUNDS = 4
VARIANTS = 3
MOST_COUNTS = 6


@dataclass(frozen=True)
class Outcome:
    """`groups` None: nothing found; then `is_proven` says that nothing exists. Else it says that `bound` is the spread.

    `bound` in the instance's units.
    """

    groups: Groups | None
    spread: int
    bound: int
    is_proven: bool


def counts_to_try(instance: Instance) -> list[int]:
    """The number of waves asked for, else from the fewest possible upwards; of very many not every one."""
    if instance.problem.wave_count:
        return [instance.problem.wave_count]
    counts = list(range(waves_bound(instance), min(len(instance), len(instance.slots)) + 1))
    return counts if len(counts) <= MOST_COUNTS or len(instance) <= MOST_EXACT else [*counts[:MOST_COUNTS], counts[-1]]


def best_division(instance: Instance, count: int) -> Outcome:
    """Search with all means, as the goal has it: feasible, smallest spread, fewest parents cut, nearest."""
    bound = spread_bound(instance, count)
    start = _search_locally(instance, count, bound, VARIANTS, ROUNDS if len(instance) > MOST_EXACT else 1)
    if len(instance) > MOST_EXACT:
        if start is not None:
            polish(start, start.spread, Steps(POLISH_STEPS // 4))
        return _outcome(start, bound)
    if start is None:
        first = _first(instance, count, instance.total, Steps(PROOF_STEPS))
        if isinstance(first, Outcome):
            return first
        start = first
    found, bound = _prove(instance, count, bound, start)
    polish(found, found.spread, Steps(POLISH_STEPS))
    return _outcome(_best_of_equals(instance, count, found), bound)


def any_division(instance: Instance, count: int) -> Outcome:
    """Only whether there is one: enough to try out what would mend an impossible problem."""
    start = _search_locally(instance, count, instance.total, 1, TRIAL_ROUNDS if len(instance) > MOST_EXACT else 1)
    if start is None and len(instance) <= MOST_EXACT:
        first = _first(instance, count, instance.total, Steps(TRIAL_STEPS))
        if isinstance(first, Outcome):
            return first
        start = first
    return _outcome(start, 0)


def even_division(instance: Instance, count: int, spread: int) -> Groups | None:
    """A division with this spread at most; None if none is found with little effort."""
    found = _search_locally(instance, count, spread, 1, TRIAL_ROUNDS)
    if (found is None or found.spread > spread) and len(instance) <= MOST_EXACT:
        first = _first(instance, count, spread, Steps(TRIAL_STEPS))
        found = first if isinstance(first, Division) else None
    return None if found is None or found.spread > spread else _outcome(found, 0).groups


def polished(instance: Instance, groups: Groups, spread: int) -> Groups:
    """The division with fewer parents cut and areas nearer to each other; its spread stays within `spread`."""
    before, after = _as_division(instance, groups), _as_division(instance, groups)
    polish(after, spread, Steps(POLISH_STEPS))
    # Polishing holds fewer pieces of parents for better than nearness; an exact answer may be the better one.
    best = min(before, after, key=_worth)
    return list(zip(best.masks, best.slots, strict=True))


def _outcome(division: Division | None, bound: int) -> Outcome:
    if division is None:
        return Outcome(None, 0, bound, False)
    groups = list(zip(division.masks, division.slots, strict=True))
    return Outcome(groups, division.spread, bound, division.spread <= bound)


def _search_locally(instance: Instance, count: int, bound: int, variants: int, rounds: int) -> Division | None:
    """The best of several starts; None if each kept some trouble."""
    best: Division | None = None
    for slots in slot_choices(instance, count, _random(instance, count)):
        if len(slots) < count:
            return None
        for variant in range(variants):
            start = first_division(instance, slots, variant)
            if start is None:
                break
            found = balance(start, bound, rounds, _random(instance, count, variant))
            if not found.trouble:
                best = min(best or found, found, key=_worth)
        if best is not None and best.spread <= bound:
            break
    return best


def _random(*salt: Instance | int) -> Random:
    """Chance that repeats itself for the same seed and question."""
    words = " ".join(str(each.problem.seed if isinstance(each, Instance) else each) for each in salt)
    return Random(words)  # noqa: S311 - nothing secret hangs on it


def _worth(division: Division) -> tuple[int, int, float]:
    """Smaller is better: the goal's last three wishes in their order."""
    cut, _ = division.instance.pieces(division.masks)
    return division.spread, cut, division.instance.scatter(division.masks)


def _first(instance: Instance, count: int, widest: int, steps: Steps) -> Division | Outcome:
    """Any division with this spread at most, or the outcome that there is none (`is_proven`) or was not found."""
    window = Window(0, instance.total, widest)
    try:
        for groups in divisions(instance, (1 << len(instance)) - 1, instance.all_slots, count, window, steps):
            return _as_division(instance, groups)
    except OutOfSteps:
        return Outcome(None, 0, 0, False)
    return Outcome(None, 0, 0, True)


def _prove(instance: Instance, count: int, bound: int, best: Division) -> tuple[Division, int]:
    """The smallest spread and its proof, as far as the steps reach: first near the bound, then in greater strides."""
    steps, stride = Steps(PROOF_STEPS), 0
    while bound < best.spread:
        found = _first(instance, count, min(bound + stride, (bound + best.spread) // 2), steps)
        if isinstance(found, Division):
            best, stride = found, 0
        elif found.is_proven:
            bound = min(bound + stride, (bound + best.spread) // 2) + 1
            stride = 2 * stride + 1
        else:
            break
    return best, bound


def _best_of_equals(instance: Instance, count: int, best: Division) -> Division:
    """Of the divisions with this spread the one with the fewest parents cut and the nearest areas, within the steps."""
    if not instance.located and not any(instance.parents):
        return best
    window, least = Window(0, instance.total, best.spread), _worth(best)
    items = (1 << len(instance)) - 1
    try:
        for groups in divisions(instance, items, instance.all_slots, count, window, Steps(TIE_STEPS)):
            masks = [mask for mask, _ in groups]
            worth = best.spread, instance.pieces(masks)[0], instance.scatter(masks)
            if worth < least:
                least, best = worth, _as_division(instance, groups)
    except OutOfSteps:
        pass
    return best


def _as_division(instance: Instance, groups: Groups) -> Division:
    group_of = [0] * len(instance)
    for index, (mask, _) in enumerate(groups):
        for item in bits(mask):
            group_of[item] = index
    return Division(instance, [slot for _, slot in groups], group_of)
