"""Files as offices send them: several sheets, places said once, columns of every make."""

import io

import pytest
import xlsxwriter

from participants.models import ColumnMapping
from participants.roster_file import MAX_ROWS
from participants.roster_file.decisions import header_hash
from participants.roster_file.reading import Reading, read_roster
from rtportal.lib.errors import InputError
from rtportal.regions.models import Region
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db
NAMES = ["Ahmad Fauzi", "Nor Hayati", "Rusdi", "Siti Aminah"]


@pytest.fixture
def tabalong() -> Region:
    factories.regions()
    return Region.objects.get(pk=factories.TABALONG)


def book(*sheets: tuple[str, list[list]], merged: dict[str, str] | None = None) -> bytes:
    """An XLSX of named sheets; `merged`: ranges of the first sheet and what stands in them."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as workbook:
        for name, rows in sheets:
            page = workbook.add_worksheet(name)
            for number, cells in enumerate(rows):
                for at, cell in enumerate(cells):
                    if cell != "":
                        page.write(number, at, cell)
        for where, said in (merged or {}).items():
            workbook.worksheets()[0].merge_range(where, said)
    return packed.getvalue()


def places(reading: Reading) -> list[str]:
    return [reading.places.say(entry.village) for entry in reading.checked.entries]


def test_a_sheet_for_each_kecamatan_gives_the_kecamatan_of_its_rows(tabalong):
    header = ["No", "Nama", "RT", "Desa"]
    data = book(
        ("Murung Pudak", [header, [1, "Ahmad Fauzi", 5, "Belimbing Raya"]]),
        ("Kec. Jaro", [header, [1, "Rusdi", 5, "Nalui"], [2, "Hasan", 6, "Nalui"]]),
        ("Rekap", [["Kecamatan", "Jumlah RT", "Keterangan"], ["Jaro", 2, "x"]]),
    )
    reading = read_roster(data, "rt.xlsx", tabalong)
    assert places(reading) == ["Kelurahan Belimbing Raya, Kec. Murung Pudak", *["Desa Nalui, Kec. Jaro"] * 2]
    assert [(entry.sheet, entry.row) for entry in reading.checked.entries] == [
        ("Murung Pudak", 2),
        ("Kec. Jaro", 2),
        ("Kec. Jaro", 3),
    ]
    assert reading.other_sheets == ["Rekap"]


def test_lines_above_blocks_give_kecamatan_and_village(tabalong):
    rows = [
        ["DAFTAR KETUA RT KABUPATEN TABALONG"],
        [],
        ["No", "Nama", "RT/RW"],
        ["A. KECAMATAN MURUNG PUDAK"],
        ["Kelurahan : Belimbing Raya"],
        [1, "Ahmad Fauzi", "005/002"],
        [2, "Nor Hayati", "RT 06/RW 02"],
        ["B. KECAMATAN JARO"],
        ["Desa Nalui"],
        [1, "Rusdi", "7"],
    ]
    reading = read_roster(book(("Lembar 1", rows)), "rt.xlsx", tabalong)
    assert [(entry.number, entry.rw) for entry in reading.checked.entries] == [
        ("005", "002"),
        ("006", "002"),
        ("007", ""),
    ]
    assert places(reading) == [*["Kelurahan Belimbing Raya, Kec. Murung Pudak"] * 2, "Desa Nalui, Kec. Jaro"]


def test_a_village_of_the_block_before_is_not_taken_into_the_next_kecamatan(tabalong):
    rows = [["Nama", "RT", "Alamat"], ["KECAMATAN MURUNG PUDAK"], ["Kelurahan Belimbing Raya"], ["Ahmad", 5, "x"],
            ["KECAMATAN JARO"], ["Rusdi", 5, "y"]]  # fmt: skip
    reading = read_roster(book(("Lembar 1", rows)), "rt.xlsx", tabalong)
    assert [entry.name for entry in reading.checked.entries] == ["Ahmad"]
    assert reading.checked.faults[0].reasons == ["Kelurahan/Desa belum diisi."]


def test_a_title_gives_the_kecamatan(tabalong):
    rows = [["DAFTAR KETUA RT SE-KECAMATAN JARO KABUPATEN TABALONG TAHUN 2026"], ["Nama", "RT", "Desa"]]
    reading = read_roster(book(("Sheet1", [*rows, ["Rusdi", 5, "Nalui"]])), "rt.xlsx", tabalong)
    assert places(reading) == ["Desa Nalui, Kec. Jaro"]


def test_the_address_of_an_office_above_the_table_is_no_place_of_its_rows(tabalong):
    letterhead = ["DINAS PMD, Jl. Ahmad Yani, Kelurahan Belimbing Raya, Kecamatan Murung Pudak"]
    rows = [letterhead, ["Nama", "RT", "Desa"], ["Rusdi", 5, "Nalui"]]
    reading = read_roster(book(("Sheet1", rows)), "rt.xlsx", tabalong)
    assert reading.questions[0]["problems"] == ["Kolom Kecamatan belum diketahui."]


def test_an_empty_cell_is_not_filled_in_with_what_a_title_says(tabalong):
    rows = [["Kecamatan Jaro"], ["Nama", "RT", "Desa", "Kecamatan"], ["Rusdi", 5, "Nalui", ""]]
    reading = read_roster(book(("Sheet1", rows)), "rt.xlsx", tabalong)
    assert reading.checked.faults[0].reasons == ["Kecamatan belum diisi."]


def test_a_sheet_whose_headings_nobody_knows_is_asked_about_beside_one_that_is_known(tabalong):
    data = book(
        ("Satu", [["Nama", "RT", "Desa", "Kecamatan"], ["Rusdi", 5, "Nalui", "Jaro"]]),
        ("Dua", [["Pejabat", "RT", "Desa", "Kecamatan"], *PEOPLE]),
    )
    (question,) = read_roster(data, "rt.xlsx", tabalong).questions
    assert question["problems"] == ["Judul “Pejabat” tidak dikenal; isinya seperti Nama."]


def test_a_title_and_a_sheet_that_disagree_are_asked_about(tabalong):
    rows = [["KECAMATAN JARO"], ["Nama", "RT", "Desa"], ["Rusdi", 5, "Nalui"]]
    reading = read_roster(book(("Muara Uya", rows)), "rt.xlsx", tabalong)
    assert reading.questions[0]["problems"] == ["Kolom Kecamatan belum diketahui."]


def test_headings_under_a_group_are_read_together(tabalong):
    rows = [
        ["No", "Nama", "RT", "Desa", "Kecamatan", "Masa Bakti"],
        ["", "", "", "", "", "Mulai", "Selesai"],
        [1, "Rusdi", 5, "Nalui", "Jaro", "01-01-2024", "31-12-2028"],
    ]
    merged = {"A1:A2": "No", "B1:B2": "Nama", "F1:G1": "Masa Bakti"}
    for data in (book(("Lembar 1", rows), merged=merged), rosters.csv(rows[1:], rows[0])):
        entry = read_roster(data, "rt.xlsx", tabalong).checked.entries[0]
        assert (entry.starts.year, entry.ends.year, entry.row) == (2024, 2028, 3)


def test_a_village_merged_over_its_rows_holds_for_each(tabalong):
    rows = [["Nama", "RT", "Desa", "Kecamatan"], ["Rusdi", 5, "", ""], ["Hasan", 6, "", ""]]
    data = book(("Lembar 1", rows), merged={"C2:C3": "Nalui", "D2:D3": "Jaro"})
    assert places(read_roster(data, "rt.xlsx", tabalong)) == ["Desa Nalui, Kec. Jaro"] * 2


def test_an_import_of_one_kecamatan_needs_no_column_for_it():
    factories.regions()
    data = rosters.csv([["Rusdi", 5, "Nalui"]], ("Nama", "RT", "Desa"))
    assert places(read_roster(data, "rt.csv", Region.objects.get(pk=factories.JARO))) == ["Desa Nalui, Kec. Jaro"]


PEOPLE = [[name, f"{n:03d}", "Belimbing Raya", "Murung Pudak"] for n, name in enumerate(NAMES, start=5)]


@pytest.mark.parametrize(
    ("heading", "cells", "key"),
    [
        ("Identitas", [f"63090612037000{n:02d}" for n in range(1, 5)], "nik"),
        ("Hubungi", ["0812-3456-7801", "62 813 4567 7802", "8,1234567803E+10", 81234567804], "phone"),
        ("", ["a@rt.test", "b@rt.test", "c@rt.test", "d@rt.test"], "email"),
    ],
)
def test_a_column_known_by_its_content_alone_is_asked_about(tabalong, heading, cells, key):
    header = ("Nama", "RT", "Kelurahan", "Kecamatan", heading)
    rows = [[*row, cell] for row, cell in zip(PEOPLE, cells, strict=True)]
    question = read_roster(rosters.csv(rows, header), "rt.csv", tabalong).questions[0]
    assert [column["key"] for column in question["columns"]] == ["name", "number", "village", "district", key]
    assert len(question["problems"]) == 1


@pytest.mark.parametrize(
    ("at", "heading"),
    [(0, "Nama Lengkap Ketua"), (0, "Nama Penerima"), (1, "RT ke-"), (2, "Kelurahn"), (3, "Kec asal")],
)
def test_a_heading_that_is_only_like_a_known_one_is_taken_where_the_content_agrees(tabalong, at, heading):
    header = ["Nama", "RT", "Kelurahan", "Kecamatan"]
    header[at] = heading
    reading = read_roster(rosters.csv(PEOPLE, header), "rt.csv", tabalong)
    assert len(reading.checked.entries) == 4


@pytest.mark.parametrize("heading", ["No HP Sekretaris", "Kontak darurat", "HP Ketua RW", "Nomor rumah"])
def test_the_number_of_somebody_else_is_never_taken(tabalong, heading):
    rows = [[*row, f"0812345678{n}0"] for n, row in enumerate(PEOPLE)]
    reading = read_roster(rosters.csv(rows, ("Nama", "RT", "Kelurahan", "Kecamatan", heading)), "rt.csv", tabalong)
    assert not any(entry.phone for entry in reading.checked.entries)


def test_the_number_of_a_family_card_is_no_nik(tabalong):
    rows = [[*row, f"63090612037000{n:02d}"] for n, row in enumerate(PEOPLE, start=1)]
    reading = read_roster(rosters.csv(rows, ("Nama", "RT", "Kelurahan", "Kecamatan", "No KK")), "rt.csv", tabalong)
    assert not any(entry.nik for entry in reading.checked.entries)


def test_a_row_number_is_no_rt(tabalong):
    rows = [[n, *row[:1], *row[2:]] for n, row in enumerate(PEOPLE, start=1)]
    reading = read_roster(rosters.csv(rows, ("Nomor", "Nama", "Kelurahan", "Kecamatan")), "rt.csv", tabalong)
    assert reading.questions[0]["problems"] == ["Kolom RT belum diketahui."]


def test_two_columns_of_one_meaning_are_asked_about_unless_one_is_empty(tabalong):
    header = ("Nama", "RT", "Kelurahan", "Kecamatan", "No HP", "Telepon")
    rows = [[*row, "", f"081234567{n}00"] for n, row in enumerate(PEOPLE)]
    assert all(entry.phone for entry in read_roster(rosters.csv(rows, header), "a", tabalong).checked.entries)
    rows[0][4] = "0812-9999-0000"
    question = read_roster(rosters.csv(rows, header), "a", tabalong).questions[0]
    assert question["problems"] == ["Ada 2 kolom Nomor HP: “No HP” dan “Telepon”."]


def test_a_heading_whose_content_is_plainly_something_else_is_asked_about(tabalong):
    rows = [[*row, f"081234567{n}00"] for n, row in enumerate(PEOPLE)]
    header = ("Nama", "RT", "Kelurahan", "Kecamatan", "NIK")
    question = read_roster(rosters.csv(rows, header), "a", tabalong).questions[0]
    assert question["problems"] == ["Isi kolom “NIK” seperti Nomor HP, bukan NIK."]


def test_the_two_numbers_in_a_column_called_rt_are_told_apart(tabalong):
    rows = [[row[0], f"{row[1]}/002", *row[2:]] for row in PEOPLE]
    entries = read_roster(rosters.csv(rows, ("Nama", "RT", "Desa", "Kecamatan")), "a", tabalong).checked.entries
    assert [(entry.number, entry.rw) for entry in entries] == [(f"00{n}", "002") for n in range(5, 9)]


def test_what_an_official_said_about_a_header_holds(tabalong):
    header = ("Pejabat", "Urut", "Wilayah", "Asal")
    data = rosters.csv(PEOPLE, header)
    assert read_roster(data, "a", tabalong).questions
    columns = {"name": 0, "number": 1, "village": 2, "district": 3}
    said = {"columns": {header_hash(list(header)): columns}}
    assert len(read_roster(data, "a", tabalong, decisions=said).checked.entries) == 4
    ColumnMapping.objects.create(
        region=tabalong, header=header_hash(list(header)), columns=columns, saved_at=factories.NOW,
        saved_by=factories.user(),
    )  # fmt: skip
    assert len(read_roster(data, "a", tabalong).checked.entries) == 4


def test_a_sheet_that_an_official_leaves_out_is_not_read(tabalong):
    good, other = ["Nama", "RT", "Desa", "Kecamatan"], ["Nama", "RT", "Jabatan"]
    data = book(
        ("Ketua", [good, ["Rusdi", 5, "Nalui", "Jaro"]]),
        ("Pengurus", [other, ["Hasan", 5, "Bendahara"], ["Ali", 5, "Sekretaris"]]),
    )
    (question,) = read_roster(data, "a", tabalong).questions
    assert [sheet["name"] for sheet in question["sheets"]] == ["Pengurus"]
    reading = read_roster(data, "a", tabalong, decisions={"columns": {question["header"]: {}}})
    assert ([entry.name for entry in reading.checked.entries], reading.other_sheets) == (["Rusdi"], ["Pengurus"])
    nothing = {"columns": {question["header"]: {}, header_hash(good): {}}}
    with pytest.raises(InputError, match="Tidak ada lembar"):
        read_roster(data, "a", tabalong, decisions=nothing)


def test_rows_of_all_sheets_count_together_but_only_those_of_rosters(tabalong):
    header, row = ["Nama", "RT", "Desa", "Kecamatan"], ["Rusdi", 5, "Nalui", "Jaro"]
    codes = [["Kode", "Arti", "Catatan"], *[["a", "b", "c"]] * 30]
    data = book(("A", [header, row]), ("Kode", codes), ("B", [header, *[row] * MAX_ROWS]))
    with pytest.raises(InputError, match=r"Berkas berisi 20\.001 baris data, paling banyak 20\.000"):
        read_roster(data, "a", tabalong)


def test_more_columns_than_anybody_chooses_from_are_not_asked(tabalong):
    def sheet(n: int, width: int) -> tuple[str, list[list]]:
        header = ["Pejabat", "RT", "Desa", "Kecamatan", *(f"Isian {n}.{at}" for at in range(width - 4))]
        return f"Lembar {n}", [header, *([name, "5", "Jaro", "Jaro"] + ["x"] * (width - 4) for name in NAMES)]

    assert len(read_roster(book(*(sheet(n, 40) for n in range(12))), "rt.xlsx", tabalong).questions) == 12
    with pytest.raises(InputError, match=r"berisi 2\.400 kolom yang isinya harus Anda pilih, paling banyak 500"):
        read_roster(book(*(sheet(n, 200) for n in range(12))), "rt.xlsx", tabalong)
