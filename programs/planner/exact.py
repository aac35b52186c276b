"""Exact search: every division of some items into groups whose loads differ by no more than allowed.

Group after group is filled; the heaviest item left is always in the next group, so that no division comes twice. The
other items of a group are found by meeting in the middle: two halves of the items left, each with all its sums sorted.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from programs.planner.instance import Instance, bits

# A group's mask of items and the slot it may have.
Division = list[tuple[int, int]]
# Sum, items, items they clash with, slots they may have, areas.
Part = tuple[int, int, int, int, int]
SUM = itemgetter(0)


class OutOfSteps(Exception):
    """The steps allowed are used up: no error, but what was not found may exist all the same."""


@dataclass
class Steps:
    """Counts what a search may still do; counted, not timed, so that the same question has the same answer."""

    left: int

    def spend(self, number: int) -> None:
        self.left -= number
        if self.left < 0:
            raise OutOfSteps


@dataclass(frozen=True)
class Window:
    """Loads lie from `low` to `high` and differ by at most `widest`."""

    low: int
    high: int
    widest: int


@dataclass(frozen=True)
class _Filled:
    groups: tuple[int, ...]
    # Slot to the index of the group that has it.
    taken: dict[int, int]
    allowed: tuple[int, ...]
    lightest: int
    heaviest: int


def divisions(
    instance: Instance, items: int, slots: int, count: int, window: Window, steps: Steps
) -> Iterator[Division]:
    """All divisions of `items` into `count` groups, none empty, each in its own one of `slots` (masks).

    Of divisions that differ only in the slots one is given. Raises OutOfSteps.
    """
    left = items.bit_count()
    if not 1 <= count <= min(left, slots.bit_count()):
        return
    start = _Filled((), {}, (), window.high, window.low)
    yield from _fill(instance, items, slots, count, window, steps, start)


def _fill(
    instance: Instance, items: int, slots: int, count: int, window: Window, steps: Steps, filled: _Filled
) -> Iterator[Division]:
    low, high = _limits(instance, items, slots, count, window, filled)
    if low > high:
        return
    for load, group, _, allowed, _ in _groups(instance, items, slots, count, low, high, steps):
        steps.spend(1)
        allowed &= instance.fitting(load)
        taken = _seat(allowed, filled)
        if taken is None:
            continue
        lightest, heaviest = min(filled.lightest, load), max(filled.heaviest, load)
        following = _Filled((*filled.groups, group), taken, (*filled.allowed, allowed), lightest, heaviest)
        if count > 1:
            yield from _fill(instance, items & ~group, slots, count - 1, window, steps, following)
        else:
            yield [(following.groups[index], slot) for slot, index in sorted(taken.items(), key=itemgetter(1))]


def _limits(instance: Instance, items: int, slots: int, count: int, window: Window, filled: _Filled) -> tuple[int, int]:
    """What the next load may be, so that the rest can still be divided."""
    load = sum(instance.weights[item] for item in bits(items))
    room = [instance.capacities[slot] for slot in bits(slots)][-count:]
    low, high = window.low, min(window.high, room[-1])
    # Some load is at least the mean and some at most; the others are at most `widest` away from it.
    low, high = max(low, -(-load // count) - window.widest), min(high, load // count + window.widest)
    if filled.groups:
        low, high = max(low, filled.heaviest - window.widest), min(high, filled.lightest + window.widest)
    others = sum(min(high, each) for each in room[1:])
    return max(low, load - others), min(high, load - (count - 1) * low)


def _groups(
    instance: Instance, items: int, slots: int, count: int, low: int, high: int, steps: Steps
) -> Iterator[Part]:
    """Every group with the heaviest item whose load is in reach and whose items may share a wave."""
    first, *rest = bits(items)
    start = _part(instance, first, slots)
    if not start[3]:
        return
    if count == 1:
        halves = [_all(instance, start, rest)], [(0, 0, 0, slots, 0)]
    else:
        halves = (
            _sums(instance, start, rest[::2], high, steps),
            _sums(instance, (0, 0, 0, slots, 0), rest[1::2], high - start[0], steps),
        )
    left, right = ([part for part in half if part is not None] for half in halves)
    right.sort(key=SUM)
    sums = [part[0] for part in right]
    steps.spend(len(left))
    spare = items.bit_count() - count + 1
    for load, group, clash, allowed, areas in left:
        end = bisect_right(sums, high - load)
        for index in range(bisect_left(sums, low - load), end):
            other = right[index]
            both = allowed & other[3]
            if both and not clash & other[1] and areas + other[4] <= instance.most_areas:
                mask = group | other[1]
                if mask.bit_count() <= spare:
                    yield load + other[0], mask, clash | other[2], both, areas + other[4]


def _sums(instance: Instance, start: Part, items: list[int], high: int, steps: Steps) -> list[Part]:
    """Every choice among `items` on top of `start` that keeps the rules and stays under `high`."""
    found = [start]
    for item in items:
        steps.spend(len(found) // 8)
        found += [joined for part in found if (joined := _join(instance, part, item)) and joined[0] <= high]
    return found


def _part(instance: Instance, item: int, slots: int) -> Part:
    allowed = instance.slots_of[item] & slots
    return instance.weights[item], 1 << item, instance.clashes[item], allowed, instance.counts[item]


def _join(instance: Instance, part: Part, item: int) -> Part | None:
    load, group, clash, allowed, areas = part
    allowed &= instance.slots_of[item]
    areas += instance.counts[item]
    if not allowed or clash >> item & 1 or areas > instance.most_areas:
        return None
    return load + instance.weights[item], group | 1 << item, clash | instance.clashes[item], allowed, areas


def _all(instance: Instance, start: Part, items: list[int]) -> Part | None:
    part: Part | None = start
    for item in items:
        part = part and _join(instance, part, item)
    return part


def _seat(allowed: int, filled: _Filled) -> dict[int, int] | None:
    """The slots taken when one more group joins, others moving over where they must; None if there is no room."""
    taken = dict(filled.taken)
    masks = (*filled.allowed, allowed)

    def place(index: int, seen: set[int]) -> bool:
        for slot in bits(masks[index]):
            if slot in seen:
                continue
            seen.add(slot)
            if slot not in taken or place(taken[slot], seen):
                taken[slot] = index
                return True
        return False

    return taken if place(len(filled.groups), set()) else None
