"""What the wave planner is asked: areas, slots, rules. Frozen and comparable; `as_dict` and `from_dict` speak JSON."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta


@dataclass(frozen=True)
class Area:
    """What is kept whole: a kecamatan, a kelurahan/desa or an RW.

    `seats` is heads times seats per head: capacities, totals and the spread count in seats. `parent` is the code of the
    bigger area that counts as cut when its parts lie in several waves. Coordinates are degrees, both or none.
    """

    code: str
    name: str
    seats: int
    heads: int
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Slot:
    """One venue from one candidate date on, for one wave at most. `capacity`: in seats, the reserve already taken off.

    `days` is how long the wave lasts. `starts` and `ends` stand only where a day has several blocks of hours, each a
    slot of its own; the keys of one day are in the order of its blocks. No two slots of a venue overlap.
    """

    key: str
    venue: int
    venue_name: str
    day: date
    capacity: int
    days: int = 1
    starts: time | None = None
    ends: time | None = None

    @property
    def last_day(self) -> date:
        return self.day + timedelta(days=self.days - 1)

    @property
    def hours(self) -> str:
        """`08.00–12.00`; empty where the day has one block."""
        return f"{self.starts:%H.%M}–{self.ends:%H.%M}" if self.starts and self.ends else ""


@dataclass(frozen=True)
class Rules:
    """What the division must obey; every rule holds at once.

    A code may be that of an area or of a parent, which then means each of its areas; an unknown code means none.
    `on_day`: only in a wave that this date belongs to. `not_on_day`: never in such a one.
    `together`: all areas meant are in one wave.
    `apart`: areas meant by different codes of a tuple are in different waves. `most_areas`: at most so many in a wave.
    """

    on_day: tuple[tuple[str, date], ...] = ()
    not_on_day: tuple[tuple[str, date], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    most_areas: int | None = None


@dataclass(frozen=True)
class Problem:
    """One question to the planner. `wave_count` None asks for the fewest that fit; `seed` makes the answer repeatable.

    Raises ValueError if codes or keys repeat, seats are negative, a slot lasts no day, or `wave_count` or `most_areas`
    is below one.
    """

    areas: tuple[Area, ...]
    slots: tuple[Slot, ...]
    rules: Rules = Rules()
    wave_count: int | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        _refuse_repeated("area code", (area.code for area in self.areas))
        _refuse_repeated("slot key", (slot.key for slot in self.slots))
        if any(area.seats < 0 for area in self.areas):
            raise ValueError("an area cannot need fewer than no seats")
        if any((area.latitude is None) != (area.longitude is None) for area in self.areas):
            raise ValueError("an area has both coordinates or none")
        if any(slot.days < 1 for slot in self.slots):
            raise ValueError("a slot lasts one day at least")
        if self.wave_count is not None and self.wave_count < 1:
            raise ValueError("wave_count counts from one")
        if self.rules.most_areas is not None and self.rules.most_areas < 1:
            raise ValueError("most_areas counts from one")

    def codes_of(self, code: str) -> frozenset[str]:
        """The areas that a code in a rule means: itself, or those of the parent with this code."""
        return frozenset(area.code for area in self.areas if code in (area.code, area.parent))


def as_dict(problem: Problem) -> dict:
    """The problem in values that JSON can hold; dates and hours as ISO text."""
    found = asdict(problem)
    for slot in found["slots"]:
        slot["day"] = slot["day"].isoformat()
        slot |= {name: slot[name] and slot[name].isoformat("minutes") for name in ("starts", "ends")}
    for kind in ("on_day", "not_on_day"):
        found["rules"][kind] = [[code, day.isoformat()] for code, day in found["rules"][kind]]
    return found


def from_dict(found: dict) -> Problem:
    """The problem that `as_dict` wrote, also after a way through JSON."""
    rules = found["rules"]
    return Problem(
        areas=tuple(Area(**area) for area in found["areas"]),
        slots=tuple(_slot(slot) for slot in found["slots"]),
        rules=Rules(
            on_day=tuple((code, date.fromisoformat(day)) for code, day in rules["on_day"]),
            not_on_day=tuple((code, date.fromisoformat(day)) for code, day in rules["not_on_day"]),
            together=tuple(tuple(group) for group in rules["together"]),
            apart=tuple(tuple(group) for group in rules["apart"]),
            most_areas=rules["most_areas"],
        ),
        wave_count=found["wave_count"],
        seed=found["seed"],
    )


def _slot(found: dict) -> Slot:
    """Slots of older problems last a day and have no hours of their own."""
    hours = {name: time.fromisoformat(found[name]) for name in ("starts", "ends") if found.get(name)}
    return Slot(**{**found, "day": date.fromisoformat(found["day"]), **hours})


def _refuse_repeated(what: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{what} {value} stands twice")
        seen.add(value)
