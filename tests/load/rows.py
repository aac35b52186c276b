"""A line of the benchmark's table."""

from dataclasses import asdict, dataclass, replace
from typing import Self


@dataclass(frozen=True)
class Row:
    """What was measured: `ours` against `baseline` (None: against a fixed limit) in `unit`.

    `ratio` is ours by the baseline, or the used share of the limit; `reach` says in words what it must be and `ok`
    whether it is. Figures are rounded for reading, `ok` is not judged by them. `issue` is what the figure belongs to.
    """

    name: str
    ours: float
    baseline: float | None
    unit: str
    ratio: float
    reach: str
    ok: bool
    issue: int = 2

    def of_issue(self, number: int) -> Self:
        return replace(self, issue=number)

    def as_json(self) -> dict:
        return {"issue": self.issue, **asdict(self)}


def at_least(name: str, ours: float, baseline: float, unit: str, share: float) -> Row:
    """Ours must be at least this share of the baseline."""
    ratio = ours / baseline
    return Row(name, round(ours, 1), round(baseline, 1), unit, round(ratio, 3), f"≥ {share:.0%}", ratio >= share)


def at_most(name: str, ours: float, baseline: float, unit: str, times: float) -> Row:
    """Ours must be at most so many times the baseline."""
    ratio = ours / baseline
    return Row(name, round(ours, 2), round(baseline, 2), unit, round(ratio, 3), f"≤ {times:g}×", ratio <= times)


def under(name: str, ours: float, limit: float, unit: str) -> Row:
    """Ours must stay at or under a limit."""
    return Row(name, round(ours, 2), None, unit, round(ours / limit, 3), f"≤ {limit:g} {unit}", ours <= limit)


def same(name: str, ours: int, baseline: int, unit: str) -> Row:
    """Ours must be exactly the baseline."""
    return Row(name, ours, baseline, unit, round(ours / baseline, 3), "sama", ours == baseline)
