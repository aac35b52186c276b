"""Two workers at the same messages at the same instant."""

from collections import Counter
from datetime import timedelta

import pytest

from rtportal.messaging import leases, pacing
from rtportal.messaging.channels import all_channels
from rtportal.messaging.channels.base import Pace
from rtportal.messaging.leases import LEASE
from rtportal.messaging.models import ChannelState, ChannelUse, DeliveryAttempt, Message
from rtportal.messaging.pacing import COUNTED
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from rtportal.messaging.use_cases.recover_leases import recover_leases
from tests.factories import NOW
from tests.infra.together import together
from tests.rtportal.messaging.letters import queue
from tests.rtportal.messaging.paced_channel import NAME, PacedChannel

MINUTE = timedelta(minutes=1)

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_two_claims_at_once_share_the_messages():
    queue(*range(200))
    claims = together(*[lambda: leases.claim(now=NOW, size=60)] * 4)
    taken = Counter(message.pk for lease in claims for message in lease.messages)
    assert set(taken.values()) == {1}
    assert len(taken) == Message.objects.filter(state="sending").count()
    for lease in claims:
        assert {message.lease for message in lease.messages} <= {lease.key}


def test_two_workers_at_once_send_each_message_once(settings, smtp_sink):
    settings.MESSAGE_CHANNELS = ["email"]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_sink.port
    queue(*range(230))
    accepted = together(*[lambda: deliver_due_messages(now_fn=lambda: NOW)] * 3)
    assert sum(accepted) == 230
    assert set(Message.objects.values_list("state", flat=True)) == {"accepted"}
    assert DeliveryAttempt.objects.count() == 230
    assert Counter(message.recipients[0] for message in smtp_sink.messages).most_common(1)[0][1] == 1


def test_two_sweeps_at_once_recover_each_message_once():
    queue(*range(60))
    lease = leases.claim(now=NOW, size=60)
    leases.turn(lease, start=lease.messages[0], now=NOW)
    found = together(*[lambda: recover_leases(now=NOW + LEASE)] * 3)
    assert sorted(found) == [(0, 0), (0, 0), (1, 59)]
    assert DeliveryAttempt.objects.count() == 1


def test_a_worker_closing_while_its_message_is_recovered_leaves_one_outcome():
    for number in range(30):
        queue(number)
        lease = leases.claim(now=NOW, size=1)
        [message] = lease.messages
        leases.turn(lease, start=message, now=NOW)
        closing = leases.Closing(
            message=message, state=Message.State.ACCEPTED, at=NOW, outcome=DeliveryAttempt.Outcome.ACCEPTED
        )
        together(
            lambda lease=lease, closing=closing: leases.turn(lease, close=closing, now=NOW),
            lambda: recover_leases(now=NOW + LEASE),
        )
        message.refresh_from_db()
        expected = {"accepted": "accepted", "unknown": "unknown"}[message.state]
        assert [attempt.outcome for attempt in message.attempts.all()] == [expected]


def test_two_who_follow_up_failures_at_once_write_each_next_link_once():
    queue(*range(90), route=(("email", "a@rt.test"), ("letter", "RT 001")))
    Message.objects.update(state="failed")
    added = together(*[lambda: pass_on_failures(now=NOW, size=20)] * 4)
    assert sum(added) == 90
    assert Message.objects.filter(channel="letter").count() == 90
    assert not Message.objects.not_passed_on().exists()


@pytest.fixture
def paced(monkeypatch) -> PacedChannel:
    channel = PacedChannel(lambda: NOW)
    monkeypatch.setitem(all_channels(), NAME, channel)
    return channel


def test_workers_at_once_never_use_more_of_a_budget_than_there_is(paced):
    paced.pace = Pace(people_per_day=50)
    queue(*range(200), channel=NAME)
    jobs = [lambda: deliver_due_messages(now_fn=lambda: NOW, sleep=lambda wait: None)] * 4
    assert sum(together(*jobs)) == 50
    assert len({one.address for one in paced.sent}) == len(paced.sent) == 50
    assert ChannelUse.objects.values("address").distinct().count() == 50
    assert ChannelState.objects.get(pk=NAME).paused_until == NOW + COUNTED


def test_workers_at_once_share_what_counts_already_and_do_not_count_it_twice(paced):
    paced.pace = Pace(people_per_day=10)
    queue(*range(10), channel=NAME)
    queue(*range(100, 140), channel=NAME, address="rt-3@rt.test")
    together(*[lambda: deliver_due_messages(now_fn=lambda: NOW, sleep=lambda wait: None)] * 4)
    assert len(paced.numbers) == len(set(paced.numbers)) == 50


def test_claims_at_once_over_a_channel_with_a_gap_reserve_each_slot_once(paced):
    gap = timedelta(milliseconds=100)
    paced.pace = Pace(gap=gap)
    queue(*range(90), channel=NAME)
    claims = together(*[lambda: pacing.claim(paced, now=NOW, size=20, until=NOW + MINUTE)] * 4)
    slots = sorted(at for claim in claims for at in claim.slots.values())
    assert slots == [NOW + number * gap for number in range(80)]
    assert len({key for claim in claims for key in claim.slots}) == 80


def test_over_a_channel_with_a_long_gap_only_one_of_the_workers_sends(paced):
    paced.pace = Pace(gap=timedelta(seconds=5))
    queue(*range(20), channel=NAME)
    claims = together(*[lambda: pacing.claim(paced, now=NOW, size=20, until=NOW + MINUTE)] * 4)
    assert sorted(len(claim.messages) for claim in claims) == [0, 0, 0, 2]
