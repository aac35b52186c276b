import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib import csv_reader

CELLS = st.text(alphabet="abcé ,;\t\"\n.'0", max_size=8)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_whatever_program_wrote_it(encoding):
    assert csv_reader.decode("Nama;José".encode(encoding)) == "Nama;José"


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff\xe0\x00\x10JFIF", b"MZ\x90\x00\x03", b"\xff\xfeabc", bytes(range(256))]
)
def test_a_picture_or_a_program_is_not_text(data):
    with pytest.raises(csv_reader.NotText):
        csv_reader.decode(data)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "^", "~", "#"])
def test_commas_in_names_with_titles_do_not_hide_the_separator(separator):
    out = io.StringIO()
    table = [["Nama", "RT", "Desa"]] + [["H. Ahmad, S.Pd., M.M., M.Si.", "001", "Jaro"]] * 5
    csv.writer(out, delimiter=separator).writerows(table)
    assert list(csv_reader.rows(out.getvalue())) == table


def test_a_rare_separator_is_only_looked_for_where_no_usual_one_parts_the_lines():
    assert next(csv_reader.rows("Nama:a;RT:b;Desa:c\n1:x;2:x;3:x\n")) == ["Nama:a", "RT:b", "Desa:c"]


def test_the_line_by_which_excel_names_the_separator_is_obeyed_and_is_no_row():
    assert list(csv_reader.rows("sep=;\r\nNama;RT\r\nA,B,C;1\r\n")) == [["Nama", "RT"], ["A,B,C", "1"]]


def test_a_quotation_mark_within_a_cell_hides_no_separator():
    table = [["Nama", "RT", "Desa"], ['Ahmad,"Udin', "1", "Jaro"], *[["Rusdi", "2", "Jaro"]] * 20_000]
    assert list(csv_reader.rows("\n".join(map(";".join, table)))) == table


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=6), st.sampled_from([";", ","]))
def test_what_was_written_is_read_back(cells, separator):
    table = [["Nama", "RT", "Desa", "Telepon"], *cells]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    assert list(csv_reader.rows(f"sep={separator}\r\n" + out.getvalue())) == table
