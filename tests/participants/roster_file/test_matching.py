import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participants.roster_file.matching import closest, distance, key

MURUNG_PUDAK = ["Belimbing", "Belimbing Raya", "Mabu'un", "Pembataan", "Sulingan", "Kasiau", "Kasiau Raya", "Kapar",
                "Masukau", "Maburai"]  # fmt: skip
LETTERS = "abcdefghiklmnoprstuy"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Belimbing Raja", "Belimbing Raya"),
        ("Pembatan", "Pembataan"),
        ("Sulinagn", "Sulingan"),
        ("Blimbing Raya", "Belimbing Raya"),
    ],
)
def test_a_slip_of_the_finger_is_read_where_only_one_name_is_near(typed, meant):
    match = closest(typed, MURUNG_PUDAK)
    assert match.is_certain
    assert match.names[0] == meant


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        # Two names are near.
        ("Belimbing R.", {"Belimbing", "Belimbing Raya"}),
        ("Kasiau Ra", {"Kasiau", "Kasiau Raya"}),
        ("Maskau", {"Masukau"}),
        # Cut short: whichever begins so.
        ("Belim", {"Belimbing", "Belimbing Raya"}),
        # Another word or number is another place.
        ("Belimbing Jaya", {"Belimbing", "Belimbing Raya"}),
        ("Kapar 2", {"Kapar"}),
        # Too short for slips.
        ("Kapr", {"Kapar"}),
    ],
)
def test_a_name_that_may_be_another_is_never_certain(typed, among):
    match = closest(typed, MURUNG_PUDAK)
    assert not match.is_certain
    assert among <= set(match.names)


def test_numbers_are_not_slips_but_may_be_written_in_letters():
    assert not closest("Masingai III", ["Masingai I", "Masingai II"]).is_certain
    assert key("Masingai II") == key("MASINGAI 2") == key("Masingai Dua")
    assert not closest("Kampung Baru", ["Kampung Barat"]).is_certain


def test_nothing_is_near_a_name_from_elsewhere():
    assert closest("Atlantis", MURUNG_PUDAK) == ([], False)
    assert closest("?", MURUNG_PUDAK) == ([], False)
    assert closest("a" * 5000, MURUNG_PUDAK) == ([], False)


@pytest.mark.parametrize(
    ("one", "other", "far"), [("", "", 0), ("ab", "ba", 1), ("kasiau", "kasau", 1), ("a", "xyz", 3)]
)
def test_the_distance_counts_slips(one, other, far):
    assert distance(one, other, 5) == far
    assert distance(one, other, 0) == min(far, 1)


def slipped(name: str, slips: list[tuple[int, int, str]]) -> str:
    for kind, at, letter in slips:
        at %= max(1, len(name))
        if kind == 0:
            name = name[:at] + letter + name[at:]
        elif kind == 1:
            name = name[:at] + name[at + 1 :]
        elif kind == 2:
            name = name[:at] + letter + name[at + 1 :]
        else:
            name = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    return name


@settings(max_examples=30, deadline=None)
@given(
    names=st.lists(st.text(LETTERS, min_size=3, max_size=9), min_size=2, max_size=8, unique=True),
    which=st.integers(0, 7),
    slips=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20), st.sampled_from(LETTERS)), min_size=1, max_size=2),
)
def test_a_name_with_two_slips_is_never_taken_for_another(names, which, slips):
    meant = names[which % len(names)]
    typed = slipped(meant, slips)
    match = closest(typed, names)
    # What became another name altogether is no slip that anybody could see.
    if match.is_certain and typed not in names:
        assert match.names[0] == meant
