import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.phones import display
from rtportal.lib.safe_cells import text_cell

ATTACK = "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("sign", list("=+-@\t\r\n＝＋－＠"))
@pytest.mark.parametrize("before", ["", " ", "  ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\t", '"'])
def test_a_cell_that_would_run_gets_an_apostrophe_in_front(before, sign):
    value = before + sign + "1+1"
    assert text_cell(value).startswith("'")
    assert text_cell(value).endswith("1+1")


@pytest.mark.parametrize(
    "text", ["Ahmad Fauzi, S.Pd.", "0812-3456-7890", "RT 005/RW 002", "a=b", "x + y", "a@b.id", ""]
)
def test_ordinary_text_is_left_alone(text):
    assert text_cell(text) == text


def test_values_that_are_no_text_are_written_plainly():
    assert text_cell(None) == ""
    assert [text_cell(v) for v in (5, -5, 0.5, Decimal("-1.5"))] == ["5", "-5", "0.5", "-1.5"]
    assert [text_cell(True), text_cell(False)] == ["Ya", "Tidak"]
    assert text_cell(date(2023, 11, 8)) == "2023-11-08"


def test_a_phone_is_shown_without_a_plus_and_needs_no_apostrophe():
    assert text_cell(display("+6281234567890")) == "0812-3456-7890"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_split_at_another_separator_still_runs_nothing(separator):
    out = io.StringIO()
    csv.writer(out).writerow(["1", text_cell(f"Ahmad{separator}{ATTACK}"), text_cell(f'"{separator} "{ATTACK}')])
    for other in ",;\t":
        for row in csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=other):
            assert not any(re.match(r"[\s\"]*[=+\-@]", cell) for cell in row), row


@given(st.text(alphabet="=+-@＝ \t\r\n,;'\"a1\u200b", max_size=12))
def test_no_text_begins_like_a_formula_wherever_it_is_split(text):
    for piece in re.split(r"[,;\t\r\n]", text_cell(text)):
        assert not re.match('[\\s"\u200b]*[=+\\-@＝]', piece)
