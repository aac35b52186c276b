from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.roster_file import cells
from rtportal.lib.errors import InputError

ANYTHING = st.one_of(
    st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.dates(), st.datetimes(), st.times()
)


@pytest.mark.parametrize(
    "cell", ["5", "05", "005", "RT.5", "RT 005", "rt5", "RT. 05", "RT-05", "RT No. 5", " 5 ", 5, 5.0, "5\u200b"]
)
def test_the_number_of_an_rt_has_three_digits_however_it_was_typed(cell):
    assert cells.unit_number(cell, "RT") == "005"


@pytest.mark.parametrize(("cell", "number"), [("05A", "005A"), ("5 b", "005B"), ("RT 12a", "012A"), (999, "999")])
def test_a_letter_may_follow_and_three_digits_are_enough(cell, number):
    assert cells.unit_number(cell, "RT") == number


@pytest.mark.parametrize(
    "cell", ["lima", "5/2", "005/002", "1000", 5.5, -5, "0", "RW 5", "5AB", date(2026, 2, 5), True, "RT"]
)
def test_what_is_no_number_of_an_rt_is_refused(cell):
    with pytest.raises(InputError, match="Nomor RT tidak terbaca"):
        cells.unit_number(cell, "RT")


@pytest.mark.parametrize("cell", ["", "-", " – ", "0", "000", 0.0, None, "Tidak ada"])
def test_no_rw_is_no_rw(cell):
    assert cells.unit_number(cell, "RW") == ""


@pytest.mark.parametrize(
    "cell",
    [
        date(2027, 12, 31),
        datetime(2027, 12, 31, tzinfo=UTC),
        46752.0,
        "31-12-2027",
        "31/12/2027",
        "31.12.2027",
        "2027-12-31",
        "2027-12-31 00:00:00",
        "31 Desember 2027",
        "31 des 2027",
    ],
)
def test_a_date_is_read_the_day_first(cell):
    assert cells.day(cell, "Awal masa bakti") == date(2027, 12, 31)


@pytest.mark.parametrize(
    "cell", ["2027", 2027.0, "12-2027", "31-02-2027", "31/12-2027", "31-12-27", "31 Foo 2027", "besok", time(8), 1e300]
)
def test_what_is_no_whole_date_is_refused(cell):
    with pytest.raises(InputError, match="Awal masa bakti tidak terbaca"):
        cells.day(cell, "Awal masa bakti")


@pytest.mark.parametrize("cell", ["31-12-0202", date(2999, 1, 1)])
def test_a_year_nobody_means_is_refused(cell):
    with pytest.raises(InputError, match="Awal masa bakti tidak wajar"):
        cells.day(cell, "Awal masa bakti")


def test_an_address_is_kept_in_lower_case_or_refused():
    assert cells.email(" RT05@Contoh.ID ") == "rt05@contoh.id"
    assert cells.email("-") == ""
    with pytest.raises(InputError, match="Alamat e-mail tidak benar: “rt05@contoh”"):
        cells.email("rt05@contoh")


def test_a_status_is_one_of_three():
    assert [cells.status(cell) for cell in ("DEFINITIF", "Plt.", "Diperpanjang", "")] == [
        "definitif",
        "plt",
        "perpanjangan",
        "",
    ]
    with pytest.raises(InputError, match="Status tidak dikenal: “aktif”"):
        cells.status("aktif")


def test_text_stands_on_one_line_without_invisible_signs():
    assert cells.text(" Nor\nHayati\u00a0binti\x00 \u200bAli ") == "Nor Hayati binti Ali"
    assert cells.text(5.0) == "5"


@given(ANYTHING)
def test_anything_in_a_cell_is_a_value_or_a_sentence(cell):
    assert "\x00" not in cells.text(cell)
    for read in (
        cells.email,
        cells.status,
        lambda it: cells.unit_number(it, "RT"),
        lambda it: cells.unit_number(it, "RW"),
        lambda it: cells.day(it, "Awal masa bakti"),
    ):
        try:
            read(cell)
        except InputError as refused:
            assert refused.sentence.endswith(".")
