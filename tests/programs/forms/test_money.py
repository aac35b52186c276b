"""Amounts as officials type them."""

import pytest
from django.core.exceptions import ValidationError

from programs.forms.money import RupiahField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("100.000", 100_000),
        ("100000", 100_000),
        ("1.500.000", 1_500_000),
        (" Rp1.500.000 ", 1_500_000),
        ("Rp. 100.000,-", 100_000),
        ("100.000,00", 100_000),
        ("0", 0),
        ("", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, amount):
    assert RupiahField(required=False).clean(typed) == amount


@pytest.mark.parametrize("typed", ["1500.50", "10.00", "1,5", "1.000.00", "seratus", "1e6", "²", "9" * 5_000, "--5"])
def test_what_could_mean_two_amounts_is_refused_and_not_guessed(typed):
    with pytest.raises(ValidationError, match="Tulis jumlah rupiah dengan angka saja"):
        RupiahField(required=False).clean(typed)


def test_less_than_nothing_and_more_than_the_most_are_refused():
    field = RupiahField(min_value=0, max_value=1_000)
    for typed in ("-1", "1.001", "999999999999999"):
        with pytest.raises(ValidationError):
            field.clean(typed)
