"""A line of the benchmark's table."""

from dataclasses import asdict, dataclass

ISSUE = 2


@dataclass(frozen=True)
class Row:
    """What was measured: `ours` against `baseline` in `unit`; `ratio` must reach or stay under `reach`.

    Where a higher ratio is better `is_ceiling` is false; where it is a limit it is true.
    """

    name: str
    ours: float
    baseline: float | None
    unit: str
    ratio: float
    limit: float
    is_ceiling: bool
    reach: str

    @property
    def ok(self) -> bool:
        return self.ratio <= self.limit if self.is_ceiling else self.ratio >= self.limit

    def as_json(self) -> dict:
        row = asdict(self)
        kept = {key: row[key] for key in ("name", "ours", "baseline", "unit", "ratio", "reach")}
        return {"issue": ISSUE, **kept, "ok": self.ok}


def at_least(name: str, ours: float, baseline: float, unit: str, share: float) -> Row:
    """Ours must be at least this share of the baseline."""
    ratio = ours / baseline
    return Row(name, round(ours, 1), round(baseline, 1), unit, round(ratio, 3), share, False, f"≥ {share:.0%}")


def at_most(name: str, ours: float, baseline: float, unit: str, times: float) -> Row:
    """Ours must be at most so many times the baseline."""
    ratio = ours / baseline
    return Row(name, round(ours, 2), round(baseline, 2), unit, round(ratio, 3), times, True, f"≤ {times:g}×")


def under(name: str, ours: float, limit: float, unit: str) -> Row:
    """Ours must stay at or under a limit; the ratio is the share of the limit that is used."""
    return Row(name, round(ours, 2), None, unit, round(ours / limit, 3), 1.0, True, f"≤ {limit:g} {unit}")
