"""Mail from the outbox to a mail server that misbehaves, and what becomes of the rows."""

from datetime import timedelta

import pytest

from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from tests.factories import NOW
from tests.infra.smtp import Answer, SmtpSink
from tests.rtportal.messaging.letters import Clock, queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _server(settings, smtp_sink: SmtpSink) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", smtp_sink.port, 1
    settings.MESSAGE_CHANNELS = ["email", "manual"]


def mail(number: int = 1) -> Message:
    [message] = queue(number, route=(("email", f"rt-{number}@rt.test"), ("manual", "+6281234567890")))
    return message


def state_of(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.failure


def test_it_arrives_as_text_and_as_html(smtp_sink):
    message = mail()
    assert deliver_due_messages(now_fn=lambda: NOW) == 1
    [received] = smtp_sink.messages
    assert received.text.strip() == "Isi surat nomor 1."
    assert "Isi surat nomor 1." in received.email.get_body(("html",)).get_content()
    assert state_of(message) == ("accepted", "")
    assert received.email["Message-ID"] == message.reference


def test_a_mailbox_that_is_not_there_fails_at_once_and_the_next_link_follows(smtp_sink):
    message = mail()
    smtp_sink.refused.add("rt-1@rt.test")
    deliver_due_messages(now_fn=lambda: NOW)
    assert state_of(message) == ("failed", "address")
    pass_on_failures(now=NOW)
    assert Message.objects.get(channel="manual").state == "task"


def test_a_server_that_greylists_gets_it_again_later(smtp_sink):
    message = mail()
    smtp_sink.answer = lambda received: Answer.LATER
    clock = Clock()
    deliver_due_messages(now_fn=clock)
    assert state_of(message) == ("queued", "")
    assert message.due_at > NOW
    smtp_sink.answer = lambda received: Answer.ACCEPT
    clock.advance((message.due_at - NOW + timedelta(seconds=1)).total_seconds())
    assert deliver_due_messages(now_fn=clock) == 1
    assert state_of(message) == ("accepted", "")
    assert len(smtp_sink.messages) == 1


@pytest.mark.parametrize("answer", [Answer.HANG, Answer.DROP, Answer.ACCEPT_THEN_DROP])
def test_where_nobody_knows_whether_it_was_taken_a_human_decides_and_it_is_not_sent_again(smtp_sink, answer):
    message = mail()
    smtp_sink.answer = lambda received: answer
    deliver_due_messages(now_fn=lambda: NOW)
    assert state_of(message) == ("unknown", "")
    smtp_sink.answer = lambda received: Answer.ACCEPT
    smtp_sink.release()
    assert deliver_due_messages(now_fn=lambda: NOW + timedelta(days=1)) == 0
    assert pass_on_failures(now=NOW) == 0
    assert len(smtp_sink.messages) <= 1
