"""The bytes of a CSV file as Indonesian Excel takes them."""

import csv
import io

import pytest

from rtportal.documents.formats.csv import write_csv
from rtportal.documents.tables import Column, Sheet


def text_of(tmp_path, rows, **fields) -> str:
    target = tmp_path / "berkas.csv"
    write_csv(target, iter([Sheet("Daftar", [Column("Nama"), Column("No")], rows, **fields), Sheet("Rekap", [], [])]))
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return data.decode("utf-8-sig")


def test_cells_stand_between_semicolons_and_lines_end_as_on_windows(tmp_path):
    assert text_of(tmp_path, [("H. Ahmad, S.Pd.", 1)]) == "Nama;No\r\nH. Ahmad, S.Pd.;1\r\n"


def test_a_cell_with_the_separator_or_a_line_end_stays_one_cell(tmp_path):
    rows = list(csv.reader(io.StringIO(text_of(tmp_path, [('a;b "c"\nd', 1)]), newline=""), delimiter=";"))
    assert rows[1] == ['a;b "c"\nd', "1"]


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+6281234567890", "-1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(tmp_path, text):
    rows = list(csv.reader(io.StringIO(text_of(tmp_path, [(text, 1)]), newline=""), delimiter=";"))
    assert rows[1][0] == f"'{text}"


def test_only_the_first_sheet_is_written(tmp_path):
    assert "Rekap" not in text_of(tmp_path, [])
