"""Row codes: what was typed wrong is never somebody else's row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.row_codes import RowCodeError, make_row_code, read_row_code, show_row_code

NUMBERS = st.integers(1, 99_999)


def reads(typed: str) -> bool:
    try:
        read_row_code(typed)
    except RowCodeError:
        return False
    return True


def test_the_published_example_has_its_check_digit():
    # Damm's dissertation and every implementation since: 572 has the check digit 4.
    assert make_row_code(572) == "5724"


@given(NUMBERS)
def test_every_row_is_read_as_it_is_printed_and_as_it_is_typed(number):
    code = make_row_code(number)
    for typed in (code, show_row_code(code), f" {code[:-1]}–{code[-1]} "):
        assert read_row_code(typed) == number


@given(NUMBERS, st.data())
def test_one_wrong_digit_is_found(number, data):
    code = make_row_code(number)
    at = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != code[at]]))
    assert not reads(code[:at] + other + code[at + 1 :])


@given(NUMBERS, st.data())
def test_two_neighbours_that_changed_places_are_found(number, data):
    code = make_row_code(number)
    at = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert swapped == code or not reads(swapped)


def test_of_the_first_thousand_rows_no_wrong_digit_and_no_swap_is_any_row():
    codes = {make_row_code(number) for number in range(1, 1_001)}
    for code in codes:
        wrong = {code[:at] + digit + code[at + 1 :] for at in range(len(code)) for digit in "0123456789"}
        wrong |= {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)}
        assert (wrong - {code}) & codes == set()


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_row_or_a_sentence(typed):
    try:
        assert read_row_code(typed) >= 1
    except RowCodeError as error:
        assert error.sentence.endswith(".")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "misalnya 17-4"),
        ("  ", "misalnya 17-4"),
        ("7", "kurang satu angka"),
        ("17-", "Tanda hubung berdiri"),
        ("1-74", "Tanda hubung berdiri"),
        ("17--4", "Tanda hubung berdiri"),
        ("-174", "Tanda hubung berdiri"),
        ("0174", "diawali nol"),
        ("175", "salah ketik"),
        ("1742031", "salah ketik"),
        ("17420311", "Beri spasi"),
        ("KQ7-3MT", "hanya angka"),
        ("17.4", "hanya angka"),
        ("1" * 500, "terlalu panjang"),
    ],
)
def test_each_mistake_has_its_sentence(typed, words):
    with pytest.raises(RowCodeError) as error:
        read_row_code(typed)
    assert words in error.value.sentence


@pytest.mark.parametrize("number", [0, -3])
def test_rows_are_counted_from_one(number):
    with pytest.raises(ValueError, match="no row"):
        make_row_code(number)
