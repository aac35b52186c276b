"""A problem made ready for the searches: small integers and bit masks instead of codes, dates and names."""

from bisect import bisect_left
from datetime import date
from functools import lru_cache
from math import cos, gcd, radians, sqrt

from programs.planner.problem import Problem

KM_PER_DEGREE = 111.195
NO_LIMIT = 1 << 30


class Instance:
    """Areas that must stay together are one *item*; items run from the heaviest, slots from the smallest capacity.

    All seats are divided by their greatest common divisor `unit`, so that companions do not hide a perfect division.
    `slots_of[item]` is a mask of slots, `clashes[item]` one of items; an item that clashes with itself fits nowhere.
    """

    def __init__(self, problem: Problem):
        self.problem = problem
        self.unit = gcd(*(area.seats for area in problem.areas)) or 1
        self.slots = sorted(problem.slots, key=lambda slot: (slot.capacity, slot.day, slot.key))
        self.capacities = [max(slot.capacity, -1) // self.unit for slot in self.slots]
        self.all_slots = (1 << len(self.slots)) - 1
        self.most_areas = problem.rules.most_areas or NO_LIMIT
        groups = _together(problem)
        seats = [area.seats // self.unit for area in problem.areas]
        groups.sort(key=lambda group: (-sum(seats[one] for one in group), group))
        self.members: list[list[int]] = groups
        self.item_of = {one: item for item, group in enumerate(groups) for one in group}
        self.weights = [sum(seats[one] for one in group) for group in groups]
        self.counts = [len(group) for group in groups]
        self.total = sum(self.weights)
        self.clashes = self._clashes()
        # By the rules about days alone, and by all that an item by itself decides.
        self.slots_by_day = self._slots_by_day()
        self.slots_of = [
            0 if self.counts[item] > self.most_areas or self.clashes[item] >> item & 1 else mask & self.fitting(weight)
            for item, (mask, weight) in enumerate(zip(self.slots_by_day, self.weights, strict=True))
        ]
        self._place()

    def __len__(self) -> int:
        return len(self.weights)

    def fitting(self, load: int) -> int:
        """The mask of slots with at least this capacity."""
        return self.all_slots & -(1 << bisect_left(self.capacities, load))

    def largest(self, count: int) -> list[int]:
        """The capacities of the `count` largest slots, in order of size; fewer if there are fewer."""
        return self.capacities[max(0, len(self.capacities) - count) :]

    def problem_capacity(self, slot: int) -> int:
        """The slot's capacity in seats, as the problem gave it."""
        return self.slots[slot].capacity

    def items_of(self, code: str) -> list[int]:
        """The items that hold an area which a rule's code means."""
        meant = self.problem.codes_of(code)
        return sorted({self.item_of[one] for one, area in enumerate(self.problem.areas) if area.code in meant})

    def scatter(self, groups: list[int]) -> float:
        """The sum of the squared distances, in km², of all areas from the middle of their group (masks of items)."""
        return sum(self.scatter_of(group) for group in groups)

    def scatter_of(self, group: int) -> float:
        """The same for one group."""
        number, east, north, square = self.sums_of(group)
        return max(0.0, square - (east * east + north * north) / number) if number else 0.0

    def sums_of(self, group: int) -> tuple[float, float, float, float]:
        """Of the areas with coordinates: how many, their sums eastwards and northwards in km, and of the squares."""
        number = east = north = square = 0.0
        for spot in [self.spots[item] for item in bits(group)]:
            number, east, north, square = number + spot[0], east + spot[1], north + spot[2], square + spot[3]
        return number, east, north, square

    def distance(self, groups: list[int]) -> float:
        """The root mean square distance, in km, of areas from the middle of their group."""
        return sqrt(self.scatter(groups) / self.located) if self.located else 0.0

    def pieces(self, groups: list[int]) -> tuple[int, int]:
        """How many parents lie in several groups, and into how many surplus pieces all parents fall."""
        found: dict[int, int] = {}
        for group in groups:
            for parent in {one for item in bits(group) for one in self.parents[item]}:
                found[parent] = found.get(parent, 0) + 1
        return sum(number > 1 for number in found.values()), sum(found.values()) - len(found)

    def _clashes(self) -> list[int]:
        clashes = [0] * len(self.members)
        codes = [area.code for area in self.problem.areas]
        index = {code: one for one, code in enumerate(codes)}
        for group in self.problem.rules.apart:
            meant = [self.problem.codes_of(code) for code in dict.fromkeys(group)]
            for first, ones in enumerate(meant):
                others = [code for side, each in enumerate(meant) if side != first for code in each]
                for one in ones:
                    for other in others:
                        if one != other:
                            clashes[self.item_of[index[one]]] |= 1 << self.item_of[index[other]]
        return clashes

    def _slots_by_day(self) -> list[int]:
        rules = self.problem.rules
        allowed = [self.all_slots] * len(self.weights)
        for code, day in rules.on_day:
            for item in self.items_of(code):
                allowed[item] &= self._slots_on(day)
        for code, day in rules.not_on_day:
            for item in self.items_of(code):
                allowed[item] &= ~self._slots_on(day)
        return allowed

    def _slots_on(self, day: date) -> int:
        return sum(1 << index for index, slot in enumerate(self.slots) if slot.day <= day <= slot.last_day)

    def _place(self) -> None:
        """Coordinates as km on a plane: over one kabupaten that is as good as the sphere, and sums are cheap."""
        areas = self.problem.areas
        located = [area for area in areas if area.latitude is not None and area.longitude is not None]
        self.located = len(located)
        middle = sum(area.latitude for area in located) / len(located) if located else 0.0
        origin = sum(area.longitude for area in located) / len(located) if located else 0.0
        self.spots: list[tuple[float, float, float, float]] = []
        self.parents: list[set[int]] = []
        names = dict.fromkeys(area.parent for area in areas if area.parent)
        self.parent_codes = parents = {name: index for index, name in enumerate(names)}
        for group in self.members:
            number = east = north = square = 0.0
            for area in (areas[one] for one in group):
                if area.latitude is None or area.longitude is None:
                    continue
                x = (area.longitude - origin) * KM_PER_DEGREE * cos(radians(middle))
                y = (area.latitude - middle) * KM_PER_DEGREE
                number, east, north, square = number + 1, east + x, north + y, square + x * x + y * y
            self.spots.append((number, east, north, square))
            self.parents.append({parents[areas[one].parent] for one in group if areas[one].parent})
        self.items_of_parent = {
            index: sum(1 << item for item, names in enumerate(self.parents) if index in names)
            for index in parents.values()
        }


@lru_cache(maxsize=1 << 16)
def bits(mask: int) -> tuple[int, ...]:
    """The positions of the ones in a mask, ascending."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return tuple(found)


def _together(problem: Problem) -> list[list[int]]:
    """The areas' indexes in groups that rules keep in one wave."""
    leader = {area.code: area.code for area in problem.areas}

    def find(code: str) -> str:
        while leader[code] != code:
            code = leader[code]
        return code

    for group in problem.rules.together:
        meant = [one for code in group for one in sorted(problem.codes_of(code))]
        for one in meant[1:]:
            leader[find(one)] = find(meant[0])
    groups: dict[str, list[int]] = {}
    for index, area in enumerate(problem.areas):
        groups.setdefault(find(area.code), []).append(index)
    return list(groups.values())
