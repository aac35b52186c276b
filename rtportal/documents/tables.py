"""What every file with a table is made of, whatever its format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Numbers are only what somebody may add up. A phone, a NIK or an RT's "005" is text, or it loses its zeros.
Cell = str | int


@dataclass(frozen=True)
class Column:
    """A heading and how wide the column is, in characters.

    `is_code` marks digits that are no number, such as a phone's: where a format can say so, the cells stay text even
    when somebody edits them.
    """

    heading: str
    width: int = 12
    is_code: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table. `rows` is read once, from top to bottom; `totals` is the line below them."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    totals: Sequence[Cell] = ()
