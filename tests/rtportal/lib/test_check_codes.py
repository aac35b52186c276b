import math

from rtportal.lib.check_codes import LENGTH, make_check_code, read_check_code, show_check_code
from rtportal.lib.short_codes import ALPHABET


def test_nobody_finds_one_by_trying():
    assert LENGTH * math.log2(len(ALPHABET)) > 80
    assert len({make_check_code() for _ in range(1_000)}) == 1_000


def test_as_printed_or_typed_it_is_the_same_code():
    code = make_check_code()
    assert read_check_code(code) == read_check_code(show_check_code(code)) == read_check_code(code.lower()) == code


def test_nonsense_is_no_code():
    for typed in ("", "abc", "A" * 17, "A" * 19, "O" * 18, "\0" * 18, "A" * 10_000, "é" * 18):
        assert read_check_code(typed) == ""
