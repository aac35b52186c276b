from datetime import timedelta

import pytest

from rtportal.messaging import leases
from rtportal.messaging.leases import LEASE, RENEW_AFTER, Closing, LeaseLost
from rtportal.messaging.models import DeliveryAttempt, Message
from rtportal.messaging.use_cases.recover_leases import recover_leases
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue, states

pytestmark = pytest.mark.django_db


def sent(message: Message) -> Closing:
    return Closing(
        message=message, state=Message.State.ACCEPTED, at=NOW, outcome=DeliveryAttempt.Outcome.ACCEPTED, reference="r"
    )


def test_a_claim_takes_the_oldest_due_messages():
    queue(1, due_at=NOW)
    queue(2, due_at=NOW - timedelta(hours=1))
    queue(3, due_at=NOW + timedelta(seconds=1))
    queue(4, due_at=NOW)
    lease = leases.claim(now=NOW, size=2)
    assert [message.about_id for message in lease.messages] == [2, 1]
    assert states() == {1: "sending", 2: "sending", 3: "queued", 4: "queued"}


def test_what_is_claimed_is_not_claimed_again():
    queue(1, 2)
    leases.claim(now=NOW, size=50)
    assert leases.claim(now=NOW, size=50).messages == []


def test_channels_can_be_left_out_of_a_claim():
    queue(1, channel="email")
    queue(2, channel="inbox")
    assert [m.about_id for m in leases.claim(now=NOW, size=50, without={"email"}).messages] == [2]


def test_one_turn_closes_a_message_and_starts_the_next():
    queue(1, 2)
    lease = leases.claim(now=NOW, size=50)
    first, second = lease.messages
    leases.turn(lease, start=first, now=NOW)
    leases.turn(lease, close=sent(first), start=second, now=NOW + timedelta(seconds=3))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.lease, first.attempt_count, first.closed_at, first.reference) == (
        "accepted",
        "",
        1,
        NOW,
        "r",
    )
    assert (second.state, second.started_at, second.attempt_count) == ("sending", NOW + timedelta(seconds=3), 1)
    assert DeliveryAttempt.objects.values_list("message_id", "number", "channel", "started_at").get() == (
        first.pk,
        1,
        first.channel,
        NOW,
    )


def test_a_started_message_keeps_which_edition_it_tells():
    queue(1, 2)
    lease = leases.claim(now=NOW, size=50)
    first, second = lease.messages
    leases.turn(lease, start=first, edition=11, now=NOW)
    assert Message.objects.get(about_id=1).edition == 11
    leases.turn(lease, close=sent(first), start=second, now=NOW)
    assert list(Message.objects.order_by("about_id").values_list("edition", flat=True)) == [11, None]


def test_a_worker_that_lost_its_lease_changes_nothing():
    queue(1, 2)
    lease = leases.claim(now=NOW, size=50)
    first, second = lease.messages
    leases.turn(lease, start=first, now=NOW)
    recover_leases(now=NOW + LEASE)
    with pytest.raises(LeaseLost):
        leases.turn(lease, close=sent(first), start=second, now=NOW + LEASE)
    with pytest.raises(LeaseLost):
        leases.turn(lease, close=sent(first), now=NOW + LEASE)
    leases.release(lease, lease.messages, detail="x")
    assert states() == {1: "unknown", 2: "queued"}
    assert DeliveryAttempt.objects.get().outcome == "unknown"
    assert Message.objects.get(about_id=2).detail == ""


def test_a_lease_is_renewed_for_what_is_still_open():
    queue(1, 2)
    lease = leases.claim(now=NOW, size=50)
    leases.turn(lease, start=lease.messages[0], now=NOW)
    leases.turn(lease, close=sent(lease.messages[0]), now=NOW)
    leases.renew(lease, now=NOW + RENEW_AFTER - timedelta(seconds=1))
    assert Message.objects.get(about_id=2).lease_until == NOW + LEASE
    leases.renew(lease, now=NOW + RENEW_AFTER)
    assert Message.objects.get(about_id=2).lease_until == NOW + RENEW_AFTER + LEASE
    assert Message.objects.get(about_id=1).lease_until is None
