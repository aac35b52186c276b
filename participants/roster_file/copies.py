"""A copy of an uploaded roster as it was read: its rows, mended, with what is wrong, odd or mended beside each."""

import io
from collections import defaultdict
from datetime import date

import xlsxwriter

from participants.models import RosterImport
from participants.roster_file import cells
from participants.roster_file.columns import COLUMNS, HEADINGS
from participants.roster_file.differences import find_differences
from participants.roster_file.entries import Entry
from participants.roster_file.places import Places
from participants.roster_file.reading import Reading, read_stored_roster
from rtportal.lib import nik
from rtportal.lib.sheets import SheetRow

_WIDTHS = {"name": 30, "village": 28, "district": 20, "email": 26, "nik": 20, "phone": 18, "code": 16}
_DAYS = ("starts", "ends")


def corrected_copy(roster_import: RosterImport, *, today: date, has_identity: bool) -> bytes:
    """The rows of an import that is not closed yet as XLSX, in the columns of the template; without NIKs if not
    `has_identity`.

    Every cell is text, so nothing in it runs as a formula and no number loses its digits; read in again, the copy
    means the same. Raises InputError: the file is gone or cannot be read.
    """
    reading = read_stored_roster(roster_import, today=today)
    found = find_differences(reading.checked, roster_import.region_id, roster_import.decisions)
    faults = {(fault.sheet, fault.row): fault.reasons for fault in (*reading.checked.faults, *found.faults)}
    return _workbook(reading, faults, has_identity=has_identity)


def _workbook(reading: Reading, faults: dict[tuple[str, int], list[str]], *, has_identity: bool) -> bytes:
    # Whoever reads the copy in finds an empty cell there, which erases nothing.
    shown = str if has_identity else nik.hidden
    checked = reading.checked
    repairs, doubts = defaultdict(dict), defaultdict(list)
    for repair in checked.repairs:
        said = f"{HEADINGS[repair.column]}: {repair.before} → {repair.after}"
        repairs[repair.sheet, repair.row][repair.column] = said
    for doubt in checked.doubts:
        doubts[doubt.sheet, doubt.row].append(doubt.sentence)
    several = any(row.sheet for row, _ in checked.read)
    keys = [key for key in _keys(reading) if has_identity or key != "nik"]
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DCEBEA", "bottom": 1})
        plain = book.add_format({"num_format": "@"})
        mended = book.add_format({"num_format": "@", "bg_color": "#FFF3C4"})
        wrong = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F8D7DA"})
        note = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Ketua RT")
        titles = ["Baris asal", *(["Lembar asal"] if several else []), *(HEADINGS[key] for key in keys), "Keterangan"]
        for at, title in enumerate(titles):
            sheet.write_string(0, at, title, bold)
        first = 1 + several
        for at, key in enumerate(keys, start=first):
            sheet.set_column(at, at, _WIDTHS.get(key, 14), plain)
        sheet.set_column(len(titles) - 1, len(titles) - 1, 80)
        for line, (row, entry) in enumerate(checked.read, start=1):
            where = (row.sheet, row.number)
            sheet.write_string(line, 0, str(row.number))
            if several:
                sheet.write_string(line, 1, row.sheet)
            said = _cells(row, entry, reading)
            for at, key in enumerate(keys, start=first):
                sheet.write_string(line, at, shown(said.get(key, "")), mended if key in repairs[where] else plain)
            reasons = faults.get(where, [])
            notes = [f"Salah: {reason}" for reason in reasons]
            notes += [f"Periksa: {sentence}" for sentence in doubts[where]]
            notes += [f"Diperbaiki: {text}" for text in repairs[where].values()]
            sheet.write_string(line, len(titles) - 1, shown("\n".join(notes)), wrong if reasons else note)
        sheet.freeze_panes(1, first)
    return packed.getvalue()


def _keys(reading: Reading) -> list[str]:
    """The columns of the copy: those of the file, and where the numbers and codes that were found need a place."""
    there = {*reading.checked.at, "village", "district", "code"}
    if any(entry.rw for _, entry in reading.checked.read):
        there.add("rw")
    return [column.key for column in COLUMNS if column.key in there]


def _cells(row: SheetRow, entry: Entry, reading: Reading) -> dict[str, str]:
    """What each column of a row says: as it was read, or as it is written where it could not be."""
    at, places = reading.checked.at, reading.places
    written = {key: cells.text(row.cells[index]) for key, index in at.items()}
    split = {"front": entry.front, "name": entry.name, "back": entry.back}
    name = split if {"front", "back"} & at.keys() else {"name": entry.full_name}
    read = name | {key: getattr(entry, key) for key in ("number", "rw", "phone", "email", "nik")}
    read |= {key: f"{day:%d-%m-%Y}" for key in _DAYS if (day := getattr(entry, key))}
    return written | _place(entry, places) | {key: text for key, text in read.items() if text}


def _place(entry: Entry, places: Places) -> dict[str, str]:
    if not entry.village:
        return {}
    village = places.by_code[entry.village]
    district = places.by_code[village.parent_id]
    return {"village": village.full_name, "district": district.name, "code": entry.village}
