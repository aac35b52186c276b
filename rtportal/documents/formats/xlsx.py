"""XLSX workbooks with constant memory: text stays text, numbers are numbers, nothing is ever a formula or a link.

Every text goes through `write_string`, which marks the cell as text, so `=`, `+`, `-` and `@` at its beginning are
letters like any other. Columns of codes also carry the format "@", which keeps the zeros of a cell edited later.
"""

from collections.abc import Iterable
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rtportal.documents.tables import Cell, Sheet
from rtportal.lib.errors import InputError

_A4 = 9
_LAST_ROW = 1_048_575  # counted from 0
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class TooManyRows(InputError):
    """More rows than a sheet of Excel has."""


def write_xlsx(target: Path, sheets: Iterable[Sheet]) -> None:
    """Raises TooManyRows above 1,048,575 rows."""
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
            _set_up_print(page)


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


def _set_up_print(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&RHalaman &P dari &N")
