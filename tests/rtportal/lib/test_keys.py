import pytest

from rtportal.lib.keys import parse_key


@pytest.mark.parametrize(("typed", "key"), [("1", 1), ("007", 7), ("9" * 18, 999_999_999_999_999_999)])
def test_the_number_of_a_row_is_read(typed, key):
    assert parse_key(typed) == key


@pytest.mark.parametrize("typed", ["", "-1", "1.0", " 1", "satu", "²", "٣", "1\0", "9" * 19, "9" * 5000])
def test_what_cannot_be_the_number_of_a_row_is_none(typed):
    assert parse_key(typed) is None
