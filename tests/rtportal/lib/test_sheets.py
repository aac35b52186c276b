import io
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from rtportal.lib.sheets import SheetError, read_table, read_tables, refuse_too_many
from tests.rtportal.lib import workbooks
from tests.rtportal.lib.workbooks import HEADER, xlsx

HERE = Path(__file__).parent
ROW = ["Contoh Satu", "001", "Jaro"]
WHOLE = xlsx([HEADER, ROW])


def refusal(data, filename="peserta.xlsx", max_rows=100):
    with pytest.raises(SheetError) as refused:
        read_table(data, filename, max_rows=max_rows)
    return refused.value.sentence


def as_csv(rows, separator=";"):
    return "\r\n".join(separator.join(row) for row in rows).encode()


@pytest.mark.parametrize("write", [xlsx, workbooks.ods, as_csv])
def test_the_same_table_is_read_from_every_format(write):
    table = read_table(write([["DAFTAR KETUA RT"], [], HEADER, ROW]), "peserta", max_rows=10)
    assert table.header == HEADER
    assert [(row.number, row.cells) for row in table.rows] == [(4, ROW)]


def test_an_old_xls_is_read_and_a_nik_in_it_shows_that_it_was_a_number():
    table = read_table((HERE / "files" / "ketua-rt.xls").read_bytes(), "ketua-rt.xls", max_rows=10)
    assert table.header == ["Nama", "RT", "Kelurahan/Desa", "NIK"]
    assert isinstance(table.rows[0].cells[3], float)
    assert table.rows[1].cells == ["Contoh Dua", 2, "Nalui", "6309061203700002"]


def test_cells_keep_the_types_they_have_in_the_file():
    cells = ["6309061203700001", 6309061203700001, True, date(2023, 11, 8), None, "+62812"]
    table = read_table(xlsx([["A", "B", "C", "D", "E", "F"], cells]), "x.xlsx", max_rows=10)
    nik, damaged, yes, day, empty, phone = table.rows[0].cells
    assert (nik, yes, day, empty, phone) == ("6309061203700001", True, date(2023, 11, 8), "", "+62812")
    assert isinstance(damaged, float)


def test_rows_keep_their_number_in_the_sheet_and_empty_ones_are_left_out():
    rows = [[], ["", " "], ["", *HEADER], [], ["", *ROW], ["", "", "  "], ["", "Contoh Dua"], [], [""]]
    table = read_table(xlsx(rows), "x.xlsx", max_rows=10)
    assert table.header == ["", *HEADER]
    assert [(row.number, row.cells[1]) for row in table.rows] == [(5, "Contoh Satu"), (7, "Contoh Dua")]
    assert {len(row.cells) for row in table.rows} == {4}


def test_a_row_that_numbers_the_columns_is_no_person():
    numbered = xlsx([HEADER, [1, 2, 3], ROW], [])
    assert [row.number for row in read_table(numbered, "x.xlsx", max_rows=1).rows] == [3]
    bracketed = as_csv([HEADER, ["(1)", "(2)", "(3)"], ROW])
    assert [row.number for row in read_table(bracketed, "x.csv", max_rows=1).rows] == [3]


def test_titles_over_several_lines_become_one_and_extra_cells_are_kept():
    table = read_table(xlsx([["Nama\nLengkap", " RT ", "Desa", 2023], [*ROW, "x", "catatan"]]), "x.xlsx", max_rows=10)
    assert table.header == ["Nama Lengkap", "RT", "Desa", "2023", ""]
    assert table.rows[0].cells[4] == "catatan"


def test_every_visible_sheet_with_a_table_is_read_and_the_others_are_named():
    guide = [["Petunjuk pengisian"], ["Isi lembar berikutnya."]]
    data = xlsx([HEADER, ["Tersembunyi", "1", "x"]], guide, [HEADER, ROW], [HEADER, ROW], hidden={0})
    found = read_tables(data, "x.xlsx", max_rows=10)
    assert [(table.sheet, table.rows[0].cells) for table in found.tables] == [("Lembar 3", ROW), ("Lembar 4", ROW)]
    assert found.other_sheets == ["Lembar 2"]


def test_a_header_without_rows_is_an_empty_table():
    assert read_table(xlsx([HEADER]), "x.xlsx", max_rows=10).rows == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_every_separator_and_encoding_is_read(encoding, separator):
    text = separator.join(HEADER) + "\r\n" + separator.join(["José", "001", '"Muara\nUya"']) + "\r\n"
    table = read_table(text.encode(encoding), "peserta.csv", max_rows=10)
    assert table.rows[0].cells == ["José", "001", "Muara\nUya"]


@pytest.mark.parametrize("write", [xlsx, as_csv])
def test_one_row_too_many_is_counted_and_refused(write):
    full = [HEADER, ["1", "2", "3"], *([ROW] * 30)]
    assert len(read_table(write(full), "x", max_rows=30).rows) == 30
    sentence = refusal(write([*full, *([ROW] * 1200)]), max_rows=30)
    assert sentence.startswith("Berkas berisi 1.230 baris data, paling banyak 30.")


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b";;;\n;;;\n", xlsx([])])
def test_a_file_with_nothing_in_it_is_refused(data):
    assert "kosong" in refusal(data) or "tidak berisi apa-apa" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 4,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n1 0 obj\n",
        b"{\\rtf1\\ansi Surat}",
        workbooks.packed({"word/document.xml": "<w/>", "[Content_Types].xml": "<t/>"}),
        workbooks.packed({"foto.jpg": "x"}),
        workbooks.packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + "WordDocument".encode("utf-16-le"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_whatever_it_is_called(data):
    assert refusal(data, "peserta.xlsx").startswith("Berkas ini bukan lembar kerja")


def test_a_web_page_called_xls_is_refused_with_the_way_out():
    sentence = refusal(b"\n<html><table><tr><td>Nama</td></tr></table></html>", "peserta.xls")
    assert sentence.startswith("Berkas ini halaman web") and "simpan sebagai XLSX" in sentence


def test_a_locked_file_is_refused_with_the_way_out():
    data = (HERE / "files" / "locked.xlsx").read_bytes()
    assert refusal(data).startswith("Berkas ini dikunci dengan kata sandi")


def test_a_truncated_file_is_refused_at_any_length():
    data = xlsx([HEADER, *([ROW] * 50)])
    for length in (4, 30, len(data) // 2, len(data) - 1):
        assert refusal(data[:length], "peserta.XLSX").startswith("Berkas ini rusak")


def test_a_file_damaged_inside_is_refused():
    data = xlsx([HEADER, *([ROW] * 50)])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as broken:
        for entry in whole.infolist():
            content = whole.read(entry)
            broken.writestr(entry.filename, content[: len(content) // 2] if "sheet1" in entry.filename else content)
    assert refusal(out.getvalue()).startswith("Berkas ini rusak")
    assert refusal(workbooks.packed({"xl/workbook.xml": "bukan xml"})).startswith("Berkas ini")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_file_with_any_byte_changed_is_a_table_or_a_sentence(changes):
    whole = bytearray(WHOLE)
    for place, value in changes:
        whole[place] = value
    try:
        assert read_table(bytes(whole), "x.xlsx", max_rows=10).header
    except SheetError as refused:
        assert refused.sentence.endswith(".")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_sentence(data):
    try:
        assert read_table(data, "x.csv", max_rows=10).header
    except SheetError as refused:
        assert refused.sentence.endswith(".")


def test_a_zip_bomb_is_refused_before_it_is_opened():
    bomb = workbooks.packed({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b"0" * (201 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    assert refusal(bomb).startswith("Isi berkas ini terlalu besar")


def test_a_zip_bomb_that_lies_about_its_size_kills_nothing():
    bomb = bytearray(workbooks.packed({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b"0" * (201 * 1024**2)}))
    true_size = struct.pack("<I", 201 * 1024**2)
    while (at := bomb.find(true_size)) >= 0:
        bomb[at : at + 4] = struct.pack("<I", 1000)
    assert refusal(bytes(bomb)).startswith("Berkas ini rusak")


def test_one_cell_in_the_last_corner_of_a_sheet_kills_nothing():
    # The reading library asks for 512 GB here and aborts its process; ours must live on.
    assert refusal(workbooks.xlsx_with_one_far_cell(1048575, 16383)).startswith("Isi berkas ini terlalu besar")


def test_one_stray_cell_far_below_is_only_one_more_row():
    table = read_table(workbooks.xlsx_with_one_far_cell(200_000, 1), "x.xlsx", max_rows=10)
    assert [row.number for row in table.rows] == [2, 200_001]


@pytest.mark.parametrize("write", [xlsx, as_csv])
def test_more_than_200_columns_are_refused(write):
    assert read_table(write([["judul"] * 200]), "x", max_rows=10).header
    assert refusal(write([["judul"] * 201])).startswith("Berkas berisi 201 kolom, paling banyak 200.")


@pytest.mark.parametrize("write", [xlsx, as_csv])
def test_a_table_without_a_header_near_the_top_is_refused(write):
    assert refusal(write([["1", "2", "3"], ["4", "5", "6"]])).startswith("Baris judul kolom tidak ditemukan")
    below = [["catatan"]] * 20
    assert refusal(write([*below, HEADER, ROW])).startswith("Baris judul kolom tidak ditemukan")
    assert read_table(write([*below[1:], HEADER, ROW]), "x", max_rows=10).rows[0].number == 21


def test_a_quotation_mark_that_is_never_closed_is_refused():
    assert "tanda kutip" in refusal(b'Nama,RT,Desa\r\n"' + b"a,b,c\r\n" * 30_000, "x.csv")


def test_headings_lose_what_nobody_sees():
    table = read_table(xlsx([["\u200fNama\u200b", "R\u00adT", "De\u202esa"], ROW]), "x.xlsx", max_rows=10)
    assert table.header == HEADER


def test_what_stands_in_cells_merged_downwards_stands_in_every_row():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        page = workbook.add_worksheet()
        page.merge_range("A1:D1", "DAFTAR KETUA RT TAHUN 2026")
        page.write_row(2, 0, [*HEADER, "RW"])
        page.write_column(3, 0, ["A", "B", "C"])
        page.merge_range("C4:C6", "Jaro")
        page.merge_range("D5:D6", "2")
    table = read_table(out.getvalue(), "x.xlsx", max_rows=10)
    assert [row.cells for row in table.rows] == [["A", "", "Jaro", ""], ["B", "", "Jaro", "2"], ["C", "", "Jaro", "2"]]
    assert table.above == [["DAFTAR KETUA RT TAHUN 2026"]]


def test_a_header_repeated_on_each_page_is_no_person():
    table = read_table(xlsx([HEADER, ROW, HEADER, ROW]), "x.xlsx", max_rows=2)
    assert [row.number for row in table.rows] == [2, 4]


def test_rows_of_a_sheet_that_were_not_all_read_are_never_taken_for_all():
    long = [HEADER, *[ROW] * 40]
    found = read_tables(xlsx(long, long, long, long, long), "x.xlsx", max_rows=40)
    assert [len(table.rows) for table in found.tables] != [40] * 5
    assert [table.total for table in found.tables] == [40] * 5
    for tables in (found.tables[:2], found.tables[-1:]):
        with pytest.raises(SheetError):
            refuse_too_many(tables, 40)
