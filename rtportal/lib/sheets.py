"""A table from an uploaded spreadsheet: XLSX, XLSB, XLS, ODS or CSV, recognised by content, not by name.

Cells keep the types the file gives them (text, number, bool, date), so that a caller sees when a
NIK was typed as a number. Every way a file can be unusable is a SheetError with a plain sentence.
"""

import csv
import io
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

MAX_COLUMNS = 200
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
    """Header texts and the non-empty rows below them; `other_sheets` are visible and were not read."""

    header: list[str]
    rows: list[SheetRow]
    sheet: str = ""
    other_sheets: list[str] = field(default_factory=list)


def read_table(data: bytes, filename: str, *, max_rows: int) -> Table:
    """The table in an uploaded file of at most `max_rows` rows below the header.

    The header is the first row among the sheet's first 20 with at least three text cells, in the
    first visible sheet that has one; empty rows and a row of column numbers (1, 2, 3 …) below the
    header are left out. Empty cells are "". `filename` is only used to explain.

    Raises SheetError: empty, not a spreadsheet, locked, damaged, too large, no header, too many
    rows or columns.
    """
    if not data.strip():
        raise SheetError("Berkas ini kosong.")
    if data.startswith(_OLE):
        _refuse_ole(data)
        return _from_workbook(data, max_rows)
    if data.startswith(_ZIP):
        _refuse_zip(data, filename)
        return _from_workbook(data, max_rows)
    return _from_csv(data, max_rows)


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
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError, RuntimeError, EOFError):
        looks_like_sheet = filename.casefold().endswith((".xlsx", ".xlsm", ".xlsb", ".ods"))
        raise SheetError(_DAMAGED if looks_like_sheet else _NOT_A_SHEET) from None
    if not names & _ZIP_SPREADSHEETS and not kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise SheetError(_NOT_A_SHEET)


def _from_workbook(data: bytes, max_rows: int) -> Table:
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
    return _table(answer["rows"], answer["filled"], answer["width"], max_rows, answer["sheet"], answer["others"])


def _from_csv(data: bytes, max_rows: int) -> Table:
    if re.match(rb"(?i)\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|head|body|meta)", data[:200]):
        raise SheetError(f"Berkas ini halaman web, bukan lembar kerja. {_SAVE_AS}")
    if data.startswith((b"%PDF", b"{\\rtf")):
        raise SheetError(_NOT_A_SHEET)
    rows, filled, width = [], 0, 0
    try:
        for row in workbook_reader.filled_rows(csv_reader.rows(csv_reader.decode(data))):
            filled += 1
            width = max(width, len(row[1]))
            if len(rows) <= max_rows + workbook_reader.HEADER_WITHIN:
                rows.append(row)
    except csv_reader.NotText:
        raise SheetError(_NOT_A_SHEET) from None
    except csv.Error:
        raise SheetError("Berkas CSV ini tidak terbaca: ada tanda kutip yang tidak ditutup. " + _SAVE_AS) from None
    return _table(rows, filled, width, max_rows, "", [])


def _table(rows: list, filled: int, width: int, max_rows: int, sheet: str, others: list[str]) -> Table:
    if not filled:
        raise SheetError("Berkas ini tidak berisi apa-apa.")
    if width > MAX_COLUMNS:
        raise SheetError(f"Berkas berisi {thousands(width)} kolom, paling banyak {MAX_COLUMNS}. {_TOO_WIDE}")
    at = workbook_reader.header_index(rows)
    if at is None:
        raise SheetError(
            f"Baris judul kolom tidak ditemukan di {workbook_reader.HEADER_WITHIN} baris pertama. "
            "Tulis judul kolom, misalnya Nama, RT, dan Desa, di atas datanya."
        )
    header = [_title(cell) for cell in rows[at][1]]
    below = rows[at + 1 :]
    numbered = bool(below) and _is_column_numbers(below[0][1])
    count = filled - at - 1 - numbered
    if count > max_rows:
        raise SheetError(
            f"Berkas berisi {thousands(count)} baris data, paling banyak {thousands(max_rows)}. "
            "Bagi menjadi beberapa berkas."
        )
    below = below[numbered:]
    width = max([len(header), *(len(cells) for _, cells in below)])
    return Table(
        _padded(header, width),
        [SheetRow(number, cells if len(cells) == width else _padded(cells, width)) for number, cells in below],
        sheet,
        others,
    )


def _padded(cells: list, width: int) -> list:
    return cells + [""] * (width - len(cells))


def _title(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _is_column_numbers(cells: list[object]) -> bool:
    """Whether a row only numbers the columns, "(1) (2) (3)", as many official tables do below the header."""
    shown = [_title(cell).strip("()") for cell in cells if workbook_reader.is_filled(cell)]
    return len(shown) >= workbook_reader.HEADER_TEXTS and shown == [str(n + 1) for n in range(len(shown))]
