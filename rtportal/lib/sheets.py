"""The tables of an uploaded spreadsheet: XLSX, XLSB, XLS, ODS or CSV, recognised by content, not by name.

Cells keep the types the file gives them (text, number, bool, date), so that a caller sees when a
NIK was typed as a number. Every way a file can be unusable is a SheetError with a plain sentence.
"""

import csv
import io
import lzma
import pickle
import re
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from rtportal.lib import csv_reader, workbook_reader
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.lib.sheet_headers import HEADER_TEXTS, Header, IsHeading, find_header, title

MAX_COLUMNS = 200
MAX_TABLES = 60
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
TIMEOUT_SECONDS = 30

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_ZIP_SPREADSHEETS = {"xl/workbook.xml", "xl/workbook.bin"}
_SAVE_AS = "Buka berkasnya di Excel atau LibreOffice, lalu simpan sebagai XLSX."
_NOT_A_SHEET = "Berkas ini bukan lembar kerja (spreadsheet). Unggah berkas XLSX, XLS, ODS, atau CSV yang berisi tabel."
_LOCKED = (
    "Berkas ini dikunci dengan kata sandi. Buka kuncinya di Excel (Berkas › Info › Proteksi), simpan, lalu unggah lagi."
)
_DAMAGED = f"Berkas ini rusak atau tidak terunggah seluruhnya. {_SAVE_AS}"
_TOO_WIDE = "Hapus isi di sebelah kanan tabel, lalu unggah lagi."
_TOO_BIG = (
    "Isi berkas ini terlalu besar untuk dibaca. Salin tabelnya saja ke lembar kerja baru, "
    "simpan sebagai XLSX, lalu unggah lagi."
)
_NO_HEADER = (
    f"Baris judul kolom tidak ditemukan di {workbook_reader.HEADER_WITHIN} baris pertama. "
    "Tulis judul kolom, misalnya Nama, RT, dan Desa, di atas datanya."
)


class SheetError(InputError):
    """A file from which no table can be read."""


class SheetRow(NamedTuple):
    """One row below the header: its number in the sheet (1-based), as many cells as the header has, and the sheet.

    `sheet` is only said where a file has several, so that number and sheet together tell a row from all others.
    """

    number: int
    cells: list[object]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Header texts and the non-empty rows below them; `above` are the texts of the rows above the header.

    `total` is how many rows there are in the file; where that is more than `rows`, they were not all read.
    """

    header: list[str]
    rows: list[SheetRow]
    sheet: str = ""
    above: list[list[str]] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a file, at least one, and the names of its other visible sheets."""

    tables: list[Table]
    other_sheets: list[str]


def read_tables(data: bytes, filename: str, *, max_rows: int, is_heading: IsHeading = lambda title: False) -> Tables:
    """The table of each visible sheet that has one; only of tables of at most `max_rows` rows it is sure that all rows
    are there, and of the first such ones: see `refuse_too_many`.

    Where a header is: see `sheet_headers.find_header`; `is_heading` tells the headings somebody knows. Empty rows, a
    row of column numbers (1, 2, 3 …) below the header and repetitions of the header are left out; what stands in cells
    merged downwards stands in each of their rows. Empty cells are "". `filename` is only used to explain.

    Raises SheetError: empty, not a spreadsheet, locked, damaged, too large, no header, too many columns or sheets.
    """
    if not data.strip():
        raise SheetError("Berkas ini kosong.")
    if data.startswith(_OLE):
        _refuse_ole(data)
        sheets = _from_workbook(data, max_rows)
    elif data.startswith(_ZIP):
        _refuse_zip(data, filename)
        sheets = _from_workbook(data, max_rows)
    else:
        sheets = _from_csv(data, max_rows)
    if not any(sheet["filled"] for sheet in sheets):
        raise SheetError("Berkas ini tidak berisi apa-apa.")
    headers = [(sheet, find_header(sheet["rows"], is_heading)) for sheet in sheets]
    tables = [_table(sheet, header) for sheet, header in headers if header]
    if not tables:
        raise SheetError(_NO_HEADER)
    if len(tables) > MAX_TABLES:
        raise SheetError(f"Berkas berisi {len(tables)} lembar bertabel, paling banyak {MAX_TABLES}. Bagi berkasnya.")
    read = {table.sheet for table in tables}
    return Tables(tables, [sheet["name"] for sheet in sheets if sheet["name"] not in read])


def read_table(data: bytes, filename: str, *, max_rows: int) -> Table:
    """The first table of a file, of at most `max_rows` rows: see `read_tables`."""
    first = read_tables(data, filename, max_rows=max_rows).tables[0]
    refuse_too_many([first], max_rows)
    return first


def refuse_too_many(tables: list[Table], max_rows: int) -> None:
    """Raises SheetError where the tables have more than `max_rows` rows together, or not all of them were read."""
    total = sum(table.total for table in tables)
    if total > max_rows:
        raise SheetError(
            f"Berkas berisi {thousands(total)} baris data, paling banyak {thousands(max_rows)}. "
            "Bagi menjadi beberapa berkas."
        )
    if any(table.total > len(table.rows) for table in tables):
        raise SheetError(_TOO_BIG)


def _refuse_ole(data: bytes) -> None:
    # Names of streams in an OLE container are UTF-16; Excel puts an encrypted XLSX into such a one.
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise SheetError(_LOCKED)
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise SheetError(_NOT_A_SHEET)


def _refuse_zip(data: bytes, filename: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename.lstrip("/").replace("\\", "/").casefold() for entry in entries}
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
                raise SheetError(_TOO_BIG)
            kind = archive.read("mimetype") if "mimetype" in names else b""
    except SheetError:
        raise
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, KeyError, OSError, ValueError, RuntimeError, EOFError):
        looks_like_sheet = filename.casefold().endswith((".xlsx", ".xlsm", ".xlsb", ".ods"))
        raise SheetError(_DAMAGED if looks_like_sheet else _NOT_A_SHEET) from None
    if not names & _ZIP_SPREADSHEETS and not kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise SheetError(_NOT_A_SHEET)


def _from_workbook(data: bytes, max_rows: int) -> list[dict]:
    command = [sys.executable, "-I", str(Path(workbook_reader.__file__)), str(max_rows)]
    try:
        # No shell, and no word of the command comes from outside.
        reader = subprocess.run(command, input=data, capture_output=True, timeout=TIMEOUT_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise SheetError(_TOO_BIG) from None
    if reader.returncode < 0:
        # Ended by its own bound on memory or time.
        raise SheetError(_TOO_BIG)
    if reader.returncode:
        raise RuntimeError(f"workbook reader failed: {reader.stderr[-2000:].decode(errors='replace')}")
    answer = pickle.loads(reader.stdout)  # noqa: S301 (written by our own process)
    if refused := answer.get("refused"):
        raise SheetError({"password": _LOCKED, "too big": _TOO_BIG, "damaged": _DAMAGED}[refused])
    # Names are shown and kept, and may hold what turns a line of text around.
    return [sheet | {"name": title(sheet["name"])} for sheet in answer["sheets"]]


def _from_csv(data: bytes, max_rows: int) -> list[dict]:
    if re.match(rb"(?i)\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|head|body|meta)", data[:200]):
        raise SheetError(f"Berkas ini halaman web, bukan lembar kerja. {_SAVE_AS}")
    if data.startswith((b"%PDF", b"{\\rtf")):
        raise SheetError(_NOT_A_SHEET)
    rows, filled, width = [], 0, 0
    try:
        for row in workbook_reader.filled_rows(csv_reader.rows(csv_reader.decode(data))):
            filled += 1
            width = max(width, len(row[1]))
            if len(rows) < max_rows + workbook_reader.HEADER_WITHIN + 2:
                rows.append(row)
    except csv_reader.NotText:
        raise SheetError(_NOT_A_SHEET) from None
    except csv.Error:
        raise SheetError("Berkas CSV ini tidak terbaca: ada tanda kutip yang tidak ditutup. " + _SAVE_AS) from None
    return [{"name": "", "rows": rows, "filled": filled, "width": width}]


def _table(sheet: dict, header: Header) -> Table:
    if sheet["width"] > MAX_COLUMNS:
        raise SheetError(f"Berkas berisi {thousands(sheet['width'])} kolom, paling banyak {MAX_COLUMNS}. {_TOO_WIDE}")
    rows = sheet["rows"]
    begins = header.above + header.depth
    # Sheets meant for printing repeat their header on each page.
    pages = [cells for _, cells in rows[header.above : begins]]
    below = [row for row in rows[begins:] if row[1] not in pages]
    numbered = bool(below) and _is_column_numbers(below[0][1])
    count = sheet["filled"] - begins - numbered - (len(rows) - begins - len(below))
    below = below[numbered:]
    width = max([len(header.titles), *(len(cells) for _, cells in below)])
    return Table(
        _padded(header.titles, width),
        [SheetRow(number, cells if len(cells) == width else _padded(cells, width)) for number, cells in below],
        sheet["name"],
        [[title(cell) for cell in cells if workbook_reader.is_filled(cell)] for _, cells in rows[: header.above]],
        count,
    )


def _padded(cells: list, width: int) -> list:
    return cells + [""] * (width - len(cells))


def _is_column_numbers(cells: list[object]) -> bool:
    """Whether a row only numbers the columns, "(1) (2) (3)", as many official tables do below the header."""
    shown = [title(cell).strip("()") for cell in cells if workbook_reader.is_filled(cell)]
    return len(shown) >= HEADER_TEXTS and shown == [str(n + 1) for n in range(len(shown))]
