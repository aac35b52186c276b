"""What lies in the workbook, read from its XML and by another reader."""

import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from rtportal.documents.formats import xlsx
from rtportal.documents.tables import A4, Column, Imprint, Sheet

FORMULAS = ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+6281234567890", "-1", "\t=1", "{=1}", '=HYPERLINK("x")']


def written(tmp_path: Path, rows: list, columns: int = 1, **fields) -> Path:
    target = tmp_path / "berkas.xlsx"
    headings = [Column(f"Kolom {number}") for number in range(columns)]
    xlsx.write_xlsx(target, [Sheet("Daftar", headings, rows, **fields)])
    return target


def xml_of(path: Path, sheet: int = 1) -> str:
    return zipfile.ZipFile(path).read(f"xl/worksheets/sheet{sheet}.xml").decode()


def values(path: Path, sheet: str = "Daftar") -> list[list]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


@pytest.mark.parametrize("text", [*FORMULAS, "https://example.test", "'=1", "007", "6309061203700001", "1e5"])
def test_a_text_stays_the_same_text_and_is_never_a_formula_or_a_link(tmp_path, text):
    path = written(tmp_path, [(text,)])
    assert values(path)[1] == [text]
    xml = xml_of(path)
    assert "<f>" not in xml and "<f " not in xml and "<hyperlink" not in xml
    assert xml.count('t="inlineStr"') == 2


def test_a_text_that_looks_like_a_workbooks_own_tags_is_only_text(tmp_path):
    bomb = '<r></is></c><c r="C2"><f>1+1</f></c><c t="inlineStr"><is></r>'
    path = written(tmp_path, [(bomb,)])
    assert "<f>" not in xml_of(path)
    assert values(path)[1][0].strip() == bomb


def test_characters_that_xml_does_not_know_do_not_break_the_file(tmp_path):
    path = written(tmp_path, [("Ahmad\x01\x0b\ufffe & <Fauzi>\n“ﷺ” 😀",)])
    assert "& <Fauzi>" in values(path)[1][0]


def test_numbers_are_numbers(tmp_path):
    path = written(tmp_path, [(7, "7")], columns=2)
    assert values(path)[1] == [7.0, "7"]


def test_the_heading_stays_in_sight_and_repeats_in_print_and_the_rows_can_be_filtered(tmp_path):
    path = written(tmp_path, [("a", "b"), ("c", "d")], columns=2, totals=("Jumlah", 2))
    xml = xml_of(path)
    assert 'state="frozen"' in xml and 'orientation="landscape"' in xml
    # The totals are not among what is filtered and sorted.
    assert '<autoFilter ref="A1:B3"/>' in xml
    assert "$1:$1" in zipfile.ZipFile(path).read("xl/workbook.xml").decode()
    assert values(path)[3] == ["Jumlah", 2.0]


def test_a_table_without_rows_is_a_heading(tmp_path):
    assert values(written(tmp_path, [])) == [["Kolom 0"]]


def test_later_sheets_are_asked_for_after_the_rows_of_the_first(tmp_path):
    seen = []

    def rows():
        for number in range(3):
            seen.append(number)
            yield (number,)

    def sheets():
        yield Sheet("Daftar", [Column("No")], rows())
        yield Sheet("Rekap", [Column("Jumlah")], [(len(seen),)])

    target = tmp_path / "berkas.xlsx"
    xlsx.write_xlsx(target, sheets())
    assert values(target, "Rekap") == [["Jumlah"], [3.0]]


def test_more_rows_than_excel_has_are_refused_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "_LAST_ROW", 2)
    with pytest.raises(xlsx.TooManyRows, match="Pilih format CSV"):
        written(tmp_path, [("a",), ("b",), ("c",)])


def test_what_the_file_says_about_itself_is_a_sheet_and_the_foot_of_each_page(tmp_path):
    target = tmp_path / "berkas.xlsx"
    imprint = Imprint("Daftar R&D", "2 orang & rapat", [("Keperluan", "=1+1")], paper=A4)
    xlsx.write_xlsx(target, [Sheet("Daftar", [Column("Nama")], [("a",)])], imprint)
    assert values(target, "Keterangan") == [["Judul", "Daftar R&D"], ["Keperluan", "=1+1"]]
    for number in (1, 2):
        xml = xml_of(target, number)
        assert "&amp;L&amp;8 2 orang ＆ rapat&amp;R&amp;8Halaman" in xml and 'paperSize="9"' in xml


@pytest.mark.parametrize("purpose", ["&" * 200, "&G &[Picture] &P &A", "😀" * 200, "R&G untuk rapat"])
def test_no_purpose_makes_the_foot_vanish_that_says_who_has_the_file(tmp_path, purpose):
    target = tmp_path / "berkas.xlsx"
    imprint = Imprint("Daftar", f"RAHASIA. Diekspor oleh Siti Rahmah. Keperluan: {purpose}.")
    xlsx.write_xlsx(target, [Sheet("Daftar", [Column("Nama")], [("a",)])], imprint)
    for number in (1, 2):
        foot = xml_of(target, number).partition("<oddFooter>")[2].partition("</oddFooter>")[0]
        assert foot.startswith("&amp;L&amp;8RAHASIA. Diekspor oleh Siti Rahmah.")
        assert foot.endswith("&amp;R&amp;8Halaman &amp;P dari &amp;N")
        assert foot.count("&amp;") == 6
        assert len(foot.replace("&amp;", "&").encode("utf-16-le")) <= 2 * 255


def test_a_workbook_is_printed_on_f4_if_nothing_else_is_said(tmp_path):
    assert 'paperSize="14"' in xml_of(written(tmp_path, [("a",)]))
