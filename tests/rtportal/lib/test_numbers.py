from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.numbers import percent, thousands


def test_thousands_are_parted_by_points():
    assert [thousands(n) for n in (0, 951, 1650, 83762, 1234567, -1650)] == [
        "0",
        "951",
        "1.650",
        "83.762",
        "1.234.567",
        "-1.650",
    ]


@given(st.integers())
def test_any_whole_number_can_be_read_back(number):
    assert int(thousands(number).replace(".", "")) == number


def test_a_fraction_is_not_silently_cut():
    with pytest.raises(ValueError, match="whole"):
        thousands(1.5)


def test_a_share_is_told_in_percent():
    assert percent(0.75) == "75%"
    assert percent(0) == "0%"
    assert percent(1) == "100%"
    assert percent(1.2) == "120%"
    assert percent(0.125) == "13%"
    assert percent(0.333, digits=1) == "33,3%"
    assert percent(Decimal("12.5")) == "1.250%"


def test_all_but_one_is_not_all_and_one_is_not_none():
    assert percent(336 / 337) == "99%"
    assert percent(1 / 951) == "1%"
    assert percent(0.99999, digits=1) == "99,9%"


@pytest.mark.parametrize("share", [float("nan"), float("inf")])
def test_a_share_of_nothing_is_refused(share):
    with pytest.raises(ValueError, match="finite"):
        percent(share)
