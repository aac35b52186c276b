"""XLSX workbooks with constant memory: text stays text, numbers are numbers, nothing is ever a formula or a link.

Every text goes through `write_string`, which marks the cell as text, so `=`, `+`, `-` and `@` at its beginning are
letters like any other. Columns of codes also carry the format "@", which keeps the zeros of a cell edited later.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rtportal.documents.tables import Cell, Column, Imprint, Sheet
from rtportal.lib.errors import InputError

_LAST_ROW = 1_048_575  # counted from 0
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
# Excel takes no longer head or foot of a page; in units of UTF-16, as it counts.
_LONGEST_FOOT = 200


class TooManyRows(InputError):
    """More rows than a sheet of Excel has."""


def write_xlsx(
    target: Path,
    sheets: Iterable[Sheet],
    imprint: Imprint | None = None,
    look: Callable[[], None] | None = None,
) -> None:
    """What the file says about itself stands at the foot of each printed page and on a sheet of its own, the last.

    Raises TooManyRows above 1,048,575 rows.
    """
    # XlsxWriter keeps unfinished sheets in files: beside the target they are cleaned up together with it.
    with Workbook(target, {**_OPTIONS, "tmpdir": str(target.parent)}) as workbook:
        text = workbook.add_format({"num_format": "@"})
        bold = workbook.add_format({"bold": True, "top": 1})
        heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            for number, column in enumerate(sheet.columns):
                page.set_column(number, number, column.width, text if column.is_code else None)
                page.write_string(0, number, column.heading, heading)
            last = _write_rows(page, sheet.rows)
            if sheet.totals:
                _write_row(page, last + 1, sheet.totals, bold)
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, last, len(sheet.columns) - 1)
            _set_up_print(page, imprint or Imprint())
        if imprint:
            _write_imprint(workbook.add_worksheet("Keterangan"), imprint)


def _write_rows(page: Worksheet, rows: Iterable[Iterable[Cell]]) -> int:
    """Write them below the heading; returns the number of the last line written."""
    line = 0
    for line, row in enumerate(rows, start=1):
        if line > _LAST_ROW:
            raise TooManyRows("Barisnya terlalu banyak untuk Excel. Pilih format CSV.")
        _write_row(page, line, row)
    return line


def _write_row(page: Worksheet, line: int, row: Iterable[Cell], style=None) -> None:
    for number, cell in enumerate(row):
        if cell.__class__ is int:
            page.write_number(line, number, cell, style)
        elif cell:
            # With constant memory XlsxWriter takes such a text for ready-made XML and would write its tags as they are.
            harmless = f"{cell} " if cell[0] == "<" and cell.endswith("</r>") else cell
            page.write_string(line, number, harmless, style)


def _write_imprint(page: Worksheet, imprint: Imprint) -> None:
    for number, column in enumerate((Column("", 24), Column("", 80))):
        page.set_column(number, number, column.width)
    rows = [("Judul", imprint.title), *imprint.facts]
    for line, row in enumerate(rows):
        _write_row(page, line, row)
    _set_up_print(page, imprint, is_table=False)


def _set_up_print(page: Worksheet, imprint: Imprint, *, is_table: bool = True) -> None:
    page.set_landscape()
    page.set_paper(imprint.paper.excel)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    if is_table:
        page.repeat_rows(0)
    words = _foot(imprint.watermark) or "&A"
    page.set_footer(f"&L&8{_apart(words)}&R&8Halaman &P dari &N")


def _foot(watermark: str) -> str:
    """An & begins a command, and doubled it could make the foot too long, which then would be left out as a whole."""
    harmless = watermark.replace("&", "＆").encode("utf-16-le", "replace")
    return harmless[: 2 * _LONGEST_FOOT].decode("utf-16-le", "ignore")


def _apart(words: str) -> str:
    """A digit right after the size of letters would be read as part of it."""
    return f" {words}" if words[:1].isdigit() else words
