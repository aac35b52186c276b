"""Messages from the outbox to a provider that misbehaves, and what becomes of the rows."""

from datetime import timedelta

import pytest

from rtportal.messaging.channels.gateway import channel as module
from rtportal.messaging.models import ChannelState, Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from tests.factories import NOW
from tests.infra.gateway_stub import Answer
from tests.rtportal.messaging.letters import Clock, queue, states

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _provider(gateway, settings, monkeypatch):
    settings.MESSAGE_CHANNELS = ["gateway", "manual"]
    monkeypatch.setattr(module, "TIMEOUTS", (1, 0.3))


def write(*numbers: int) -> None:
    for number in numbers:
        phone = f"+6281234567{number:03d}"
        queue(number, route=(("gateway", phone), ("manual", phone)))


def deliver(clock: Clock) -> int:
    """With a sleep that lets the time pass at once."""
    return deliver_due_messages(now_fn=clock, sleep=clock.advance)


def test_each_goes_out_once_with_the_gap_of_the_settings(gateway, settings):
    settings.GATEWAY = gateway.options(gap=5)
    write(1, 2, 3)
    clock = Clock()
    assert deliver(clock) == 3
    assert [taken.form["target"] for taken in gateway.taken] == [f"6281234567{number:03d}" for number in (1, 2, 3)]
    assert clock.at - NOW >= timedelta(seconds=10)
    references = set(Message.objects.values_list("reference", flat=True))
    assert references == {"8000001", "8000002", "8000003"}


def test_a_number_that_cannot_be_reached_goes_to_the_next_link(gateway):
    gateway.answer = lambda taken: Answer.BAD_NUMBER if taken.form["target"].endswith("001") else Answer.ACCEPT
    write(1, 2)
    deliver(Clock())
    assert Message.objects.get(about_id=1, channel="gateway").failure == "address"
    pass_on_failures(now=NOW)
    assert Message.objects.get(about_id=1, channel="manual").state == "task"
    assert Message.objects.get(about_id=2).state == "accepted"


@pytest.mark.parametrize("answer", [Answer.BUSY, Answer.CLOSED, Answer.NO_QUOTA, Answer.REDIRECT])
def test_a_provider_that_takes_nothing_is_left_alone_and_no_message_is_blamed(gateway, answer):
    gateway.answer = lambda taken: answer
    write(1, 2, 3)
    clock = Clock()
    deliver(clock)
    assert set(states().values()) == {"queued"}
    assert set(Message.objects.values_list("attempt_count", flat=True)) == {0}
    state = ChannelState.objects.get(channel="gateway")
    assert state.unavailable_since
    assert state.detail
    assert len(gateway.asked) == 1
    gateway.answer = lambda taken: Answer.ACCEPT
    # A pause that was asked for begins at whatever hour the test runs: eleven o'clock of the next day is open.
    clock.at = (state.paused_until + timedelta(days=1)).replace(hour=3, minute=0)
    assert deliver(clock) == 3
    assert ChannelState.objects.get(channel="gateway").unavailable_since is None


@pytest.mark.parametrize("answer", [Answer.ACCEPT_THEN_DROP, Answer.HANG, Answer.BROKEN, Answer.NONSENSE])
def test_where_nobody_knows_whether_it_was_taken_nothing_is_sent_again(gateway, answer):
    gateway.answer = lambda taken: answer
    write(1)
    clock = Clock()
    deliver(clock)
    assert states() == {1: "unknown"}
    gateway.answer = lambda taken: Answer.ACCEPT
    clock.advance(24 * 3600)
    assert deliver(clock) == 0
    assert len(gateway.asked) == 1


def test_a_dead_token_says_so_and_no_message_is_lost(gateway, settings):
    settings.GATEWAY = gateway.options(token="token-yang-mati")
    write(1, 2)
    deliver(Clock())
    assert set(states().values()) == {"queued"}
    state = ChannelState.objects.get(channel="gateway")
    assert "token" in state.detail
    assert "token-yang-mati" not in state.detail
