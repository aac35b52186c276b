"""With the spread settled: fewer parents cut, then areas of a wave nearer to each other."""

from dataclasses import dataclass
from itertools import combinations
from math import comb, inf

from programs.planner.division import Division
from programs.planner.exact import OutOfSteps, Steps
from programs.planner.instance import bits

MOST_CHOICES = 140
NEIGHBOURS = 8

# Parents cut, all pieces of parents, km² of scatter.
Change = tuple[int, int, float]
Sums = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Choice:
    """Some items of one group that may change places with some of another."""

    load: int
    items: int
    areas: int
    sums: Sums


NOTHING = _Choice(0, 0, 0, (0.0, 0.0, 0.0, 0.0))


def polish(division: Division, spread: int, steps: Steps) -> None:
    """Exchange few items for few between two groups while that helps and the spread stays within `spread`.

    The division has no trouble and gets none. Ends when nothing helps or the steps are used up.
    """
    if not division.instance.located and not any(division.instance.parents):
        return
    stale, known = _neighbours(division), {}
    try:
        while stale:
            one, other = stale.pop(0)
            if exchange := _Pair(division, one, other, spread, known).best_exchange(steps):
                division.exchange(one, other, *exchange)
                touched = [pair for pair in _neighbours(division) if {one, other} & set(pair)]
                stale += [pair for pair in touched if pair not in stale]
    except OutOfSteps:
        return


def _neighbours(division: Division) -> list[tuple[int, int]]:
    """Pairs of groups worth a look: each group with those whose middles are nearest, nearest first."""
    middles = [_middle(division, mask) for mask in division.masks]
    pairs = {}
    for one, (east, north) in enumerate(middles):
        away = {other: (east - x) ** 2 + (north - y) ** 2 for other, (x, y) in enumerate(middles) if other != one}
        for other in sorted(away, key=lambda each: (away[each], each))[:NEIGHBOURS]:
            pairs[min(one, other), max(one, other)] = away[other]
    return sorted(pairs, key=lambda pair: (pairs[pair], pair))


def _middle(division: Division, mask: int) -> tuple[float, float]:
    number, east, north, _ = division.instance.sums_of(mask)
    return (east / number, north / number) if number else (0.0, 0.0)


class _Pair:
    """Two groups as they stand, and what exchanges between them would do."""

    def __init__(
        self, division: Division, one: int, other: int, spread: int, known: dict[tuple[int, ...], list[_Choice]]
    ):
        self.division, self.one, self.other, self.known = division, one, other, known
        self.mine, self.theirs = division.masks[one], division.masks[other]
        self.my_sums, self.their_sums = (division.instance.sums_of(mask) for mask in (self.mine, self.theirs))
        self.near = _scatter(self.my_sums) + _scatter(self.their_sums)
        self.shifts = self._shifts(spread)
        self.elsewhere: dict[int, int] = {}

    def best_exchange(self, steps: Steps) -> tuple[int, int] | None:
        """The items to send and to take (masks) that help most; None if nothing helps."""
        best: Change = (0, 0, -1e-6)
        best_exchange = None
        returns: dict[int, list[_Choice]] = {}
        for choice in self._choices(self.other, self.one):
            returns.setdefault(choice.load, []).append(choice)
        for gone in self._choices(self.one, self.other):
            steps.spend(1 + len(self.shifts) // 4)
            for shift in self.shifts:
                for come in returns.get(gone.load - shift, ()):
                    if not (gone.items or come.items):
                        continue
                    steps.spend(2)
                    change = self._change(gone, come, best)
                    if change < best and self._keeps_rules(gone, come):
                        best, best_exchange = change, (gone.items, come.items)
        return best_exchange

    def _shifts(self, spread: int) -> list[int]:
        """By how many seats `one` may become lighter and `other` heavier."""
        division, found = self.division, []
        rest = [load for group, load in enumerate(division.loads) if group not in (self.one, self.other)]
        low, high = min(rest, default=None), max(rest, default=None)
        for shift in range(-spread, spread + 1):
            mine, theirs = division.loads[self.one] - shift, division.loads[self.other] + shift
            loads = [mine, theirs] if low is None else [low, high, mine, theirs]
            fits = mine <= division.capacities[self.one] and theirs <= division.capacities[self.other]
            if fits and max(loads) - min(loads) <= spread:
                found.append(shift)
        return found

    def _choices(self, group: int, partner: int) -> list[_Choice]:
        """None, one, two or three items that the partner may have; sizes that give too many choices are left out."""
        items = tuple(item for item in bits(self.division.masks[group]) if self.division.may_move(item, partner))
        if items not in self.known:
            ones = [self._choice(item) for item in items]
            found = [NOTHING, *ones]
            for size in (2, 3):
                if comb(len(items), size) <= MOST_CHOICES:
                    found += [_together(chosen) for chosen in combinations(ones, size)]
            self.known[items] = found
        return self.known[items]

    def _choice(self, item: int) -> _Choice:
        instance = self.division.instance
        return _Choice(instance.weights[item], 1 << item, instance.counts[item], instance.spots[item])

    def _change(self, gone: _Choice, come: _Choice, best: Change) -> Change:
        mine, theirs = self.mine & ~gone.items | come.items, self.theirs & ~come.items | gone.items
        cut, pieces = self._cuts(mine, theirs, gone.items | come.items)
        if (cut, pieces) > best[:2]:
            return cut, pieces, inf
        my_sums = [old - left + new for old, left, new in zip(self.my_sums, gone.sums, come.sums, strict=True)]
        their_sums = [old - left + new for old, left, new in zip(self.their_sums, come.sums, gone.sums, strict=True)]
        return cut, pieces, _scatter(my_sums) + _scatter(their_sums) - self.near

    def _cuts(self, mine: int, theirs: int, moved: int) -> tuple[int, int]:
        """By how many the parents cut, and all pieces of parents, would grow."""
        instance, cut, pieces = self.division.instance, 0, 0
        for parent in {parent for item in bits(moved) for parent in instance.parents[item]}:
            items = instance.items_of_parent[parent]
            if parent not in self.elsewhere:
                groups = sum(bool(mask & items) for mask in self.division.masks)
                self.elsewhere[parent] = groups - bool(self.mine & items) - bool(self.theirs & items)
            before = bool(self.mine & items) + bool(self.theirs & items)
            after = bool(mine & items) + bool(theirs & items)
            pieces += after - before
            cut += (self.elsewhere[parent] + after > 1) - (self.elsewhere[parent] + before > 1)
        return cut, pieces

    def _keeps_rules(self, gone: _Choice, come: _Choice) -> bool:
        division, most = self.division, self.division.instance.most_areas
        for group, joining, leaving in ((self.one, come, gone), (self.other, gone, come)):
            after = division.masks[group] & ~leaving.items | joining.items
            areas = division.areas[group] + joining.areas - leaving.areas
            if not after or areas > most or any(division.clashes_with(item, after) for item in bits(joining.items)):
                return False
        return True


def _together(choices: tuple[_Choice, ...]) -> _Choice:
    number, east, north, square = map(sum, zip(*(choice.sums for choice in choices), strict=True))
    return _Choice(
        sum(choice.load for choice in choices),
        sum(choice.items for choice in choices),
        sum(choice.areas for choice in choices),
        (number, east, north, square),
    )


def _scatter(sums: Sums | list[float]) -> float:
    number, east, north, square = sums
    return square - (east * east + north * north) / number if number > 0.5 else 0.0
