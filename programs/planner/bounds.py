"""What no division can beat: the smallest spread and the fewest waves, by arithmetic alone."""

from programs.planner.instance import Instance, bits


def spread_bound(instance: Instance, count: int) -> int:
    """No division into `count` waves has a smaller spread, in the instance's units."""
    if not 1 <= count <= len(instance):
        return 0
    return max(_level_bound(instance, count), _heaviest_bound(instance, count))


def waves_bound(instance: Instance) -> int:
    """No division needs fewer waves. More than there are slots if even all of them do not hold everything."""
    room = list(reversed(instance.capacities))
    for_seats, held = 0, 0
    while held < instance.total and for_seats < len(room):
        held += max(0, room[for_seats])
        for_seats += 1
    if held < instance.total:
        for_seats += 1
    for_areas = -(-sum(instance.counts) // instance.most_areas)
    half = max(room, default=0) / 2
    for_halves = sum(weight > half for weight in instance.weights)
    return max(1, for_seats, for_areas, for_halves, len(apart_from_each_other(instance)), _for_days(instance))


def apart_from_each_other(instance: Instance) -> list[int]:
    """Items of which no two may share a wave: a large such set, found greedily."""
    best: list[int] = []
    for first in sorted(range(len(instance)), key=lambda item: -instance.clashes[item].bit_count())[:20]:
        found, others = [first], instance.clashes[first] & ~(1 << first)
        while others:
            following = max(bits(others), key=lambda item: (instance.clashes[item] & others).bit_count())
            found.append(following)
            others &= instance.clashes[following] & ~(1 << following)
        best = max(best, found, key=len)
    return best if len(best) > 1 else best[:1]


def level_of(capacities: list[int], total: int) -> float:
    """The height to which `total` fills bins of these capacities when poured evenly."""
    left = total
    for index, capacity in enumerate(sorted(capacities)):
        share = left / (len(capacities) - index)
        if share <= capacity:
            return share
        left -= capacity
    return float(max(capacities, default=0))


def _level_bound(instance: Instance, count: int) -> int:
    """Poured like water the loads differ least; small venues are full first."""
    room = instance.largest(count)
    if len(room) < count or sum(room) < instance.total:
        return 0
    lowest = min(room[0], instance.total // count)
    spread = max(0, -(-instance.total // count) - lowest)
    while sum(min(capacity, lowest + spread) for capacity in room) < instance.total:
        spread += 1
    return spread


def _heaviest_bound(instance: Instance, count: int) -> int:
    """The wave with the heaviest item is at least as heavy, and the others share what is left."""
    heaviest, bound = instance.weights[0], 0
    if count > 1:
        bound = max(0, heaviest - (instance.total - heaviest) // (count - 1))
    # With fewer than two items a wave, some wave has one item only: at best the heaviest of those that may stand alone.
    alone = 2 * count - len(instance)
    if alone > 0:
        most = -(-instance.total // count)
        bound = max(bound, most - instance.weights[alone - 1])
    return bound


def _for_days(instance: Instance) -> int:
    """Items that share no slot need waves of their own; counted greedily."""
    found, taken = 0, 0
    for mask in sorted(set(instance.slots_of), key=int.bit_count):
        if mask and not mask & taken:
            found += 1
            taken |= mask
    return found
