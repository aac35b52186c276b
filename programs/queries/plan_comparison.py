"""Several plans side by side: their figures, their waves, and which areas they put elsewhere."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from programs.models import WavePlan
from programs.planner import Plan, PlannedWave, Problem, Slot
from programs.planner.problem import from_dict
from programs.queries.plan_words import slot_when
from programs.queries.plans import PlanRow, plan_rows
from rtportal.regions.area_keys import above, is_inside

# Smaller is better, in the planner's order.
FIGURES = ("waves", "spread", "cut", "distance")
NOWHERE = "–"


@dataclass(frozen=True)
class ComparedWave:
    """`words`: its dates and venue; `seats` of the slot's `capacity` are taken."""

    number: int
    words: str
    seats: int
    capacity: int


@dataclass(frozen=True)
class ComparedPlan:
    """`best` names the figures (see FIGURES) in which no other plan is better and some is worse."""

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

    @property
    def is_moved(self) -> bool:
        return not self.place


def compared_plans(plans: Sequence[WavePlan], first: int) -> list[ComparedPlan]:
    """The plans in their order; waves are numbered from `first`, those of an accepted plan as they are. No queries."""
    rows = plan_rows(plans)
    solved = [row.figures for row in rows if row.figures]
    found = []
    for row in rows:
        problem = from_dict(row.plan.problem)
        slots = {slot.key: slot for slot in problem.slots}
        waves = [
            ComparedWave(number, _where(slots[wave.slot_key]), wave.seats, slots[wave.slot_key].capacity)
            for number, wave in _numbered(row, first)
        ]
        best = frozenset(name for name in FIGURES if row.figures and _is_best(name, row.figures, solved))
        found.append(ComparedPlan(row, waves, len(problem.areas), best))
    return found


def compared_areas(plans: Sequence[WavePlan], first: int) -> list[ComparedArea]:
    """Every area of the plans, those in different waves first and of these the largest. No queries.

    Where one plan keeps whole what another divides, the whole is one line. Plans without a division differ from none.
    """
    problems = [from_dict(plan.problem) for plan in plans]
    places = [_places(row, problem, first) for row, problem in zip(plan_rows(plans), problems, strict=True)]
    areas = {area.code: area for problem in problems for area in problem.areas}
    found = []
    for code, area in areas.items():
        if any(upper in areas for upper in above(code)):
            continue
        known = [_place_of(code, each) for each in places]
        told = {words for words, each in zip(known, places, strict=True) if each} or {NOWHERE}
        named = [(plan.name, words) for plan, words in zip(plans, known, strict=True)]
        found.append(ComparedArea(area.name, area.heads, named, told.pop() if len(told) == 1 else ""))
    return sorted(found, key=lambda one: (not one.is_moved, -one.heads, one.name))


def _is_best(name: str, figures: Plan, others: Sequence[Plan]) -> bool:
    def value(plan: Plan) -> float:
        return len(plan.waves) if name == "waves" else round(getattr(plan, name))

    values = [value(each) for each in others]
    return value(figures) == min(values) < max(values)


def _numbered(row: PlanRow, first: int) -> list[tuple[int, PlannedWave]]:
    waves = row.figures.waves if row.figures else ()
    return list(enumerate(waves, start=row.plan.result.get("first_number") or first))


def _places(row: PlanRow, problem: Problem, first: int) -> dict[str, str]:
    """Area code → its wave in words; empty without a division."""
    slots = {slot.key: slot for slot in problem.slots}
    return {
        code: f"Gelombang {number}: {_where(slots[wave.slot_key])}"
        for number, wave in _numbered(row, first)
        for code in wave.areas
    }


def _place_of(code: str, places: dict[str, str]) -> str:
    """The wave of an area; of one that is divided each wave with the number of its parts."""
    if code in places:
        return places[code]
    parts = Counter(words for one, words in places.items() if is_inside(one, code))
    if len(parts) == 1:
        return next(iter(parts))
    return "; ".join(f"{words} ({number} bagian)" for words, number in sorted(parts.items())) or NOWHERE


def _where(slot: Slot) -> str:
    return f"{slot_when(slot)}, {slot.venue_name}"
