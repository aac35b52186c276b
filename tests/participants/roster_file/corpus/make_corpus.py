"""Damaged rosters of Tabalong and what they mean: made here, the same each time, and never by what the import says.

`python make_corpus.py` writes `truth.json` beside this file. A sheet is six people (`PEOPLE`) after one kind of damage;
its truth is those people, less the rows that cannot be read (`faulty`) or whose place has to be asked (`asked`).
"""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import xlsxwriter

TRUTH = Path(__file__).with_name("truth.json")
HEADER = ["Nama", "RT", "RW", "Kelurahan/Desa", "Kecamatan", "Nomor HP", "NIK"]
KEYS = ["name", "number", "rw", "village", "district", "phone", "nik"]
# name, RT, RW, village, kecamatan, code, phone, NIK
PEOPLE = [
    ("Ahmad Fauzi", "005", "002", "Belimbing Raya", "Murung Pudak", "63.09.06.1001",
     "081234567801", "6309061203700001"),
    ("Nor Hayati", "001", "", "Sulingan", "Murung Pudak", "63.09.06.1003", "081234567802", "6309065203700002"),
    ("Rusdi", "012", "001", "Kasiau Raya", "Murung Pudak", "63.09.06.2010", "081234567803", "6309061203700003"),
    ("Siti Rahmah", "003", "", "Garagata", "Jaro", "63.09.11.2008", "081234567804", "6309065203700004"),
    ("M. Yusuf", "007", "", "Masingai II", "Upau", "63.09.10.2005", "081234567805", "6309061203700005"),
    ("Nur'aini", "002", "003", "Padangin", "Tanta", "63.09.03.2012", "081234567806", "6309065203700006"),
]  # fmt: skip
Row = dict[str, object]


@dataclass
class Sheet:
    """A damaged file. `truth`: [[code, RW, RT, name, phone]] of the people it names beyond doubt, the number of rows
    that are faulty, and the words that have to be asked.
    """

    name: str
    data: bytes
    truth: dict = field(default_factory=dict)

    @property
    def filename(self) -> str:
        return f"{self.name}.{'xlsx' if self.data.startswith(b'PK') else 'csv'}"


def people() -> list[Row]:
    return [dict(zip(["name", "number", "rw", "village", "district", "code", "phone", "nik"], one, strict=True))
            for one in PEOPLE]  # fmt: skip


def truth(rows: Iterable[int] = range(6), *, faulty: int = 0, asked: Iterable[str] = (), **changes) -> dict:
    """What remains of `PEOPLE`: the given rows, with changes that hold for all of them."""
    chosen = [people()[index] | changes for index in rows]
    return {
        "people": [[one["code"], one["rw"], one["number"], one["name"], _e164(one["phone"])] for one in chosen],
        "faulty": faulty,
        "asked": sorted(asked),
    }


def _e164(phone: str) -> str:
    return "+62" + phone[1:] if phone else ""


def as_csv(rows: list[list], separator: str = ";", encoding: str = "utf-8") -> bytes:
    packed = io.StringIO()
    csv.writer(packed, delimiter=separator).writerows(rows)
    return packed.getvalue().encode(encoding)


def as_xlsx(*sheets: tuple[str, list[list]], merged: Iterable[str] = ()) -> bytes:
    packed = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(packed, options) as book:
        book.set_properties({"created": date(2026, 1, 1)})
        for title, rows in sheets:
            sheet = book.add_worksheet(title)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
            for area in merged:
                sheet.merge_range(area, rows[0][0])
    return packed.getvalue()


def table(rows: list[Row], keys: list[str] = KEYS, header: list[str] = HEADER) -> list[list]:
    return [header, *([row.get(key, "") for key in keys] for row in rows)]


def changed(index: int, **cells) -> list[Row]:
    """The people, one of them with other cells."""
    return [row | cells if number == index else row for number, row in enumerate(people())]


def everywhere(key: str, change: Callable[[str], object]) -> list[Row]:
    return [row | {key: change(row[key])} for row in people()]


# One person's cell, written so that it still says the same.
SAME = {
    "hp-62": (0, {"phone": "6281234567801"}),
    "hp-plus-spasi": (0, {"phone": "+62 812-3456-7801"}),
    "hp-62-spasi": (0, {"phone": "62 812-3456-7801"}),
    "hp-tanpa-nol": (0, {"phone": "81234567801"}),
    "hp-titik": (0, {"phone": "0812.3456.7801"}),
    "hp-kurung": (0, {"phone": "(0812) 3456 7801"}),
    "hp-kutip": (0, {"phone": "'081234567801"}),
    "hp-eksponen-utuh": (0, {"phone": "8,1234567801E+10"}),
    "hp-eksponen-titik": (0, {"phone": "8.1234567801E+10"}),
    "hp-nol-ganda": (0, {"phone": "+62081234567801"}),
    "hp-koma-nol": (0, {"phone": "81234567801.0"}),
    "rt-titik": (0, {"number": "RT.5"}),
    "rt-nol": (0, {"number": "05"}),
    "rt-no": (0, {"number": "RT No. 5"}),
    "rt-spasi": (0, {"number": " rt  005 "}),
    "rt-rw-satu-sel": (0, {"number": "RT 05/RW 02", "rw": ""}),
    "rt-rw-dua-kali": (0, {"number": "RT 05 RW 02", "rw": "2"}),
    "rt-rw-angka": (0, {"number": "005/002", "rw": ""}),
    "rw-dulu": (0, {"number": "RW 02/RT 05", "rw": ""}),
    "rw-kata": (0, {"rw": "RW.2"}),
    "rw-strip": (1, {"rw": "-"}),
    "rw-nol": (1, {"rw": "000"}),
    "nama-spasi": (0, {"name": "  Ahmad   Fauzi "}),
    "nama-spasi-keras": (0, {"name": "Ahmad\u00a0Fauzi"}),
    "nama-arah-balik": (0, {"name": "\u202bAhmad Fauzi\u202c\u200f"}),
    "nama-tak-tampak": (0, {"name": "Ahmad\u200b Fauzi\ufeff"}),
    "nama-dua-baris": (0, {"name": "Ahmad\nFauzi"}),
    "nama-koma": (0, {"name": "Ahmad Fauzi,"}),
    "desa-kel": (0, {"village": "Kel. Belimbing Raya"}),
    "desa-kelurahan": (0, {"village": "KELURAHAN BELIMBING RAYA"}),
    "desa-ds": (3, {"village": "Ds Garagata"}),
    "desa-desa": (3, {"village": "desa garagata"}),
    "desa-rapat": (0, {"village": "BELIMBINGRAYA"}),
    "desa-angka": (4, {"village": "Masingai 2"}),
    "desa-kurang-huruf": (0, {"village": "Blimbing Raya"}),
    "desa-lebih-huruf": (1, {"village": "Sulinggan"}),
    "desa-tertukar": (3, {"village": "Garagtaa"}),
    "desa-salah-huruf": (0, {"village": "Belimbing Raja"}),
    "desa-jenis-salah": (3, {"village": "Kelurahan Garagata"}),
    "kec-singkat": (0, {"district": "Kec. Murung Pudak"}),
    "kec-rapat": (0, {"district": "MURUNGPUDAK"}),
    "kec-salah-huruf": (0, {"district": "Murung Pudakk"}),
    "kec-kurang-huruf": (0, {"district": "Kecamatan Murng Pudak"}),
    "nik-spasi": (0, {"nik": "6309 0612 0370 0001"}),
    "nik-titik": (0, {"nik": "630906.120370.0001"}),
    "nik-kosong": (0, {"nik": "-"}),
}
# One person's cell, damaged so that nobody can know what it said: the row must not be applied.
LOST = {
    "hp-eksponen-hilang": (0, {"phone": "8,12E+11"}),
    "hp-eksponen-hilang-titik": (0, {"phone": "8.12345E+10"}),
    "hp-dua-nomor": (0, {"phone": "081234567801 / 081234567899"}),
    "hp-rumah": (0, {"phone": "0526 2021234"}),
    "hp-pendek": (0, {"phone": "0812345"}),
    "rt-tanggal": (0, {"number": "5/2"}),
    "rt-kata": (0, {"number": "lima"}),
    "rt-nol-saja": (0, {"number": "000"}),
    "rt-rw-beda": (0, {"number": "RT 05/RW 03"}),
    "nama-kosong": (0, {"name": "", "nik": "", "phone": ""}),
    "nik-15": (0, {"nik": "630906120370001"}),
    "nik-eksponen": (0, {"nik": "6,30906E+15"}),
    "nik-tanggal": (0, {"nik": "6309063213700001"}),
    "nik-provinsi": (0, {"nik": "9909061203700001"}),
    "desa-lain-kecamatan": (3, {"village": "Padangin"}),
    "desa-asing": (3, {"village": "Sukamaju Sejahtera"}),
    "kec-asing": (0, {"district": "Sungai Raya Luas"}),
    "desa-kosong": (0, {"village": ""}),
}
# One person's place, written so that it may be two: asked, never guessed.
ASKED = {
    "tanya-singkat": (0, {"village": "Belimbing R."}, "Belimbing R."),
    "tanya-potong": (2, {"village": "Kasia"}, "Kasia"),
    "tanya-kata-lain": (0, {"village": "Belimbing Jaya"}, "Belimbing Jaya"),
    "tanya-tanpa-angka": (4, {"village": "Masingai"}, "Masingai"),
    "tanya-angka-lain": (4, {"village": "Masingai III"}, "Masingai III"),
    "tanya-dekat-dua": (2, {"village": "Kasiau Ra"}, "Kasiau Ra"),
    "tanya-kecamatan": (5, {"district": "Tant"}, "Tant"),
    "tanya-pendek": (3, {"village": "Lan"}, "Lan"),
}


def sheets() -> list[Sheet]:
    """All of them, the same bytes of CSV each time."""
    made = [Sheet("utuh", as_csv(table(people())), truth())]
    made += [Sheet(name, as_csv(table(changed(at, **cells))), truth()) for name, (at, cells) in SAME.items()]
    for name, (at, cells) in LOST.items():
        made.append(Sheet(name, as_csv(table(changed(at, **cells))), truth(_without(at), faulty=1)))
    for name, (at, cells, typed) in ASKED.items():
        made.append(Sheet(name, as_csv(table(changed(at, **cells))), truth(_without(at), faulty=1, asked=[typed])))
    return [*made, *_titles(), *_layouts(), *_workbooks(), *_repeats()]


def _without(*gone: int) -> list[int]:
    return [index for index in range(6) if index not in gone]


def _titles() -> list[Sheet]:
    titled = {"gelar-depan": "H. {}", "gelar-koma": "{}, S.Pd.", "gelar-dua": "Drs. H. {}, S.E., M.M.",
              "gelar-tanpa-koma": "{} S.Pd"}  # fmt: skip
    return [Sheet(name, as_csv(table(everywhere("name", form.format))), truth()) for name, form in titled.items()]


def _layouts() -> list[Sheet]:
    plain, rows = table(people()), people()
    other = ["NAMA KETUA RT", "No. RT", "No RW", "Desa/Kel", "Kec.", "No. HP/WA", "No. KTP"]
    coded = table(rows, ["name", "number", "rw", "code", "phone"], ["Nama", "RT", "RW", "Kode wilayah", "HP"])
    bare = [[cell.replace(".", "") if index == 3 else cell for index, cell in enumerate(row)] for row in coded[1:]]
    counted = [["No", *HEADER], *([str(number), *row] for number, row in enumerate(plain[1:], start=1))]
    padded = [cells for row in plain[1:] for cells in (row, [""] * len(HEADER))]
    return [
        Sheet("pisah-koma", as_csv(plain, ","), truth()),
        Sheet("pisah-tab", as_csv(plain, "\t"), truth()),
        Sheet("pisah-garis", as_csv(plain, "|"), truth()),
        Sheet("utf8-bom", as_csv(plain, encoding="utf-8-sig"), truth()),
        Sheet("windows-1252", as_csv(table(everywhere("name", lambda name: name)), encoding="cp1252"), truth()),
        Sheet("judul-lain", as_csv(table(rows, header=other)), truth()),
        Sheet("judul-bawah", as_csv([["DAFTAR KETUA RT"], ["Tahun 2026"], [], *plain]), truth()),
        Sheet("judul-baris-15", as_csv([*[["Catatan"]] * 14, *plain]), truth()),
        Sheet("nomor-urut", as_csv(counted), truth()),
        Sheet("baris-nomor-kolom", as_csv([HEADER, [str(n) for n in range(1, 8)], *plain[1:]]), truth()),
        Sheet("baris-kosong", as_csv([HEADER, *padded]), truth()),
        Sheet("urutan-terbalik", as_csv([row[::-1] for row in plain]), truth()),
        Sheet("kolom-lain", as_csv([[*row, "x"] for row in plain]), truth()),
        Sheet("hanya-kode", as_csv(coded), truth()),
        Sheet("kode-tanpa-titik", as_csv([coded[0], *bare]), truth()),
    ]


def _workbooks() -> list[Sheet]:
    plain = table(people())
    floats = [row | {"number": float(row["number"]), "phone": float(row["phone"])} for row in people()]
    numbers = [row | {"nik": int(row["nik"])} for row in people()]
    dated = changed(0, number=date(2026, 2, 5))
    districts = ["Murung Pudak", "Jaro", "Upau", "Tanta"]
    short = [key for key in KEYS if key != "district"]
    short_header = [title for title in HEADER if title != "Kecamatan"]
    each = [(name, table([row for row in people() if row["district"] == name], short, short_header))
            for name in districts]  # fmt: skip
    both = [row | {"number": f"{row['number']}/{row['rw']}" if row["rw"] else row["number"]} for row in people()]
    joined = table(both, [key for key in KEYS if key != "rw"],
                   ["RT/RW" if title == "RT" else title for title in HEADER if title != "RW"])  # fmt: skip
    return [
        Sheet("angka", as_xlsx(("Data", table(floats))), truth()),
        Sheet("nik-angka", as_xlsx(("Data", table(numbers))), truth([], faulty=6)),
        Sheet("rt-tanggal-excel", as_xlsx(("Data", table(dated))), truth(_without(0), faulty=1)),
        Sheet("judul-digabung", as_xlsx(("Data", [["DAFTAR KETUA RT"], [], *plain]), merged=["A1:G1"]), truth()),
        Sheet("lembar-kecamatan", as_xlsx(*each), truth()),
        Sheet("rt-rw-satu-kolom", as_xlsx(("Data", joined)), truth()),
    ]


def _repeats() -> list[Sheet]:
    rows = people()
    twin = [*rows, rows[0] | {"name": "Syahrani", "nik": "6309061203700009", "phone": ""}]
    same_nik = [*rows[:5], rows[5] | {"nik": rows[0]["nik"]}]
    dated_header = [*HEADER, "Awal masa bakti", "Akhir masa bakti"]
    dated = [rows[0] | {"starts": "01-01-2026"}, *rows[1:],
             rows[0] | {"name": "Syahrani", "nik": "", "phone": "", "ends": "31-12-2025"}]  # fmt: skip
    return [
        Sheet("rt-ganda", as_csv(table(twin)), truth(_without(0), faulty=2)),
        Sheet("nik-ganda", as_csv(table(same_nik)), truth([1, 2, 3, 4], faulty=2)),
        Sheet("ganti-ketua", as_csv(table(dated, [*KEYS, "starts", "ends"], dated_header)), truth()),
    ]


if __name__ == "__main__":
    lines = [f"{json.dumps(one.name)}: {json.dumps(one.truth, ensure_ascii=False)}" for one in sheets()]
    TRUTH.write_text("{\n" + ",\n".join(lines) + "\n}\n")
