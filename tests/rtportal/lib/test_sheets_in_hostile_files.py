"""Macros, formulas, pictures, entities and a million empty rows: whatever a workbook carries besides its cells."""

import base64
import io
import zipfile

import pytest
import xlsxwriter

from rtportal.lib.sheets import SheetError, read_table
from tests.rtportal.lib.workbooks import HEADER, xlsx

ROW = ["Contoh Satu", "001", "Jaro"]
WHOLE = xlsx([HEADER, ROW])
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_macros_are_left_alone_and_the_cells_are_read():
    with_macro = io.BytesIO(WHOLE)
    with zipfile.ZipFile(with_macro, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Auto_Open")
    assert read_table(with_macro.getvalue(), "x.xlsm", max_rows=10).rows[0].cells == ROW


def test_formulas_and_pictures_are_no_data_but_the_last_value_of_a_formula_is():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_formula(1, 0, '="Contoh "&"Satu"', value="Contoh Satu")
        page.write_formula(1, 1, "=2+3", value=5)
        page.write_formula(1, 2, '=HYPERLINK("http://x.test","Jaro")', value="Jaro")
        page.insert_image(3, 1, "x.png", {"image_data": io.BytesIO(PIXEL)})
        page.insert_textbox(5, 1, "Catatan panjang")
    table = read_table(out.getvalue(), "x.xlsx", max_rows=10)
    assert [row.cells for row in table.rows] == [["Contoh Satu", 5, "Jaro"]]


def changed(part: str, change) -> bytes:
    """The whole workbook with one of its parts put through `change`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in whole.infolist():
            content = whole.read(entry)
            archive.writestr(entry.filename, change(content) if entry.filename == part else content)
    return out.getvalue()


def with_entity(declared: str, used: str) -> bytes:
    def change(content: bytes) -> bytes:
        return content.replace(b"?>", f"?><!DOCTYPE x [{declared}]>".encode(), 1).replace(b"Contoh Satu", used.encode())

    return changed("xl/sharedStrings.xml", change)


def test_an_entity_that_names_a_file_reads_no_file(tmp_path):
    (tmp_path / "rahasia.txt").write_text("isi rahasia")
    data = with_entity(f'<!ENTITY e SYSTEM "file://{tmp_path}/rahasia.txt">', "&e;")
    try:
        assert "rahasia" not in str(read_table(data, "x.xlsx", max_rows=10).rows)
    except SheetError as refused:
        assert refused.sentence.startswith("Berkas ini rusak")


def test_entities_that_multiply_themselves_kill_nothing():
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    try:
        data = with_entity(f'<!ENTITY e0 "x">{bomb}', "&e11;")
        assert len(str(read_table(data, "x.xlsx", max_rows=10))) < 10_000
    except SheetError as refused:
        assert refused.sentence.endswith(".")


def test_a_million_empty_rows_below_the_table_are_no_rows():
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 1_048_577, 7)).encode()
    data = changed("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>"))
    assert [row.cells for row in read_table(data, "x.xlsx", max_rows=10).rows] == [ROW]


def test_a_sheet_s_name_keeps_no_sign_that_turns_text_around():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        workbook.add_worksheet("Ja\u202ero\u200b").write_row(0, 0, HEADER)
    assert read_table(out.getvalue(), "x.xlsx", max_rows=10).sheet == "Jaro"


def test_a_part_packed_in_a_broken_way_is_refused_in_a_sentence():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", b"application/vnd.oasis.opendocument.spreadsheet" * 9, zipfile.ZIP_LZMA)
    data = out.getvalue()
    begins = data.index(b"mimetype") + len("mimetype") + 4
    with pytest.raises(SheetError, match="rusak"):
        read_table(data[:begins] + b"\xff" * 20 + data[begins + 20 :], "x.ods", max_rows=10)
