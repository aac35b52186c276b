"""Tabalong's roster as it comes out of twelve kecamatan: a sheet for each, each number in a way of its own."""

from collections.abc import Iterable
from io import BytesIO
from itertools import groupby

import xlsxwriter

from tests.e2e.tabalong import roster_rows

HEADINGS = ("No.", "Nama Ketua RT", "RT", "Desa/Kelurahan", "No. HP (WA)", "Surel")
# Two villages of Pugaan are called so, with a Roman number behind; only an official knows which one was meant.
AMBIGUOUS, MEANT = "Sungai Rukam", "Sungai Rukam I"
# Can only mean Pembataan.
MISSPELT = ("Pembataan", "Pembatan")
FAULTS = (
    ("", "RT 98", "Ds Jaro", "081255500001", ""),
    ("Salah Nomor RT", "sembilan", "Ds Jaro", "081255500002", ""),
    ("Telepon Rumah", "RT 97", "Ds Jaro", "0526-2021234", ""),
)


def truth() -> set[tuple[str, ...]]:
    """Who is meant: name, titles before and behind, RT, code of the village, telephone, e-mail."""
    return {
        (name, *_titles(at), number, code, f"{phone[:4]}-{phone[4:8]}-{phone[8:]}", email)
        for at, (name, number, _, _, _, code, phone, email) in enumerate(roster_rows())
    }


def damaged_workbook() -> bytes:
    """951 rows that can be read and three that cannot, on twelve sheets below two rows of titles."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        title = book.add_format({"bold": True, "align": "center"})
        rows = list(enumerate(roster_rows()))
        for district, people in groupby(rows, key=lambda row: row[1][4]):
            sheet = book.add_worksheet(f"Kec. {district}")
            sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "DAFTAR KETUA RUKUN TETANGGA", title)
            sheet.merge_range(1, 0, 1, len(HEADINGS) - 1, f"Kecamatan {district} Tahun 2023", title)
            sheet.write_row(3, 0, HEADINGS)
            _write(sheet, [_damaged(at, row) for at, row in people] + (list(FAULTS) if district == "Jaro" else []))
    return file.getvalue()


def _write(sheet, rows: Iterable[tuple]) -> None:
    for number, row in enumerate(rows, start=1):
        sheet.write_row(3 + number, 0, (number, *row))


def _titles(at: int) -> tuple[str, str]:
    return ("H.", "S.Pd.") if at % 9 == 0 else ("", "")


def _damaged(at: int, row: tuple[str, ...]) -> tuple:
    name, number, _, village, _, code, phone, email = row
    front, back = _titles(at)
    full = f"{front} {name}, {back}" if front else f"  {name} "
    units = (f"RT.{int(number)}", int(number), f"{int(number)}", f"RT {number}", float(number))
    bare = phone[1:]
    phones = (phone, int(phone), f"62 {bare[:3]}-{bare[3:7]}-{bare[7:]}", f"+62{bare}", float(f"62{bare}"))
    is_desa = code.split(".")[-1].startswith("2")
    places = (village, f"{'Ds' if is_desa else 'Kel'}. {village}", village.upper(), f"{village} ")
    place = places[at % 4]
    if village == MISSPELT[0] and at % 4 == 0:
        place = MISSPELT[1]
    if village == MEANT:
        place = AMBIGUOUS
    return full, units[at % 5], place, phones[at % 5], email
