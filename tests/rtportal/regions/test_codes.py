import pytest

from rtportal.regions import codes


@pytest.mark.parametrize(("code", "level"), [("63", 1), ("63.09", 2), ("63.09.06", 3), ("63.09.06.1001", 4)])
def test_the_level_is_read_from_the_code(code, level):
    assert codes.level_of(code) == level


def test_ancestors_come_from_the_province_down():
    assert codes.ancestors("63.09.06.1001") == ["63", "63.09", "63.09.06"]
    assert codes.ancestors("63") == []


def test_a_code_is_cut_to_the_region_that_contains_it():
    assert codes.cut("63.09.06.1001", codes.DISTRICT) == "63.09.06"
    assert codes.cut("63", codes.DISTRICT) == "63"


def test_within_means_the_same_or_below_and_never_a_longer_number():
    assert codes.is_within("63.09", "63.09")
    assert codes.is_within("63.09.06", "63.09")
    assert not codes.is_within("63.091", "63.09")
    assert not codes.is_within("63", "63.09")
