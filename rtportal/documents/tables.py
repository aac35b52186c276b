"""What every file with a table is made of, whatever its format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

# Numbers are only what somebody may add up. A phone, a NIK or an RT's "005" is text, or it loses its zeros.
Cell = str | int


@dataclass(frozen=True)
class Column:
    """A heading and how wide the column is, in characters.

    `is_code` marks digits that are no number, such as a phone's: where a format can say so, the cells stay text even
    when somebody edits them. `name` is how presets and addresses call it: it stays when the heading changes.
    """

    heading: str
    width: int = 12
    is_code: bool = False
    name: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table. `rows` is read once, from top to bottom; `totals` is the line below them."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    totals: Sequence[Cell] = ()


@dataclass(frozen=True)
class PaperSize:
    """`excel` is the number by which workbooks call the size; millimetres upright."""

    name: str
    label: str
    excel: int
    width: int
    height: int


# What offices print on. Excel knows F4 as Folio, which is a millimetre wider.
F4 = PaperSize("f4", "F4 (215 × 330 mm)", excel=14, width=215, height=330)
A4 = PaperSize("a4", "A4 (210 × 297 mm)", excel=9, width=210, height=297)
PAPER_SIZES = MappingProxyType({size.name: size for size in (F4, A4)})


@dataclass(frozen=True)
class Imprint:
    """What a file says about itself.

    `watermark` stands at the foot of each page: who asked for it, when, what for. `facts` are names and what they are.
    """

    title: str = ""
    watermark: str = ""
    facts: Sequence[tuple[str, str]] = ()
    paper: PaperSize = F4
