from datetime import timedelta

import pytest

from rtportal.messaging import leases
from rtportal.messaging.leases import LEASE
from rtportal.messaging.models import DeliveryAttempt, Message
from rtportal.messaging.opaque import opaque_id
from rtportal.messaging.reports import Report
from rtportal.messaging.use_cases.apply_report import apply_report
from rtportal.messaging.use_cases.recover_leases import recover_leases
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue, states

pytestmark = pytest.mark.django_db


def test_of_a_dead_workers_messages_one_is_for_a_human_and_the_others_are_due_again():
    queue(1, 2, 3)
    lease = leases.claim(now=NOW, size=50)
    leases.turn(lease, start=lease.messages[0], now=NOW)
    assert recover_leases(now=NOW + LEASE) == (1, 2)
    assert states() == {1: "unknown", 2: "queued", 3: "queued"}
    attempt = DeliveryAttempt.objects.get()
    assert (attempt.message.about_id, attempt.number, attempt.outcome) == (1, 1, "unknown")
    assert Message.objects.get(about_id=1).detail
    assert Message.objects.get(about_id=2).attempt_count == 0


def test_a_lease_that_still_runs_is_left_alone():
    queue(1)
    leases.claim(now=NOW, size=50)
    assert recover_leases(now=NOW + LEASE - timedelta(seconds=1)) == (0, 0)
    assert states() == {1: "sending"}


def test_what_the_channel_reports_of_an_unknown_message_settles_it():
    queue(1)
    lease = leases.claim(now=NOW, size=1)
    [message] = lease.messages
    leases.turn(lease, start=message, now=NOW)
    recover_leases(now=NOW + LEASE)
    report = Report(state=Message.State.DELIVERED, opaque=opaque_id(message.pk, 1))
    apply_report(channel=message.channel, report=report, now=NOW + LEASE)
    assert states() == {1: "delivered"}


def test_a_failure_that_nobody_followed_up_goes_on_to_the_next_link():
    queue(1, route=(("email", "a@rt.test"), ("letter", "RT 001")))
    Message.objects.update(state="failed")
    recover_leases(now=NOW)
    assert Message.objects.get(channel="letter").state == "task"


def test_recovering_twice_changes_nothing_more():
    queue(1, 2)
    lease = leases.claim(now=NOW, size=50)
    leases.turn(lease, start=lease.messages[0], now=NOW)
    recover_leases(now=NOW + LEASE)
    assert recover_leases(now=NOW + 2 * LEASE) == (0, 0)
    assert DeliveryAttempt.objects.count() == 1
