"""What providers post, from the address to what becomes of it."""

import json

import pytest
from django.urls import reverse

from rtportal.messaging.models import ChannelEvent, Message, OptOut, Reply
from rtportal.messaging.references import message_id_of
from rtportal.messaging.use_cases.read_channel_events import read_channel_events
from tests.factories import NOW
from tests.rtportal.messaging.channels.email.returned_mail import answer, bounce
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db
GATEWAY, EMAIL = reverse("messaging:gateway_call_back"), reverse("messaging:email_call_back")
SECRET = "rahasia-penyedia"
PHONE = "+6281234567890"


@pytest.fixture(autouse=True)
def _secrets(settings):
    settings.GATEWAY = settings.GATEWAY | {"secret": SECRET}
    settings.BOUNCES_SECRET = SECRET


def post(client, address: str, body: bytes, *, secret: str = SECRET, content_type: str = "message/rfc822"):
    return client.post(address, body, content_type=content_type, headers={"X-Webhook-Secret": secret})


def as_json(client, address: str, body: object):
    return post(client, address, json.dumps(body).encode(), content_type="application/json")


def sent(channel: str, address: str, **fields) -> Message:
    [message] = queue(1, route=((channel, address), ("manual", PHONE)))
    Message.objects.filter(pk=message.pk).update(state="accepted", attempt_count=1, **fields)
    message.refresh_from_db()
    return message


@pytest.mark.parametrize("address", [GATEWAY, EMAIL])
@pytest.mark.parametrize("secret", ["", "salah", SECRET[:-1], "é"])
def test_without_the_secret_nothing_is_taken(client, address, secret):
    assert post(client, address, b"id=1&status=sent", secret=secret).status_code == 403
    assert not ChannelEvent.objects.exists()


@pytest.mark.parametrize("address", [GATEWAY, EMAIL])
def test_without_a_secret_in_the_settings_there_is_no_such_address(client, settings, address):
    settings.GATEWAY = settings.GATEWAY | {"secret": ""}
    settings.BOUNCES_SECRET = ""
    assert post(client, address, b"x", secret="").status_code == 404


def test_a_status_of_the_gateway_raises_its_message(client):
    message = sent("gateway", PHONE, reference="80367170")
    assert post(client, GATEWAY, b"id=80367170&status=delivered").status_code == 200
    # In the wrong order, and twice.
    assert post(client, GATEWAY, b"id=80367170&status=sent").status_code == 200
    assert post(client, GATEWAY, b"id=80367170&status=delivered").status_code == 200
    read_channel_events(now=NOW)
    message.refresh_from_db()
    assert message.state == "delivered"
    assert ChannelEvent.objects.count() == 2


def test_a_number_the_gateway_gave_up_goes_to_the_next_link(client):
    message = sent("gateway", PHONE, reference="80367170")
    as_json(client, GATEWAY, {"id": "80367170", "status": "invalid"})
    read_channel_events(now=NOW)
    message.refresh_from_db()
    assert (message.state, message.failure) == ("failed", "address")
    assert Message.objects.get(channel="manual").state == "task"


def test_an_answer_through_the_gateway_is_taken_once(client):
    sent("gateway", PHONE)
    for _ in range(2):
        as_json(client, GATEWAY, {"sender": PHONE[1:], "message": "Berhenti", "inboxid": "5"})
        read_channel_events(now=NOW)
    assert Reply.objects.get().state == "stopped"
    assert OptOut.objects.get().address == PHONE


@pytest.mark.parametrize(
    "body", [b"{", b'{"a": ' * 100_000, b"\xff\xfe=\x00", b'{"sender": "\\ud800", "message": "\\ud83d"}']
)
def test_nonsense_is_refused_or_kept_and_breaks_nothing(client, body):
    assert post(client, GATEWAY, body).status_code in (200, 400)
    read_channel_events(now=NOW)


def mailed(address: str = "rt1@rt.test") -> tuple[Message, str]:
    message = sent("email", address)
    return message, message_id_of(message, "portal.test")


@pytest.mark.parametrize(
    ("status", "failure"), [("5.1.1", "address"), ("5.2.2", "undelivered"), ("4.4.7", "undelivered")]
)
def test_mail_that_came_back_has_failed_and_the_next_link_follows(client, status, failure):
    message, name = mailed()
    assert post(client, EMAIL, bounce(name, status=status)).status_code == 200
    read_channel_events(now=NOW)
    message.refresh_from_db()
    assert (message.state, message.failure) == ("failed", failure)
    assert status in message.detail
    assert Message.objects.get(channel="manual").dedupe_key == "letter:1@manual"


def test_mail_that_is_only_late_changes_nothing(client):
    message, name = mailed()
    post(client, EMAIL, bounce(name, action="delayed", status="4.4.1"))
    read_channel_events(now=NOW)
    message.refresh_from_db()
    assert message.state == "accepted"


def test_a_made_up_report_of_a_mail_we_never_sent_changes_nothing(client):
    message, _ = mailed()
    post(client, EMAIL, bounce(f"<{message.pk}.1111111111@portal.test>"))
    read_channel_events(now=NOW)
    message.refresh_from_db()
    assert message.state == "accepted"


def test_a_provider_may_report_returned_mail_as_json(client):
    message, name = mailed()
    assert (
        as_json(client, EMAIL, [{"message_id": name, "status": "5.1.1", "detail": "no such user"}]).status_code == 200
    )
    read_channel_events(now=NOW)
    message.refresh_from_db()
    assert message.detail == "Surel kembali (5.1.1): no such user"


@pytest.mark.parametrize("body", [{}, [], [1], "x", [{"status": "5.1.1"}], None])
def test_json_without_a_message_is_refused_or_says_nothing(client, body):
    assert as_json(client, EMAIL, body).status_code in (200, 400)
    assert not ChannelEvent.objects.exists()


def test_an_answer_by_mail_reaches_the_office(client):
    _, name = mailed()
    post(client, EMAIL, answer(name, text="Parkirnya di mana?"))
    read_channel_events(now=NOW)
    reply = Reply.objects.get()
    assert (reply.channel, reply.address, reply.text, reply.state) == (
        "email",
        "rt1@rt.test",
        "Parkirnya di mana?",
        "new",
    )
