"""Two workers at the same messages at the same instant."""

from collections import Counter

import pytest

from rtportal.messaging import leases
from rtportal.messaging.leases import LEASE
from rtportal.messaging.models import DeliveryAttempt, Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from rtportal.messaging.use_cases.recover_leases import recover_leases
from tests.factories import NOW
from tests.infra.together import together
from tests.rtportal.messaging.letters import queue

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
