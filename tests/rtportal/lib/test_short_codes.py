"""Codes that are read off paper and typed by hand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.short_codes import ALPHABET, LENGTH, ShortCodeError, make_code, read_code, show_code

CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_a_code_is_shown_in_two_halves():
    assert show_code("KQ73MT") == "KQ7-3MT"


def test_codes_have_no_signs_that_look_alike():
    assert not set("ILOU01") & set(ALPHABET)
    assert len(set(ALPHABET)) == 30


def test_codes_that_are_made_can_be_read_and_differ():
    made = {make_code() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(f"[{ALPHABET}]{{6}}", code) and read_code(show_code(code)) == code for code in made)


@pytest.mark.parametrize(
    "typed", ["KQ7-3MT", "kq7-3mt", " KQ7 3MT ", "KQ73MT", "kq7–3mt", "KQ7.3MT", "k q 7 - 3 m t", "KQ7-3MT"]
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "KQ73MT"


@given(CODES, st.lists(st.sampled_from([" ", "-", ""]), min_size=LENGTH, max_size=LENGTH), st.booleans())
def test_two_codes_are_never_read_as_one(code, between, is_lower):
    typed = "".join(gap + sign for gap, sign in zip(between, code, strict=True))
    assert read_code(typed.lower() if is_lower else typed) == code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Ketik kode yang tertulis pada surat, misalnya KQ7-3MT."),
        ("   ", "Ketik kode yang tertulis pada surat, misalnya KQ7-3MT."),
        ("KO7-3MT", "Kode tidak pernah memakai huruf O; lihat lagi, mungkin Q atau D."),
        ("K07-3MT", "Kode tidak pernah memakai angka 0; lihat lagi, mungkin Q atau D."),
        ("KI7-3MT", "Kode tidak pernah memakai huruf I; lihat lagi, mungkin J, T, atau 7."),
        ("ku7-3mt", "Kode tidak pernah memakai huruf U; lihat lagi, mungkin V."),
        ("KQ7-3M", "Kode terdiri atas 6 huruf dan angka, misalnya KQ7-3MT. Yang diketik: 5."),
        ("KQ7-3MTT", "Kode terdiri atas 6 huruf dan angka, misalnya KQ7-3MT. Yang diketik: 7."),
        ("KQ7'3MT", "Kode hanya terdiri atas huruf dan angka, misalnya KQ7-3MT."),
    ],
)
def test_what_cannot_be_a_code_is_refused_with_a_sentence(typed, said):
    with pytest.raises(ShortCodeError) as refusal:
        read_code(typed)
    assert refusal.value.sentence == said


@given(st.text())
def test_nothing_that_can_be_typed_breaks_the_reading(typed):
    try:
        assert set(read_code(typed)) <= set(ALPHABET)
    except ShortCodeError as refusal:
        assert refusal.sentence
