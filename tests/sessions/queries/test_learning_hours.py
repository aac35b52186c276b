"""How many JP somebody who attends a wave learns."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.models import TrainingSession
from sessions.queries.learning_hours import hours_list, jp_words, learning_hours
from tests.factories import NOW


def session(starts: str, minutes: int, *, kind: str = "material", group: str = "", day: int = 0) -> TrainingSession:
    """A session at a local hour of Tabalong, NOW being 10.00 there."""
    hour, minute = (int(part) for part in starts.split("."))
    begin = NOW + timedelta(days=day, hours=hour - 10, minutes=minute)
    return TrainingSession(kind=kind, group=group, starts_at=begin, ends_at=begin + timedelta(minutes=minutes))


def total(*sessions, unit: int = 45) -> str:
    return learning_hours(sessions, zone="Asia/Makassar", unit=unit).words


def test_learning_sessions_are_counted_in_units_of_the_programme():
    sessions = [session("08.00", 135), session("10.30", 90), session("13.00", 45, kind="discussion")]
    assert total(*sessions) == "6 JP @45 menit"
    assert total(*sessions, unit=60) == "4,5 JP @60 menit"


@pytest.mark.parametrize("kind", ["registration", "opening", "break", "closing"])
def test_what_is_not_learning_counts_nothing(kind):
    assert total(session("08.00", 90, kind=kind)) == "0 JP @45 menit"
    assert total(session("08.00", 90, kind=kind), session("10.00", 45)) == "1 JP @45 menit"


def test_a_member_of_a_group_hears_its_sessions_and_the_common_ones():
    common = session("08.00", 90)
    first, second = session("10.00", 45, group="Kelompok A"), session("10.00", 90, group="Kelompok B")
    assert total(common, first, second) == "Kelompok A 3 JP, Kelompok B 4 JP @45 menit"


def test_groups_that_learn_alike_are_said_once():
    first, second = session("10.00", 90, group="Kelompok A"), session("10.00", 90, group="Kelompok B")
    assert total(first, second) == "2 JP untuk setiap kelompok @45 menit"


def test_letter_case_and_spaces_do_not_make_another_group():
    assert total(session("08.00", 45, group="Kelompok A"), session("09.00", 45, group="kelompok  a")) == (
        "Kelompok A 2 JP @45 menit"
    )


def test_a_minute_with_two_sessions_counts_once():
    assert total(session("08.00", 90), session("08.00", 90)) == "2 JP @45 menit"
    assert total(session("08.00", 90), session("08.45", 90), session("09.00", 15)) == "3 JP @45 menit"


def test_each_day_has_its_own_sum_in_local_days():
    # 06.00 in Tabalong is still the day before in UTC.
    hours = learning_hours(
        [session("06.00", 45), session("09.00", 45), session("06.00", 90, day=1)], zone="Asia/Makassar", unit=45
    )
    assert {day: hours_list(each) for day, each in hours.days.items()} == {
        date(2026, 3, 2): "2 JP",
        date(2026, 3, 3): "2 JP",
    }
    assert hours.words == "4 JP @45 menit"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 JP"), (45, "1 JP"), (285, "6,3 JP"), (50, "1,1 JP"), (68, "1,5 JP"), (450, "10 JP")]
)
def test_parts_of_a_jp_are_said_with_one_decimal(minutes, words):
    assert jp_words(minutes, 45) == words


SESSIONS = st.lists(
    st.builds(
        lambda begin, minutes, group: session(f"{begin // 60:02d}.{begin % 60:02d}", minutes, group=group),
        st.integers(0, 23 * 60),
        st.integers(1, 120),
        st.sampled_from(["", "A", "B"]),
    ),
    max_size=8,
)


@given(SESSIONS)
def test_a_group_hears_every_minute_that_is_its_own_or_common_and_no_other(sessions):
    for entry in learning_hours(sessions, zone="Asia/Makassar", unit=45).total:
        minutes = {
            (each.starts_at - NOW) + timedelta(minutes=number)
            for each in sessions
            if each.group in {"", entry.group}
            for number in range(int((each.ends_at - each.starts_at).total_seconds() // 60))
        }
        assert entry.minutes == len(minutes)
