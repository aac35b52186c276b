"""Plans as pages show them: a board of waves, what became of the roster since, lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from programs.errors import RosterChange
from programs.models import Program, WavePlan
from programs.plan_checker import Violation, check
from programs.planner import Area, Plan, PlannedWave, Problem, Relief, Slot
from programs.planner.problem import from_dict
from programs.queries.plan_days import Marks, slot_marks
from programs.queries.plan_words import slot_words
from rtportal.lib.clock import days_words
from rtportal.lib.numbers import thousands
from rtportal.regions.models import Region


@dataclass(frozen=True)
class PlanArea:
    """An area as it is now. `taken` says which wave of the programme has it, wholly or in part; empty while free."""

    area: Area
    taken: str


@dataclass(frozen=True)
class AreaGroup:
    """Areas of one divided region; `name` is empty for those that are no parts."""

    name: str
    areas: list[Area]


@dataclass(frozen=True)
class BoardWave:
    """One wave of a plan; `number` is the one it would get, `seats` what its areas need, companions included.

    `marks` say what holds on its days.
    """

    number: int
    slot: Slot
    groups: list[AreaGroup]
    heads: int
    seats: int
    marks: list[str]

    @property
    def missing(self) -> int:
        return max(0, self.seats - self.slot.capacity)

    @property
    def when(self) -> str:
        return days_words(self.slot.day, self.slot.last_day)

    @property
    def words(self) -> str:
        return f"Gelombang {self.number}: {slot_words(self.slot)}"


@dataclass(frozen=True)
class EmptySlot:
    """Where a wave more could be."""

    slot: Slot
    marks: list[str]

    @property
    def words(self) -> str:
        seats = f"{slot_words(self.slot)} ({thousands(self.slot.capacity)} kursi)"
        return "; ".join([seats, *self.marks])


@dataclass(frozen=True)
class Board:
    """`empty` are slots without a wave; spread and bound in seats."""

    waves: list[BoardWave]
    empty: list[EmptySlot]
    unplaced: list[AreaGroup]
    violations: tuple[Violation, ...]
    figures: Plan
    heads: int
    seats: int

    @property
    def proof(self) -> str:
        return proof_words(self.figures)

    @property
    def is_optimal(self) -> bool:
        return self.figures.is_optimal

    @property
    def has_companions(self) -> bool:
        return self.seats != self.heads


def board(plan: WavePlan, marks: Marks) -> Board:
    """The division as it stands, numbered on from the programme's waves; `marks` for each local day. Two queries."""
    problem, figures = from_dict(plan.problem), read_plan(plan.result)
    names = dict(Region.objects.filter(code__in={area.parent for area in problem.areas}).values_list("code", "name"))
    first = plan.result.get("first_number") or first_number(plan.program)
    areas = {area.code: area for area in problem.areas}
    slots = {slot.key: slot for slot in problem.slots}
    waves = []
    for number, wave in enumerate(figures.waves, start=first):
        inside = [areas[code] for code in wave.areas]
        heads = sum(area.heads for area in inside)
        slot = slots[wave.slot_key]
        waves.append(BoardWave(number, slot, _groups(inside, names), heads, wave.seats, slot_marks(slot, marks)))
    used = {wave.slot_key for wave in figures.waves}
    return Board(
        waves=waves,
        empty=[
            EmptySlot(slot, slot_marks(slot, marks))
            for slot in sorted(problem.slots, key=lambda one: (one.day, one.key))
            if slot.key not in used
        ],
        unplaced=_groups([area for area in problem.areas if plan.assignment.get(area.code) not in slots], names),
        violations=check(problem, plan.assignment),
        figures=figures,
        heads=sum(area.heads for area in problem.areas),
        seats=sum(area.seats for area in problem.areas),
    )


def _groups(areas: list[Area], names: dict[str, str]) -> list[AreaGroup]:
    # Whole areas first: below the name of a divided region they would look like parts of it.
    ordered = sorted(areas, key=lambda area: bool(area.parent))
    return [AreaGroup(names.get(parent, ""), list(inside)) for parent, inside in groupby(ordered, attrgetter("parent"))]


def first_number(program: Program) -> int:
    """The number that the next wave of the programme gets. One query."""
    last = program.waves.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def read_plan(figures: Mapping) -> Plan:
    """The planner's answer from the JSON of a row, which may hold more."""
    names = ("spread", "lower_bound", "is_optimal", "cut", "distance", "fewest_waves_bound")
    waves = (PlannedWave(**{**wave, "areas": tuple(wave["areas"])}) for wave in figures["waves"])
    return Plan(waves=tuple(waves), **{name: figures[name] for name in names})


def reliefs_of(plan: WavePlan) -> list[Relief]:
    """What would make a plan that does not fit possible, the cheapest first; empty where it fits."""
    return [_relief(dict(found)) for found in plan.result.get("reliefs", [])]


def _relief(found: dict) -> Relief:
    """Older rows knew one area to split."""
    area = found.pop("area", "")
    return Relief(**found | {"areas": tuple(found.get("areas") or filter(None, [area]))})


def proof_words(figures: Plan) -> str:
    """`terbukti optimal`, or how far from it the division is at most."""
    if figures.is_optimal:
        return "terbukti optimal"
    words = f"paling jauh {thousands(figures.gap)} orang dari optimal"
    if len(figures.waves) > figures.fewest_waves_bound:
        words += f"; belum terbukti bahwa {len(figures.waves)} gelombang adalah yang paling sedikit"
    return words if figures.gap else words.removeprefix("paling jauh 0 orang dari optimal; ")


def overtaken(plan: WavePlan, live: Iterable[PlanArea], free: Iterable[Slot]) -> list[str]:
    """What the plan counts on and is no longer so: areas that a wave has, halls taken or smaller. Sentences."""
    problem = from_dict(plan.problem)
    mine = {area.code for area in problem.areas}
    found = [f"{one.area.name} {one.taken}." for one in live if one.taken and one.area.code in mine]
    slots = {slot.key: slot for slot in problem.slots}
    room = {slot.key: slot.capacity for slot in free}
    for wave in read_plan(plan.result).waves if plan.state == WavePlan.State.SOLVED else ():
        words = slot_words(slots[wave.slot_key])
        if wave.slot_key not in room:
            found.append(f"{words}: tempat tidak kosong lagi.")
        elif room[wave.slot_key] < min(wave.seats, slots[wave.slot_key].capacity):
            found.append(f"{words}: kapasitas sekarang {thousands(room[wave.slot_key])} kursi.")
    return found


def roster_changes(problem: Problem, live: Iterable[PlanArea]) -> list[RosterChange]:
    """Where the heads in office differ from those the plan was made with; areas that a wave has now are left out."""
    now = {one.area.code: one for one in live}
    changes = []
    for area in problem.areas:
        found = now.pop(area.code, None)
        if found is None:
            changes.append(RosterChange(area.name, area.heads, None))
        elif found.area.heads != area.heads and not found.taken:
            changes.append(RosterChange(area.name, area.heads, found.area.heads))
    changes += [RosterChange(one.area.name, None, one.area.heads) for one in now.values() if not one.taken]
    return changes


@dataclass(frozen=True)
class PlanRow:
    """A plan as a line of a list or a column of a comparison; `figures` is None while it has no division."""

    plan: WavePlan
    figures: Plan | None
    loads: str
    proof: str


def plan_rows(plans: Iterable[WavePlan]) -> list[PlanRow]:
    """Reads no area by name, so the plans may come without their problems."""
    rows = []
    for plan in plans:
        figures = read_plan(plan.result) if plan.state == WavePlan.State.SOLVED else None
        loads = " + ".join(thousands(wave.seats) for wave in figures.waves) if figures else ""
        rows.append(PlanRow(plan, figures, loads, proof_words(figures) if figures else ""))
    return rows
