from collections.abc import Callable
from datetime import timedelta

import pytest

from rtportal.messaging.channels.base import ChannelUnavailable, Pace
from rtportal.messaging.models import ChannelState, Message
from rtportal.messaging.pacing import COUNTED
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.give_up_waiting import PATIENCE, SHORTEST, give_up_waiting
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue
from tests.rtportal.messaging.paced_channel import NAME

pytestmark = pytest.mark.django_db
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def letters(*numbers: int, next_link: bool = True, **fields) -> None:
    links = [(NAME, "+62811"), ("letter", "RT 001")][: 1 + next_link]
    queue(*numbers, **({"route": tuple(links)} | fields))


def told_otherwise() -> set[int]:
    return set(Message.objects.filter(channel="letter", state="task").values_list("about_id", flat=True))


@pytest.fixture
def in_trouble(clock, paced) -> Callable[[timedelta], int]:
    """The channel takes nothing: what is given up after some time in which it was tried each half hour."""

    def answer(message: Message) -> None:
        raise ChannelUnavailable("Token ditolak.")

    def given_up_after(span: timedelta) -> int:
        while clock() < NOW + span:
            clock.at = min(clock() + SHORTEST, NOW + span)
            deliver_due_messages(now_fn=clock)
        return give_up_waiting(now=clock())

    paced.answer = answer
    return given_up_after


def test_a_channel_in_trouble_is_waited_for_a_day(in_trouble):
    letters(1)
    letters(2, next_link=False)
    letters(3, due_at=NOW + PATIENCE + 2 * HOUR)
    # It was tried first, and found in trouble, after half an hour.
    assert in_trouble(PATIENCE + SHORTEST - SECOND) == 0
    # The night has moved what was due to 07.30, two hours before.
    assert in_trouble(PATIENCE + SHORTEST) == 1
    first = Message.objects.get(about_id=1, channel=NAME)
    assert (first.state, first.failure) == ("failed", "channel")
    assert "Token ditolak." in first.detail
    assert told_otherwise() == {1}
    assert in_trouble(PATIENCE + HOUR) == 0


def test_who_cannot_wait_a_day_is_told_otherwise_after_half_an_hour(in_trouble):
    letters(1, expires_at=NOW + SHORTEST + PATIENCE)
    letters(2, expires_at=NOW + SHORTEST + PATIENCE + SECOND)
    assert in_trouble(SHORTEST - SECOND) == 0
    assert in_trouble(SHORTEST) == 1
    assert told_otherwise() == {1}


def test_old_trouble_of_a_channel_that_nobody_tried_since_is_no_reason(in_trouble, clock):
    letters(1)
    in_trouble(HOUR)
    assert give_up_waiting(now=NOW + 3 * PATIENCE) == 0


def test_whom_the_budget_reaches_only_too_late_is_told_otherwise(clock, paced):
    paced.pace = Pace(people_per_day=1)
    letters(0, route=((NAME, "+62810"),), expires_at=NOW + HOUR)
    letters(1, expires_at=NOW + COUNTED)
    letters(2, expires_at=NOW + COUNTED + SECOND)
    deliver_due_messages(now_fn=clock)
    letters(3, route=((NAME, "+62810"), ("letter", "RT 001")), expires_at=NOW + HOUR)
    assert give_up_waiting(now=NOW) == 1
    assert "Jatah Saluran uji baru tersedia lagi" in Message.objects.get(about_id=1, channel=NAME).detail
    assert told_otherwise() == {1}
    # Whose number counts already is written to at once.
    deliver_due_messages(now_fn=clock)
    assert Message.objects.get(about_id=3).state == "accepted"


def test_a_channel_that_works_is_not_given_up(clock, paced):
    letters(1, expires_at=NOW + HOUR)
    assert give_up_waiting(now=NOW + PATIENCE) == 0
    ChannelState.objects.create(channel=NAME, last_accepted_at=NOW, paused_until=NOW)
    assert give_up_waiting(now=NOW + PATIENCE) == 0
