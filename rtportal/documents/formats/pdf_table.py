"""Tables as PDF: landscape, the heading repeated on each page, who asked for it and what for at the foot of each."""

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from rtportal.documents.formats.pdf import typeset
from rtportal.documents.tables import Imprint, Sheet
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands

# Some fifty pages. More is for a spreadsheet, and laying it out takes a worker too much memory.
MOST_ROWS = 2_000
# Characters that one line holds at the largest size of letters, in points.
_LINE, _LARGEST, _SMALLEST = 190, 9, 6


class TooLongForPaper(InputError):
    """More rows than anybody prints."""


def refuse_too_many(rows: int) -> None:
    """Raises TooLongForPaper above MOST_ROWS."""
    if rows > MOST_ROWS:
        raise TooLongForPaper(
            f"PDF memuat paling banyak {thousands(MOST_ROWS)} baris. Saring daftarnya, atau pilih Excel atau CSV."
        )


def write_pdf_table(
    target: Path, sheets: Iterable[Sheet], imprint: Imprint, look: Callable[[], None] = lambda: None
) -> None:
    """Raises TooLongForPaper."""
    tables = [_table(sheet) for sheet in sheets]
    widest = max((sum(column["width"] for column in table["columns"]) for table in tables), default=_LINE)
    data = {
        "title": imprint.title,
        "facts": list(imprint.facts),
        "watermark": imprint.watermark,
        "width": imprint.paper.width,
        "height": imprint.paper.height,
        "size": max(_SMALLEST, min(_LARGEST, _LARGEST * _LINE / widest)),
        "sheets": tables,
    }
    typeset("table", data, target, look=look)


def _table(sheet: Sheet) -> dict:
    rows = [list(row) for row in islice(sheet.rows, MOST_ROWS + 1)]
    refuse_too_many(len(rows))
    return {
        "name": sheet.name,
        "columns": [{"heading": column.heading, "width": column.width} for column in sheet.columns],
        "rows": rows,
        "totals": list(sheet.totals),
    }
