"""Reads one XLSX, XLSB, XLS or ODS file in a process of its own: bytes on stdin, a pickled answer on stdout.

A process of its own, because a file of 5 KB with one cell in the last corner of its sheet makes the
reading library ask for 512 GB and abort the whole process; here that is only this process, with a
bound on memory and time. Run as `python -I workbook_reader.py MAX_ROWS`, never with this folder on
the module path (its `numbers.py` would hide Python's own).

Answer: {"sheets": [{"name": str, "rows": [(number, cells)], "filled": int, "width": int}]} of the visible sheets in
their order, or {"refused": "password" | "damaged" | "too big"}. `rows` are non-empty ones: the first HEADER_WITHIN + 2
and at most MAX_ROWS more of each sheet, of all sheets together not many more than SHEETS_FULL × MAX_ROWS, though
`filled` counts them all. What stands in cells merged downwards stands in every row of them.
"""

import gc
import io
import pickle
import resource
import sys
from bisect import bisect_left
from collections.abc import Iterable

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

HEADER_WITHIN = 20
SHEETS_FULL = 3
MEMORY_BYTES = 1024**3
CPU_SECONDS = 20


def is_filled(cell: object) -> bool:
    """Whether a cell says anything; blanks do not."""
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def filled_rows(rows: Iterable[list]) -> Iterable[tuple[int, list]]:
    """The rows with any content, each with its number in the sheet, cut behind its last filled cell."""
    for number, cells in enumerate(rows, start=1):
        width = len(cells)
        while width and not is_filled(cells[width - 1]):
            width -= 1
        if width:
            yield number, cells[:width]


def read(data: bytes, max_rows: int) -> dict:
    """The answer described above, for the bytes of one workbook."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        sheets, stored = [], 0
        for name in names:
            room = min(max(SHEETS_FULL * max_rows - stored, 0), max_rows)
            sheets.append(_sheet(workbook, name, room + HEADER_WITHIN + 2))
            stored += len(sheets[-1]["rows"])
    except PasswordError:
        return {"refused": "password"}
    except MemoryError:
        return {"refused": "too big"}
    except BaseException:
        # Damaged files bring up errors of every kind, Rust panics (no Exception) among them.
        return {"refused": "damaged"}
    return {"sheets": sheets}


def _sheet(workbook: CalamineWorkbook, name: str, most: int) -> dict:
    sheet = workbook.get_sheet_by_name(name)
    rows, filled, width = [], 0, 0
    # iter_rows begins where the content begins, but people count from the top of the sheet.
    for number, cells in filled_rows(sheet.to_python(skip_empty_area=False)):
        filled += 1
        width = max(width, len(cells))
        if len(rows) < most:
            rows.append((number, cells))
    # Only XLSX and XLS tell.
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    return {"name": name, "rows": rows, "filled": filled, "width": width}


def _fill_merged(rows: list[tuple[int, list]], ranges: list) -> None:
    numbers = [number for number, _ in rows]
    for (top, column), (bottom, _) in ranges:
        at = bisect_left(numbers, top + 1)
        if top == bottom or at == len(rows) or numbers[at] != top + 1 or column >= len(rows[at][1]):
            continue
        said = rows[at][1][column]
        for number, cells in rows[at + 1 :]:
            if number > bottom + 1:
                break
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = said


def main() -> None:
    """Bounds memory and time of this process, then answers."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # a hundred thousand short-lived lists, and the process ends with them
    answer = read(sys.stdin.buffer.read(), int(sys.argv[1]))
    sys.stdout.buffer.write(pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    main()
