from datetime import timedelta

import pytest

from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from rtportal.messaging.models import DeliveryAttempt, Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.resolve_unknown import resolve_unknown
from tests import factories
from tests.factories import NOW
from tests.infra.smtp import Answer
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def official():
    factories.regions(factories.TABALONG)
    return factories.user()


@pytest.fixture
def unknown(mail) -> Message:
    queue(1, expires_at=NOW + timedelta(days=1))
    mail.answer = lambda received: Answer.ACCEPT_THEN_DROP
    deliver_due_messages(now_fn=lambda: NOW)
    mail.answer = lambda received: Answer.ACCEPT
    return Message.objects.get()


def test_a_message_that_arrived_is_closed_as_sent(unknown, official, mail):
    resolve_unknown(message=unknown, decision="sent", by=official, now=LATER)
    assert Message.objects.values_list("state", "closed_at").get() == ("accepted", LATER)
    deliver_due_messages(now_fn=lambda: LATER)
    assert len(mail.messages) == 1


def test_a_message_that_did_not_arrive_is_sent_once_more(unknown, official, mail):
    resolve_unknown(message=unknown, decision="again", by=official, now=LATER)
    deliver_due_messages(now_fn=lambda: LATER)
    first, second = mail.messages
    assert first.email["Message-ID"] == second.email["Message-ID"]
    assert Message.objects.get().state == "accepted"
    assert list(DeliveryAttempt.objects.values_list("number", "outcome")) == [(1, "unknown"), (2, "accepted")]


def test_what_did_not_arrive_goes_on_to_the_next_link(unknown, official, mail):
    Message.objects.update(route=[["letter", "RT 001"]])
    resolve_unknown(message=unknown, decision="failed", by=official, now=LATER)
    first, second = Message.objects.order_by("pk")
    assert (first.state, first.failure, first.closed_at, first.passed_on_at) == ("failed", "undelivered", LATER, LATER)
    assert f"oleh {official}" in first.detail
    assert (second.channel, second.state, second.dedupe_key) == ("letter", "task", "letter:1@letter")
    assert AuditEvent.objects.get().action == "message.resolved_failed"
    deliver_due_messages(now_fn=lambda: LATER)
    assert len(mail.messages) == 1


def test_what_did_not_arrive_and_has_no_further_link_ends_there(unknown, official):
    resolve_unknown(message=unknown, decision="failed", by=official, now=LATER)
    assert Message.objects.get().state == "failed"


def test_who_decided_is_written_down(unknown, official):
    resolve_unknown(message=unknown, decision="again", by=official, now=LATER)
    line = AuditEvent.objects.get()
    assert (line.actor, line.action, line.subject) == (official, "message.resolved_again", "wave:1")
    assert "Ketua RT 1" in line.sentence


def test_a_second_decision_is_refused(unknown, official):
    resolve_unknown(message=unknown, decision="sent", by=official, now=LATER)
    with pytest.raises(InputError):
        resolve_unknown(message=unknown, decision="again", by=official, now=LATER)
    assert Message.objects.get().state == "accepted"
    assert AuditEvent.objects.count() == 1


def test_sending_again_after_its_time_is_refused(unknown, official):
    with pytest.raises(InputError, match="Batas waktu"):
        resolve_unknown(message=unknown, decision="again", by=official, now=NOW + timedelta(days=1))
    assert Message.objects.get().state == "unknown"
