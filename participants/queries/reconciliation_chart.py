"""The stages of a reconciliation as bars, to be drawn."""

from dataclasses import dataclass

from participants.queries.reconciliation import Numbers
from participants.queries.reconciliation_words import STAGES
from rtportal.lib.numbers import thousands

# Units of the drawing, which a page shows at any size.
WIDTH, LINE, TOP = 300, 38, 4
# Lines of the chart, each with the numbers that make its bar.
_LINES = (
    *((stage.label, (stage.name,)) for stage in STAGES[:5]),
    ("Hadir, diwakili, tidak hadir", ("present", "represented", "absent")),
    *((stage.label, (stage.name,)) for stage in STAGES[8:]),
)


@dataclass(frozen=True)
class Part:
    name: str
    x: int
    width: int


@dataclass(frozen=True)
class Bar:
    """`figures` as written at its end: one number, or one for each part."""

    label: str
    figures: str
    parts: list[Part]
    y: int

    @property
    def bar_y(self) -> int:
        return self.y + 16

    @property
    def text_y(self) -> int:
        return self.y + 11


@dataclass(frozen=True)
class Chart:
    """`words` says the same for whoever cannot see it."""

    bars: list[Bar]
    words: str

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def box(self) -> str:
        return f"0 0 {WIDTH} {TOP + len(self.bars) * LINE}"


def chart_of(numbers: Numbers) -> Chart:
    """The longest bar is as wide as the drawing; of who came and who did not, parts side by side."""
    lines = [(label, [(name, getattr(numbers, name)) for name in names]) for label, names in _LINES]
    most = max(1, *(sum(number for _, number in parts) for _, parts in lines))
    bars = [
        Bar(
            label=label,
            figures=" + ".join(thousands(number) for _, number in parts),
            parts=_parts(parts, most),
            y=TOP + place * LINE,
        )
        for place, (label, parts) in enumerate(lines)
    ]
    said = "; ".join(f"{stage.label.lower()} {thousands(getattr(numbers, stage.name))}" for stage in STAGES)
    return Chart(bars, f"Dari sasaran sampai dibayar: {said}.")


def _parts(numbers: list[tuple[str, int]], most: int) -> list[Part]:
    parts, end = [], 0
    for name, number in numbers:
        # From the sum so far, so that rounding never makes a bar longer than the drawing.
        start, end = end, end + number
        x = start * WIDTH // most
        parts.append(Part(name, x, end * WIDTH // most - x))
    return parts
