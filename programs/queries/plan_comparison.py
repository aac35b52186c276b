"""Several plans side by side: their figures, their waves, and which areas they put elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from programs.models import WavePlan
from programs.planner import Plan
from programs.planner.problem import from_dict
from programs.queries.plan_words import slot_when
from programs.queries.plans import PlanRow, plan_rows
from rtportal.regions.area_keys import above, is_inside

# Smaller is better, in the planner's order.
FIGURES = ("waves", "spread", "cut", "distance")
NOWHERE = "–"


@dataclass(frozen=True)
class ComparedWave:
    """`when` with the venue where the plans use several; `seats` of the slot's `capacity` are taken."""

    number: int
    when: str
    areas: tuple[str, ...]
    seats: int
    capacity: int

    @property
    def words(self) -> str:
        return f"Gelombang {self.number}: {self.when}"


@dataclass(frozen=True)
class ComparedPlan:
    """`areas`: how many it divides. `best` names the figures in which no other plan is better and some is worse."""

    row: PlanRow
    waves: list[ComparedWave]
    areas: int
    best: frozenset[str]


@dataclass(frozen=True)
class ComparedArea:
    """`places`: by plan in which waves the area is and when; `place` says it where all agree, else it is empty."""

    name: str
    heads: int
    places: list[tuple[str, str]]
    place: str


@dataclass(frozen=True)
class Comparison:
    """`moved`: areas in different waves, the largest first; `same`: the others. `alike`: names of plans that put the
    same areas together, be it on other dates or in other halls."""

    plans: list[ComparedPlan]
    moved: list[ComparedArea]
    same: list[ComparedArea]
    alike: list[list[str]]

    @property
    def divided(self) -> int:
        """How many of the plans have a division at all."""
        return sum(bool(plan.waves) for plan in self.plans)

    @property
    def moved_heads(self) -> int:
        return sum(area.heads for area in self.moved)


def compare(plans: Sequence[WavePlan], first: int) -> Comparison:
    """The plans in their order; waves are numbered from `first`, those of an accepted plan as they are. No queries.

    Where one plan keeps whole what another divides, the whole is one area. A plan without a division differs from none.
    """
    compared = _plans(plans, first)
    areas = _areas(compared)
    alike = defaultdict(list)
    for one in compared:
        if one.waves:
            alike[frozenset(frozenset(wave.areas) for wave in one.waves)].append(one.row.plan.name)
    return Comparison(
        plans=compared,
        moved=sorted((area for area in areas if not area.place), key=lambda area: (-area.heads, area.name)),
        same=sorted((area for area in areas if area.place), key=lambda area: area.name),
        alike=[names for names in alike.values() if len(names) > 1],
    )


def _plans(plans: Sequence[WavePlan], first: int) -> list[ComparedPlan]:
    rows = plan_rows(plans)
    solved = [row.figures for row in rows if row.figures]
    slots = [{slot.key: slot for slot in from_dict(plan.problem).slots} for plan in plans]
    used = [slots[index][wave.slot_key].venue for index, row in enumerate(rows) for wave in _waves(row)]
    found = []
    for row, mine in zip(rows, slots, strict=True):
        waves = []
        for number, wave in enumerate(_waves(row), start=row.plan.result.get("first_number") or first):
            slot = mine[wave.slot_key]
            when = slot_when(slot) + (f", {slot.venue_name}" if len(set(used)) > 1 else "")
            waves.append(ComparedWave(number, when, wave.areas, wave.seats, slot.capacity))
        best = frozenset(name for name in FIGURES if row.figures and _is_best(name, row.figures, solved))
        found.append(ComparedPlan(row, waves, len(row.plan.problem["areas"]), best))
    return found


def _waves(row: PlanRow) -> tuple:
    return row.figures.waves if row.figures else ()


def _is_best(name: str, figures: Plan, others: Sequence[Plan]) -> bool:
    def value(plan: Plan) -> int:
        return len(plan.waves) if name == "waves" else round(getattr(plan, name))

    values = [value(each) for each in others]
    return value(figures) == min(values) < max(values)


def _areas(compared: Sequence[ComparedPlan]) -> list[ComparedArea]:
    areas = {area["code"]: area for one in compared for area in one.row.plan.problem["areas"]}
    places = [{code: wave.words for wave in one.waves for code in wave.areas} for one in compared]
    found = []
    for code, area in areas.items():
        if any(upper in areas for upper in above(code)):
            continue
        known = [_place(code, each) for each in places]
        told = {words for words, each in zip(known, places, strict=True) if each} or {NOWHERE}
        named = [(one.row.plan.name, words) for one, words in zip(compared, known, strict=True)]
        found.append(ComparedArea(area["name"], area["heads"], named, told.pop() if len(told) == 1 else ""))
    return found


def _place(code: str, places: dict[str, str]) -> str:
    """The wave of an area; of one that is divided each wave with the number of its parts."""
    if code in places:
        return places[code]
    parts = Counter(words for one, words in places.items() if is_inside(one, code))
    if len(parts) == 1:
        return next(iter(parts))
    return "; ".join(f"{words} ({number} bagian)" for words, number in sorted(parts.items())) or NOWHERE
