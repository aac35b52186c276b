"""Reads one XLSX, XLSB, XLS or ODS file in a process of its own: bytes on stdin, a pickled answer on stdout.

A process of its own, because a file of 5 KB with one cell in the last corner of its sheet makes the
reading library ask for 512 GB and abort the whole process; here that is only this process, with a
bound on memory and time. Run as `python -I workbook_reader.py MAX_ROWS`, never with this folder on
the module path (its `numbers.py` would hide Python's own).

Answer: {"rows": [(number, cells)], "filled": int, "width": int, "sheet": str, "others": [str]}, or
{"refused": "password" | "damaged" | "too big"}. `rows` are non-empty, at most MAX_ROWS + HEADER_WITHIN + 1 of
the `filled` ones, and of the first visible sheet with a header row, else of the first with anything.
"""

import gc
import io
import pickle
import resource
import sys
from collections.abc import Iterable

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

HEADER_WITHIN = 20
HEADER_TEXTS = 3
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


def header_index(rows: list[tuple[int, list]]) -> int | None:
    """Where the header is in `filled_rows`: the first row of the sheet's first 20 with three text cells."""
    for index, (number, cells) in enumerate(rows):
        if number > HEADER_WITHIN:
            return None
        if sum(isinstance(cell, str) and any(c.isalpha() for c in cell) for cell in cells) >= HEADER_TEXTS:
            return index
    return None


def read(data: bytes, max_rows: int) -> dict:
    """The answer described above, for the bytes of one workbook."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        best = None
        for name in names:
            found = _sheet(workbook, name, max_rows)
            if best is None or (found["rows"] and not best["rows"]) or found["has_header"]:
                best = found
            if found["has_header"]:
                break
    except PasswordError:
        return {"refused": "password"}
    except MemoryError:
        return {"refused": "too big"}
    except BaseException:
        # Damaged files bring up errors of every kind, Rust panics (no Exception) among them.
        return {"refused": "damaged"}
    if best is None:
        best = {"rows": [], "filled": 0, "width": 0, "sheet": ""}
    return best | {"others": [name for name in names if name != best["sheet"]]}


def _sheet(workbook: CalamineWorkbook, name: str, max_rows: int) -> dict:
    sheet = workbook.get_sheet_by_name(name)
    rows, filled, width = [], 0, 0
    # iter_rows begins where the content begins, but people count from the top of the sheet.
    for number, cells in filled_rows(sheet.to_python(skip_empty_area=False)):
        filled += 1
        width = max(width, len(cells))
        if len(rows) <= max_rows + HEADER_WITHIN:
            rows.append((number, cells))
    return {
        "rows": rows,
        "filled": filled,
        "width": width,
        "sheet": name,
        "has_header": header_index(rows) is not None,
    }


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
