"""Where a search starts: which slots to use, and a first division that follows the map."""

from collections.abc import Iterator
from math import cos, pi, sin
from random import Random

from programs.planner.division import Division
from programs.planner.instance import Instance, bits

MOST_CHOICES = 8


def slot_choices(instance: Instance, count: int, random: Random) -> Iterator[list[int]]:
    """Some ways to choose `count` slots, the most promising first.

    Days that rules do not tell apart are one kind; of one kind the larger slot is never the worse choice.
    """
    kinds: dict[int, list[int]] = {}
    for slot in range(len(instance.slots)):
        profile = sum(1 << item for item, mask in enumerate(instance.slots_by_day) if mask >> slot & 1)
        kinds.setdefault(profile, []).append(slot)
    seen = set()
    for attempt in range(MOST_CHOICES if len(kinds) > 1 else 1):
        chosen = tuple(sorted(_choose(instance, kinds, count, random if attempt else None)))
        if chosen not in seen:
            seen.add(chosen)
            yield list(chosen)


def _choose(instance: Instance, kinds: dict[int, list[int]], count: int, random: Random | None) -> list[int]:
    left = {profile: list(slots) for profile, slots in kinds.items()}
    chosen: list[int] = []
    needs = {profile: _bound_to(instance, profile, kinds) for profile in kinds}
    homeless = (1 << len(instance)) - 1
    while len(chosen) < count and any(left.values()):
        open_kinds = [profile for profile, slots in left.items() if slots]
        best = max(
            open_kinds,
            key=lambda profile: (
                needs[profile],
                _weight(instance, profile & homeless),
                random.random() if random else instance.capacities[left[profile][-1]],
                profile.bit_count(),
            ),
        )
        slot = left[best].pop()
        chosen.append(slot)
        needs[best] = max(0, needs[best] - instance.capacities[slot])
        homeless &= ~best
    return chosen


def _bound_to(instance: Instance, profile: int, kinds: dict[int, list[int]]) -> int:
    """The seats of items that can only have slots of this kind."""
    return sum(
        instance.weights[item]
        for item in bits(profile)
        if not any(other != profile and other >> item & 1 for other in kinds)
    )


def _weight(instance: Instance, items: int) -> int:
    return sum(instance.weights[item] for item in bits(items))


def first_division(instance: Instance, slots: list[int], variant: int) -> Division | None:
    """Cut the map in two again and again, by seats; None if an item may have none of the slots.

    `variant` turns the direction of the first cut.
    """
    group_of = [0] * len(instance)
    draft = Division(instance, slots, group_of)
    if not all(draft.open_to):
        return None
    places = [_place(instance, item) for item in range(len(instance))]
    middles = _middles(instance, places)

    def cut(items: list[int], groups: list[int], angle: float) -> None:
        if len(groups) == 1:
            for item in items:
                group_of[item] = groups[0]
            return
        half = len(groups) // 2
        wanted = sum(draft.targets[group] for group in groups[:half])
        wanted *= sum(instance.weights[item] for item in items) / (sum(draft.targets[group] for group in groups) or 1)
        ordered = sorted(items, key=lambda item: _order(places[item], middles[item], angle, item))
        held, size = 0.0, 0
        while size < len(ordered) and held + instance.weights[ordered[size]] / 2 <= wanted:
            held += instance.weights[ordered[size]]
            size += 1
        cut(ordered[:size], groups[:half], angle + pi / 2)
        cut(ordered[size:], groups[half:], angle + pi / 2)

    cut(list(range(len(instance))), list(range(len(slots))), variant * pi / 5)
    return _admit(draft, group_of)


def _admit(draft: Division, group_of: list[int]) -> Division:
    """Move each item that may not stay to the emptiest group that may have it."""
    loads = [0] * len(draft.slots)
    for item, group in enumerate(group_of):
        if draft.may_move(item, group):
            loads[group] += draft.instance.weights[item]
    for item, group in enumerate(group_of):
        if not draft.may_move(item, group):
            best = min(bits(draft.open_to[item]), key=lambda other: (loads[other] - draft.targets[other], other))
            group_of[item] = best
            loads[best] += draft.instance.weights[item]
    return Division(draft.instance, draft.slots, group_of)


def _place(instance: Instance, item: int) -> tuple[float, float]:
    """Where the item lies; without coordinates its place in the list, since neighbours have codes in a row."""
    number, east, north, _ = instance.spots[item]
    if number:
        return east / number, north / number
    return float(instance.members[item][0]), 0.0


def _middles(instance: Instance, places: list[tuple[float, float]]) -> list[tuple[float, float, int]]:
    """For each item the middle of its parent, so that a cut goes between parents where it can."""
    groups: dict[int, list[int]] = {}
    for item, parents in enumerate(instance.parents):
        groups.setdefault(min(parents, default=-1 - item), []).append(item)
    found = [(0.0, 0.0, 0)] * len(instance)
    for parent, items in groups.items():
        east = sum(places[item][0] for item in items) / len(items)
        north = sum(places[item][1] for item in items) / len(items)
        for item in items:
            found[item] = (east, north, parent)
    return found


def _order(place: tuple[float, float], middle: tuple[float, float, int], angle: float, item: int) -> tuple:
    along = (cos(angle), sin(angle))
    return (
        middle[0] * along[0] + middle[1] * along[1],
        middle[2],
        place[0] * along[0] + place[1] * along[1],
        item,
    )
