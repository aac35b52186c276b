"""A division under way: which item is in which group, what that costs, and what an exchange would change."""

from programs.planner.bounds import level_of
from programs.planner.instance import Instance, bits

# One seat too many outweighs any unevenness that can arise.
TROUBLE = 1e7


class Division:
    """Groups of items, each in a slot of its own. Items stand only in slots that they may have by day and size.

    Seats and areas above the limit, clashing items and empty groups are *trouble*, which the search removes.
    """

    def __init__(self, instance: Instance, slots: list[int], group_of: list[int]):
        self.instance = instance
        self.slots = slots
        self.capacities = [instance.capacities[slot] for slot in slots]
        level = level_of(self.capacities, instance.total)
        self.targets = [min(float(capacity), level) for capacity in self.capacities]
        self.heavy = max(1, instance.weights[0])
        self.group_of = list(group_of)
        self.masks = [0] * len(slots)
        self.loads = [0] * len(slots)
        self.areas = [0] * len(slots)
        for item, group in enumerate(group_of):
            self.masks[group] |= 1 << item
            self.loads[group] += instance.weights[item]
            self.areas[group] += instance.counts[item]
        self.clashes = [self._clashes_in(mask) for mask in self.masks]
        self.open_to = [
            sum(1 << group for group, slot in enumerate(slots) if mask >> slot & 1) for mask in instance.slots_of
        ]

    @property
    def spread(self) -> int:
        return max(self.loads) - min(self.loads)

    @property
    def trouble(self) -> int:
        return sum(self.trouble_of(group) for group in range(len(self.slots)))

    def trouble_of(self, group: int) -> int:
        return self._trouble(group, self.loads[group], self.areas[group], self.clashes[group])

    def cost_of(self, group: int) -> float:
        return self.cost(group, self.loads[group], self.areas[group], self.clashes[group])

    def cost(self, group: int, load: int, areas: int, clashes: int) -> float:
        """What the group would cost with these figures: its trouble, then how far it is from its share."""
        off = load - self.targets[group]
        return self._trouble(group, load, areas, clashes) * TROUBLE + off * off

    def may_move(self, item: int, group: int) -> bool:
        return bool(self.open_to[item] >> group & 1)

    def clashes_with(self, item: int, mask: int) -> int:
        return (self.instance.clashes[item] & mask).bit_count()

    def exchange(self, one: int, other: int, gone: int, come: int) -> None:
        """Move the items `gone` from group `one` to `other` and `come` the other way (masks)."""
        weights, counts = self.instance.weights, self.instance.counts
        for group, leaving, joining in ((one, gone, come), (other, come, gone)):
            self.masks[group] = self.masks[group] & ~leaving | joining
            self.loads[group] += sum(weights[item] for item in bits(joining))
            self.loads[group] -= sum(weights[item] for item in bits(leaving))
            self.areas[group] += sum(counts[item] for item in bits(joining))
            self.areas[group] -= sum(counts[item] for item in bits(leaving))
            self.clashes[group] = self._clashes_in(self.masks[group])
            for item in bits(joining):
                self.group_of[item] = group

    def refill(self, groups: dict[int, int]) -> None:
        """Give some groups the items of these masks; together they hold what these groups held before."""
        weights, counts = self.instance.weights, self.instance.counts
        for group, mask in groups.items():
            self.masks[group] = mask
            self.loads[group] = sum(weights[item] for item in bits(mask))
            self.areas[group] = sum(counts[item] for item in bits(mask))
            self.clashes[group] = self._clashes_in(mask)
            for item in bits(mask):
                self.group_of[item] = group

    def copy(self) -> "Division":
        return Division(self.instance, self.slots, self.group_of)

    def _trouble(self, group: int, load: int, areas: int, clashes: int) -> int:
        over = max(0, load - self.capacities[group])
        surplus = max(0, areas - self.instance.most_areas) + clashes + (not areas)
        return over + surplus * self.heavy

    def _clashes_in(self, mask: int) -> int:
        return sum(self.clashes_with(item, mask) for item in bits(mask)) // 2
