from datetime import timedelta

import pytest

from rtportal.messaging import channel_health
from rtportal.messaging.channels.base import Pace
from rtportal.messaging.models import ChannelState, Heartbeat
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue, states
from tests.rtportal.messaging.paced_channel import NAME

pytestmark = pytest.mark.django_db


def test_every_run_shows_that_the_worker_is_alive(clock):
    deliver_due_messages(now_fn=clock)
    clock.advance(60)
    deliver_due_messages(now_fn=clock)
    assert Heartbeat.objects.values_list("name", "beaten_at").get() == ("worker", NOW + timedelta(minutes=1))


def test_a_channel_notes_once_a_run_when_it_last_accepted_something(clock, paced, django_assert_num_queries):
    queue(*range(50), channel=NAME)
    seen = []

    def answer(message):
        seen.append(ChannelState.objects.filter(pk=NAME).values_list("last_accepted_at", flat=True).first())
        clock.advance(1)

    paced.answer = answer
    deliver_due_messages(now_fn=clock)
    assert set(seen) == {None, NOW + timedelta(seconds=1)}


def another_worker_is_told_to_wait(clock) -> None:
    channel_health.note_trouble(NAME, detail="Pelan-pelan.", until=clock() + timedelta(minutes=5), now=clock())


def test_who_waits_for_a_slot_sends_nothing_once_another_worker_was_told_to_wait(clock, paced):
    paced.pace = Pace(gap=timedelta(seconds=2))
    queue(*range(5), channel=NAME)

    def sleep(seconds: float) -> None:
        clock.advance(seconds)
        if len(paced.sent) == 2:
            another_worker_is_told_to_wait(clock)

    deliver_due_messages(now_fn=clock, sleep=sleep)
    assert paced.numbers == [0, 1]
    assert list(states().values()) == ["accepted"] * 2 + ["queued"] * 3
    clock.advance(5 * 60)
    deliver_due_messages(now_fn=clock, sleep=clock.advance)
    assert paced.numbers == [0, 1, 2, 3, 4]


def test_a_message_begun_before_the_trouble_does_not_end_the_pause(clock, paced):
    paced.pace = Pace(gap=timedelta(milliseconds=10))
    queue(1, 2, channel=NAME)

    def answer(message) -> None:
        if not ChannelState.objects.filter(unavailable_since__isnull=False).exists():
            clock.advance(1)
            another_worker_is_told_to_wait(clock)

    paced.answer = answer
    deliver_due_messages(now_fn=clock, sleep=clock.advance)
    assert paced.numbers == [1]
    assert ChannelState.objects.get().paused_until > clock()
    clock.advance(5 * 60)
    deliver_due_messages(now_fn=clock, sleep=clock.advance)
    assert paced.numbers == [1, 2]
    assert ChannelState.objects.get().unavailable_since is None


def test_a_run_with_nothing_due_asks_few_questions_however_many_channels_have_a_pace(
    clock, paced, django_assert_max_num_queries
):
    deliver_due_messages(now_fn=clock)
    # Alive; late messages and tasks; failures, before and after; channels in trouble; a claim; and for each channel
    # with a pace whether anything is due. The claims stand in transactions.
    with django_assert_max_num_queries(25):
        deliver_due_messages(now_fn=clock)
