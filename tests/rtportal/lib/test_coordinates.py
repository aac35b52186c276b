import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.coordinates import CoordinateError, parse_coordinate, split_pair, words, written


@pytest.mark.parametrize(
    ("typed", "degrees"),
    [("-2,17", -2.17), ("-2.17", -2.17), (" 115,38 ", 115.38), ("+3", 3.0), ("\u22122,17", -2.17), ("-0", 0.0)],
)
def test_a_comma_and_a_point_mean_the_same(typed, degrees):
    assert parse_coordinate(typed, 180) == degrees


@pytest.mark.parametrize(
    "typed", ["", "x", "2,1,7", "1e2", "nan", "inf", "-", "2.17.3", "²", "٢", "9" * 400, "2,", ",5", "1_0"]
)
def test_what_is_no_number_is_refused_in_words(typed):
    with pytest.raises(CoordinateError) as refusal:
        parse_coordinate(typed, 90)
    assert "bukan koordinat" in refusal.value.sentence


def test_a_place_beyond_the_pole_is_refused():
    with pytest.raises(CoordinateError) as refusal:
        parse_coordinate("115,38", 90)
    assert refusal.value.sentence == "Koordinat ini paling jauh 90 derajat dari nol."


@pytest.mark.parametrize(
    "pasted",
    [
        "-2.17, 115.38",
        "-2.17,115.38",
        "-2,17, 115,38",
        "-2,17; 115,38",
        "-2.17 115.38",
        "(-2.17, 115.38)",
        "-2,17 115,38",
    ],
)
def test_a_pasted_pair_is_parted(pasted):
    latitude, longitude = split_pair(pasted)
    assert (parse_coordinate(latitude, 90), parse_coordinate(longitude, 180)) == (-2.17, 115.38)


@pytest.mark.parametrize("typed", ["-2,17", "-2.17", "", "Tanjung, Tabalong", "1, 2, 3", "-2,115"])
def test_one_number_is_no_pair(typed):
    assert split_pair(typed) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_written_can_be_typed_again(latitude, longitude):
    assert parse_coordinate(written(latitude), 90) == pytest.approx(latitude, abs=1e-6)
    first, second = split_pair(words(latitude, longitude))
    assert parse_coordinate(first, 90) == pytest.approx(latitude, abs=1e-6)
    assert parse_coordinate(second, 180) == pytest.approx(longitude, abs=1e-6)


@given(st.text(max_size=40))
def test_any_text_is_either_a_place_or_refused(text):
    split_pair(text)
    try:
        assert abs(parse_coordinate(text, 90)) <= 90
    except CoordinateError as refusal:
        assert refusal.sentence
