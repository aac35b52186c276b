"""Amounts in words, read back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtportal.lib.number_words import MOST, amount_in_words, number_in_words

_UNITS = {
    word: number
    for number, word in enumerate(
        ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
    )
}
_LARGE = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read(words: str) -> int:
    """What somebody who reads the words aloud means."""
    total = below_thousand = last = 0
    for word in words.replace("sebelas", "satu belas").replace("sepuluh", "satu puluh").split():
        if word in ("seratus", "seribu"):
            if word == "seratus":
                below_thousand += 100
            else:
                total += 1_000
        elif word in _UNITS:
            last = _UNITS[word]
            below_thousand += last
        elif word == "belas":
            below_thousand += 10
        elif word in ("puluh", "ratus"):
            below_thousand += last * ({"puluh": 10, "ratus": 100}[word] - 1)
        else:
            total += below_thousand * _LARGE[word]
            below_thousand = 0
    return total + below_thousand


@settings(max_examples=30, deadline=None)
@given(st.one_of(st.integers(0, 2_000), st.integers(0, MOST)))
def test_whatever_is_said_is_understood_as_the_same_number(number):
    assert read(number_in_words(number)) == number


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol rupiah"),
        (11, "sebelas rupiah"),
        (17, "tujuh belas rupiah"),
        (100, "seratus rupiah"),
        (1_000, "seribu rupiah"),
        (1_101, "seribu seratus satu rupiah"),
        (21_000, "dua puluh satu ribu rupiah"),
        (337_000, "tiga ratus tiga puluh tujuh ribu rupiah"),
        (100_000, "seratus ribu rupiah"),
        (1_000_000, "satu juta rupiah"),
        (50_550_000, "lima puluh juta lima ratus lima puluh ribu rupiah"),
    ],
)
def test_amounts_are_said_as_on_a_receipt(amount, words):
    assert amount_in_words(amount) == words


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_what_nobody_can_say_is_refused(number):
    with pytest.raises(ValueError, match="0 to"):
        number_in_words(number)
