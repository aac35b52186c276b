"""Where the header of a sheet is: below its titles, in one row or in several under merged group headings."""

from collections.abc import Callable
from typing import NamedTuple

from rtportal.lib.workbook_reader import HEADER_WITHIN, is_filled

# Fewer texts in a row are a title.
HEADER_TEXTS = 3
# With this many headings that somebody knows, fewer texts are a header too.
KNOWN_TEXTS = 2
DEEPEST = 3
# Between a group heading and the one below it: "Masa bakti › Mulai".
BELOW = " › "

IsHeading = Callable[[str], bool]


class Header(NamedTuple):
    """`titles` of the columns, and how many of the filled rows are above the header and in it."""

    titles: list[str]
    above: int
    depth: int


def find_header(rows: list[tuple[int, list]], is_heading: IsHeading) -> Header | None:
    """The header within the sheet's first 20 rows; `rows` as `filled_rows` gives them.

    It is the row with the most headings that `is_heading` knows, else the first with three texts; None where no row
    has so many.
    """
    best, most = None, -1
    for index, (number, cells) in enumerate(rows):
        if number > HEADER_WITHIN:
            break
        texts = sum(isinstance(cell, str) and any(c.isalpha() for c in cell) for cell in cells)
        if texts < KNOWN_TEXTS:
            continue
        titles, depth = _stacked(rows, index)
        known = sum(map(is_heading, titles))
        if (texts >= HEADER_TEXTS or known >= KNOWN_TEXTS) and known > most:
            best, most = Header(titles, index, depth), known
    return best


def title(cell: object) -> str:
    """A heading on one line, without signs that nobody sees."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = " ".join(str(cell).split())
    return words if words.isprintable() else "".join(c for c in words if c.isprintable())


def _stacked(rows: list[tuple[int, list]], index: int) -> tuple[list[str], int]:
    """The titles of the row with the given index and of those below that go on with it, and how many rows they are."""
    titles = [title(cell) for cell in rows[index][1]]
    depth = 1
    while depth < DEEPEST and index + depth < len(rows) and rows[index + depth][0] == rows[index][0] + depth:
        deeper = _joined(titles, rows[index + depth][1])
        if deeper is None:
            break
        titles, depth = deeper, depth + 1
    return titles, depth


def _joined(titles: list[str], cells: list) -> list[str] | None:
    """The titles with a row of headings under groups of them; None if the row is none of headings.

    A group's heading has an empty cell at its right, and below both there is something. All other headings have
    nothing below them, or (merged downwards) themselves.
    """
    below = [title(cell) if is_filled(cell) else "" for cell in cells]
    width = max(len(titles), len(below))
    above = titles + [""] * (width - len(titles))
    below += [""] * (width - len(below))
    below = [
        "" if own and (own == over or over.endswith(BELOW + own)) else own
        for own, over in zip(below, above, strict=True)
    ]
    if not all(any(c.isalpha() for c in text) for text in below if text):
        return None
    joined, group, under_group = [], "", 0
    for at, (over, own) in enumerate(zip(above, below, strict=True)):
        if over:
            starts = bool(own) and at + 1 < width and not above[at + 1] and bool(below[at + 1])
            if own and not starts:
                return None
            group = over if starts else ""
        elif not own:
            group = ""
        under_group += bool(own) and bool(group)
        joined.append(BELOW.join(part for part in ((group, own) if own else (over,)) if part))
    return joined if under_group else None
