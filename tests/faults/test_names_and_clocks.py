"""Names that nobody resolves any more, and a clock that jumps a day: clear words, nothing lost, nothing twice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rtportal.messaging.models import ChannelState, Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.recover_leases import recover_leases
from tests import factories
from tests.factories import NOW
from tests.infra.smtp import SmtpSink
from tests.rtportal.messaging.letters import queue

pytestmark = [pytest.mark.django_db, pytest.mark.faults]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _server(settings, smtp_sink: SmtpSink) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", smtp_sink.port, 1
    settings.MESSAGE_CHANNELS = ["email", "manual"]


def mails(count: int, **fields) -> list[Message]:
    return queue(*range(1, count + 1), route=(("email", "rt-1@rt.test"),), **fields)


def test_a_mail_server_whose_name_is_gone_rests_and_is_asked_again(settings, smtp_sink):
    [message] = mails(1)
    settings.EMAIL_HOST = "tidak-ada.invalid"
    deliver_due_messages(now_fn=lambda: NOW)
    message.refresh_from_db()
    assert message.state == "queued"
    state = ChannelState.objects.get(channel="email")
    assert state.unavailable_since
    assert "tidak dapat dihubungi" in state.detail
    settings.EMAIL_HOST = "127.0.0.1"
    deliver_due_messages(now_fn=lambda: NOW + timedelta(hours=1))
    message.refresh_from_db()
    assert (message.state, len(smtp_sink.messages)) == ("accepted", 1)


def test_officials_read_on_the_board_that_the_mail_server_is_not_there(settings):
    factories.regions()
    mails(1)
    settings.EMAIL_HOST = "tidak-ada.invalid"
    deliver_due_messages(now_fn=lambda: NOW)
    client = Client()
    client.force_login(factories.user())
    page = client.get(reverse("messaging:board"))
    assert page.status_code == 200
    assert "tidak dapat dihubungi" in page.content.decode()


@pytest.mark.parametrize("jump", [DAY, -DAY], ids=["a day ahead", "a day back"])
def test_a_clock_that_jumps_sends_nothing_twice(smtp_sink, jump):
    [message] = mails(1)
    deliver_due_messages(now_fn=lambda: NOW)
    for moment in (NOW + jump, NOW + jump + timedelta(minutes=5), NOW):
        recover_leases(now=moment)
        deliver_due_messages(now_fn=lambda moment=moment: moment)
    message.refresh_from_db()
    assert (message.state, len(smtp_sink.messages)) == ("accepted", 1)


def test_what_was_due_waits_while_the_clock_is_a_day_back_and_goes_when_it_is_right(smtp_sink):
    mails(1)
    deliver_due_messages(now_fn=lambda: NOW - DAY)
    assert smtp_sink.messages == []
    deliver_due_messages(now_fn=lambda: NOW)
    assert len(smtp_sink.messages) == 1
