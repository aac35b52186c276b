from datetime import timedelta

import pytest

from rtportal.messaging.models import ChannelState, Heartbeat
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue
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


def test_a_run_with_nothing_due_asks_few_questions_however_many_channels_have_a_pace(
    clock, paced, django_assert_max_num_queries
):
    deliver_due_messages(now_fn=clock)
    # Alive; late messages and tasks; failures, before and after; channels in trouble; a claim; and for each channel
    # with a pace whether anything is due. The claims stand in transactions.
    with django_assert_max_num_queries(25):
        deliver_due_messages(now_fn=clock)
