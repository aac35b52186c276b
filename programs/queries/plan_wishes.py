"""What an official asks of a plan, as its form says it and its row keeps it."""

from dataclasses import asdict, dataclass, replace
from datetime import date, time
from enum import StrEnum

# Start and end of what happens on a day, in local time.
Hours = tuple[time, time]

DISTRICT, VILLAGE, RW = "district", "village", "rw"
LEVELS = {DISTRICT: "Kecamatan", VILLAGE: "Kelurahan/desa", RW: "RW"}


class RuleKind(StrEnum):
    """`SPLIT`: the area may be divided, its parts one level down are what is kept whole."""

    ON_DAY = "on_day"
    NOT_ON_DAY = "not_on_day"
    TOGETHER = "together"
    APART = "apart"
    SPLIT = "split"


@dataclass(frozen=True)
class PlanRule:
    """One rule; `area` and `other` are keys of areas (or of the region around several), `day` is a local day."""

    kind: str
    area: str
    other: str = ""
    day: date | None = None


@dataclass(frozen=True)
class PlanWishes:
    """`districts` empty: the whole region of the programme. `venues` are primary keys, `reserve` is percent of the
    seats to keep free. `wave_count` None: the fewest that fit; `most_areas` None: any number.

    A wave begins on one of `days` and lasts `length` days: from the start of its `hours` on the first to their end on
    the last. Several `hours` are blocks of one day, such as a morning and an afternoon, each for a wave of its own.
    """

    level: str
    venues: tuple[int, ...]
    days: tuple[date, ...]
    hours: tuple[Hours, ...]
    length: int = 1
    districts: tuple[str, ...] = ()
    reserve: int = 0
    wave_count: int | None = None
    most_areas: int | None = None
    rules: tuple[PlanRule, ...] = ()

    @property
    def split(self) -> frozenset[str]:
        """Keys of the areas that may be divided."""
        return frozenset(rule.area for rule in self.rules if rule.kind == RuleKind.SPLIT)

    def with_rule(self, rule: PlanRule) -> "PlanWishes":
        return self if rule in self.rules else replace(self, rules=(*self.rules, rule))


def as_dict(wishes: PlanWishes) -> dict:
    """In values that JSON can hold."""
    found = asdict(wishes)
    found["days"] = [day.isoformat() for day in wishes.days]
    found["hours"] = [[f"{each:%H:%M}" for each in block] for block in wishes.hours]
    for rule in found["rules"]:
        rule["day"] = rule["day"] and rule["day"].isoformat()
    return found


def from_dict(found: dict) -> PlanWishes:
    """The wishes that `as_dict` wrote, also after a way through JSON. Older ones knew one block of hours only."""
    found = dict(found)
    hours = found.pop("hours", None) or [(found.pop("starts"), found.pop("ends"))]
    rules = [{**rule, "day": date.fromisoformat(rule["day"]) if rule["day"] else None} for rule in found["rules"]]
    return PlanWishes(
        **found
        | {
            "venues": tuple(found["venues"]),
            "districts": tuple(found["districts"]),
            "days": tuple(date.fromisoformat(day) for day in found["days"]),
            "hours": tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in hours),
            "rules": tuple(PlanRule(**rule) for rule in rules),
        }
    )
