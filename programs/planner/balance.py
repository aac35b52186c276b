"""Local search: exchanges between two groups, then small exact searches, until the loads are as even as the bound."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from programs.planner.division import Division
from programs.planner.exact import OutOfSteps, Steps, Window, divisions
from programs.planner.instance import bits

# A small exact search looks at no more items than this.
MOST_ITEMS = 22
STEPS_OF_ONE = 6000
PARTNERS = 6
MOST_LOOKED_AT = 40

Thing = TypeVar("Thing")

# Items leaving the first group and joining it, as masks.
Exchange = tuple[int, int]


def balance(division: Division, bound: int, rounds: int, random: Random) -> Division:
    """The best division found from here: first without trouble, then with the smallest spread.

    Stops early once the spread reaches `bound`. The same division and seed give the same answer.
    """
    best = division.copy()
    for _ in range(rounds):
        _descend(division, bound, random)
        while not division.trouble and division.spread > bound and _narrow(division, random):
            pass
        if _worth(division) < _worth(best):
            best = division.copy()
        if not best.trouble and best.spread <= bound:
            break
        division = best.copy()
        _shake(division, random)
    return best


def _worth(division: Division) -> tuple[int, int, float]:
    return (
        division.trouble,
        division.spread,
        sum(division.cost_of(group) for group in range(len(division.slots))),
    )


def _descend(division: Division, bound: int, random: Random) -> None:
    """Exchange one item or two while that helps, the worst group first, until the bound is reached."""
    idle: set[int] = set()
    while len(idle) < len(division.slots) and (division.spread > bound or division.trouble):
        groups = [group for group in range(len(division.slots)) if group not in idle]
        one = max(groups, key=lambda group: (division.cost_of(group), group))
        idle = set() if _relieve(division, one, random) else idle | {one}


def _relieve(division: Division, one: int, random: Random) -> bool:
    off = division.loads[one] - division.targets[one]
    others = [group for group in range(len(division.slots)) if group != one]
    # Those furthest off to the other side can help most; chance keeps the order from deciding among equals.
    others.sort(
        key=lambda group: ((division.loads[group] - division.targets[group]) * (1 if off > 0 else -1), random.random())
    )
    for start in range(0, len(others), PARTNERS):
        found = [
            (gain, other, exchange)
            for other in others[start : start + PARTNERS]
            for gain, exchange in _gains(division, one, other, random)
        ]
        if found:
            most = max(gain for gain, _, _ in found)
            # Among exchanges that help nearly as much, the one that keeps waves together on the map.
            choices = _some([(other, exchange) for gain, other, exchange in found if gain >= 0.7 * most], random)
            other, exchange = min(choices, key=lambda choice: _stretch(division, one, choice[0], *choice[1]))
            division.exchange(one, other, *exchange)
            return True
    return False


def _some(things: Sequence[Thing], random: Random) -> Sequence[Thing]:
    """All of a few, some of many by chance: in groups of hundreds nobody needs every pair."""
    return things if len(things) <= MOST_LOOKED_AT else random.sample(things, MOST_LOOKED_AT)


def _gains(division: Division, one: int, other: int, random: Random) -> list[tuple[float, Exchange]]:
    """Every exchange of at most one item each way that lowers the cost of both groups together, with its gain."""
    weights = division.instance.weights
    mine, theirs = division.masks[one], division.masks[other]
    before = division.cost_of(one) + division.cost_of(other)
    # Without trouble only a shift towards the other's level can help: most exchanges need no closer look.
    slope = (division.loads[one] - division.targets[one]) - (division.loads[other] - division.targets[other])
    is_calm = not division.trouble_of(one) and not division.trouble_of(other)
    if is_calm and abs(slope) <= 1:
        return []
    gone_ones = _some([item for item in bits(mine) if division.may_move(item, other)], random)
    come_ones = _some([item for item in bits(theirs) if division.may_move(item, one)], random)
    come_weights = [(-1, 0), *((item, weights[item]) for item in come_ones)]
    found = []
    for gone in (-1, *gone_ones):
        weight = weights[gone] if gone >= 0 else 0
        for come, come_weight in come_weights:
            shift = weight - come_weight
            if gone == come or (is_calm and not (0 < shift < slope or slope < shift < 0)):
                continue
            gain = before - _cost_after(division, one, other, gone, come)
            if gain > 1e-6:
                found.append((gain, (1 << gone if gone >= 0 else 0, 1 << come if come >= 0 else 0)))
    return found


def _cost_after(division: Division, one: int, other: int, gone: int, come: int) -> float:
    """What both groups would cost with item `gone` in the other and `come` in the first; -1 stands for no item."""
    instance = division.instance
    mine, theirs = division.masks[one], division.masks[other]
    load = areas = left = joined = 0
    if gone >= 0:
        load, areas = instance.weights[gone], instance.counts[gone]
        left, joined = division.clashes_with(gone, mine), division.clashes_with(gone, theirs)
    if come >= 0:
        load, areas = load - instance.weights[come], areas - instance.counts[come]
        both = gone >= 0 and instance.clashes[come] >> gone & 1
        left -= division.clashes_with(come, mine) - both
        joined -= division.clashes_with(come, theirs) + both
    return division.cost(
        one, division.loads[one] - load, division.areas[one] - areas, division.clashes[one] - left
    ) + division.cost(
        other, division.loads[other] + load, division.areas[other] + areas, division.clashes[other] + joined
    )


def _stretch(division: Division, one: int, other: int, gone: int, come: int) -> float:
    """How much the two groups would grow apart on the map."""
    mine, theirs = division.masks[one], division.masks[other]
    instance = division.instance
    return (
        instance.scatter_of(mine & ~gone | come)
        + instance.scatter_of(theirs & ~come | gone)
        - instance.scatter_of(mine)
        - instance.scatter_of(theirs)
    )


def _narrow(division: Division, random: Random) -> bool:
    """Divide some groups anew, so that a heaviest or a lightest one moves inwards; False if nothing was found."""
    heaviest, lightest = max(division.loads), min(division.loads)
    tops = [group for group, load in enumerate(division.loads) if load == heaviest]
    bottoms = [group for group, load in enumerate(division.loads) if load == lightest]
    for size in (2, 3, 4):
        for _ in range(8):
            for ends, low, high in (
                ((random.choice(tops), random.choice(bottoms)), lightest + 1, heaviest - 1),
                ((random.choice(tops),), lightest, heaviest - 1),
                ((random.choice(bottoms),), lightest + 1, heaviest),
            ):
                groups = _company(division, ends, size, random)
                if groups and _divide_anew(division, groups, low, high):
                    return True
    return False


def _company(division: Division, ends: tuple[int, ...], size: int, random: Random) -> list[int]:
    others = [group for group in range(len(division.slots)) if group not in ends]
    if not 0 <= size - len(ends) <= len(others):
        return []
    groups = [*ends, *random.sample(others, size - len(ends))]
    return groups if sum(division.masks[group].bit_count() for group in groups) <= MOST_ITEMS else []


def _divide_anew(division: Division, groups: list[int], low: int, high: int) -> bool:
    items = slots = 0
    for group in groups:
        items |= division.masks[group]
        slots |= 1 << division.slots[group]
    group_in = {division.slots[group]: group for group in groups}
    window = Window(low, high, high - low)
    try:
        for found in divisions(division.instance, items, slots, len(groups), window, Steps(STEPS_OF_ONE)):
            division.refill({group_in[slot]: mask for mask, slot in found})
            return True
    except OutOfSteps:
        pass
    return False


def _shake(division: Division, random: Random) -> None:
    """A few exchanges by chance, to leave a place where nothing helps."""
    for _ in range(3):
        item = random.randrange(len(division.group_of))
        other = random.choice(bits(division.open_to[item]))
        one = division.group_of[item]
        if one != other:
            back = [each for each in bits(division.masks[other]) if division.may_move(each, one)]
            come = 1 << random.choice(back) if back and random.random() < 0.7 else 0
            division.exchange(one, other, 1 << item, come)
