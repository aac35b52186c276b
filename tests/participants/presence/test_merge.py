"""What a set of records comes to, whatever order they arrive in."""

from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants.presence.merge import Hours, Recorded, fold, two_places
from tests.participants.presence.logs import DAY, HOURS, logs

# Busy machines draw slowly.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def at(minutes: float):
    """Minutes after the session's beginning."""
    return HOURS.starts_at + timedelta(minutes=minutes)


def record(number: int, kind: str = "in", minutes: float = 0, *, desk: int | None = 1, **fields) -> Recorded:
    values = {"device": desk, "seq": number, "device_at": at(minutes), "source": "door" if desk else "list"} | fields
    return Recorded(uid=UUID(int=number), kind=kind, at=at(minutes), **values)


def come_to(*events: Recorded):
    return fold(events, hours=HOURS)


@patient
@given(logs(), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_gives_the_same(log, random):
    arrived = log + random.choices(log, k=len(log)) if log else []
    random.shuffle(arrived)
    assert come_to(*arrived) == come_to(*log)


@patient
@given(logs())
def test_nothing_is_recorded_by_nobody_and_nobody_stays_less_than_no_time(log):
    presence = come_to(*log).presence
    if presence is None:
        return
    assert presence.opened_by.device or presence.opened_by.actor
    ends = [end for stay in presence.stays for end in stay if end]
    assert ends == sorted(ends)
    assert presence.minutes is None or 0 <= presence.minutes <= 60
    assert (presence.minutes is None) == (len(presence.stays) == 1 and presence.left_at is None)


@patient
@given(logs())
def test_taking_everything_back_leaves_nobody(log):
    last = max([event.at for event in log], default=DAY) + timedelta(days=4)
    clear = Recorded(UUID(int=999), "clear", "list", last, actor=9)
    assert come_to(*log, clear).presence is None


def test_the_first_scan_counts_whoever_made_it():
    found = come_to(record(1, minutes=2, desk=2), record(2, minutes=-3))
    assert (found.presence.since, found.presence.opened_by.device) == (at(-3), 1)


def test_of_two_scans_in_one_instant_the_desk_decides_then_its_number():
    first, second, third = record(3, desk=2), record(2), record(1, desk=2)
    assert come_to(first, second, third).presence.opened_by == second
    assert come_to(first, third).presence.opened_by == third


def test_two_desks_that_both_let_somebody_in_are_a_question_and_the_same_desk_twice_is_none():
    twice = come_to(record(1), record(2, minutes=1), record(3, minutes=2, desk=2))
    assert twice.problems == {UUID(int=3): "double"}


def test_a_desk_that_knew_is_no_question():
    assert come_to(record(1), record(2, minutes=1, desk=2, shown="already")).problems == {}


def test_a_desk_that_knew_is_no_question_though_its_clock_is_behind():
    assert come_to(record(1), record(2, minutes=-1, desk=2, shown="already")).problems == {}


def test_a_list_beside_a_desk_is_no_question():
    assert come_to(record(1), record(2, minutes=1, desk=None, actor=9)).problems == {}
    assert come_to(record(1, desk=None, actor=9), record(2, minutes=1)).problems == {}


def test_companions_are_as_many_as_were_ever_counted():
    assert come_to(record(1, companions=1), record(2, minutes=1)).presence.companions == 1


def test_minutes_are_those_within_the_session():
    found = come_to(record(1, minutes=-20), record(2, "out", 10), record(3, minutes=50), record(4, "out", 90))
    assert (found.presence.minutes, found.presence.left_at) == (20, at(90))
    back = come_to(record(1, minutes=-20), record(2, "out", 10), record(3, minutes=50))
    assert (back.presence.minutes, back.presence.left_at) == (20, None)


def test_an_hour_nobody_measured_is_not_said():
    assert come_to(record(1)).presence.minutes is None


def test_going_out_without_coming_in_is_a_question():
    found = come_to(record(1, "out", 10))
    assert (found.presence, found.problems) == (None, {UUID(int=1): "not_in"})


def test_going_out_twice_is_once():
    found = come_to(record(1), record(2, "out", 10), record(3, "out", 20))
    assert (found.presence.left_at, found.problems) == (at(10), {})


def undo(number: int, of: int, minutes: float, **fields) -> Recorded:
    return record(number, "undo", minutes, undoes=UUID(int=of), **fields)


def test_an_undo_within_two_minutes_of_the_desks_own_clock_counts():
    # Between both the desk learnt the right time: an hour later.
    scan = record(1, minutes=0)
    corrected = undo(2, 1, 60)._replace(device_at=at(2))
    assert come_to(corrected, scan).presence is None
    late = undo(2, 1, 2.1)
    assert come_to(late, scan).problems == {UUID(int=2): "late_undo"}
    assert come_to(late, scan).presence


def test_another_desk_takes_nothing_back():
    found = come_to(record(1), undo(2, 1, 1, desk=2))
    assert found.presence
    assert not found.problems


def test_undoing_a_going_out_leaves_them_inside():
    assert come_to(record(1), record(2, "out", 10), undo(3, 2, 11)).presence.left_at is None


def test_what_was_undone_is_no_question_any_more():
    assert come_to(record(1), record(2, minutes=1, desk=2), undo(3, 2, 2, desk=2)).problems == {}


def test_an_official_takes_back_everything_up_to_then():
    clear = Recorded(UUID(int=5), "clear", "list", at(30), actor=9)
    assert come_to(record(1), record(2, "out", 30), clear).presence is None
    assert come_to(record(1), clear, record(2, minutes=31)).presence.since == at(31)


def test_a_clock_a_day_wrong_is_a_question_and_counts_at_the_nearest_end_of_the_session():
    behind, ahead = record(1, minutes=-24 * 60), record(2, minutes=24 * 60, desk=2, shown="already")
    assert come_to(behind).problems == {UUID(int=1): "clock"}
    assert come_to(behind).presence.since == HOURS.starts_at
    assert come_to(ahead).presence.since == HOURS.ends_at


def test_an_official_may_enter_the_list_days_later():
    entered = record(1, minutes=3 * 24 * 60, desk=None, actor=9)
    assert come_to(entered).problems == {}
    assert come_to(entered).presence.since == entered.at


BESIDE = Hours(at(30), at(90), HOURS.wave_starts_at, HOURS.wave_ends_at)
AFTER = Hours(at(60), at(120), HOURS.wave_starts_at, HOURS.wave_ends_at)


def test_being_let_in_elsewhere_while_inside_is_a_question():
    here, there = come_to(record(1)), fold([record(2, minutes=40)], hours=BESIDE)
    assert two_places({1: here, 2: there}, {1: HOURS, 2: BESIDE}) == {UUID(int=2): "two_places"}
    gone = come_to(record(1), record(3, "out", 35))
    assert two_places({1: gone, 2: there}, {1: HOURS, 2: BESIDE}) == {}


def test_the_next_session_is_no_other_place():
    here, later = come_to(record(1)), fold([record(2, minutes=50)], hours=AFTER)
    assert two_places({1: here, 2: later}, {1: HOURS, 2: AFTER}) == {}
