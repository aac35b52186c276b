"""What Meta posts, over real HTTP and signed; and what comes of it once the task has read it."""

from datetime import timedelta

import pytest
from django.test import Client

from rtportal.lib import clock
from rtportal.messaging.channels.whatsapp.signature import signature_of
from rtportal.messaging.models import ChannelEvent, Message, Reply
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.read_channel_events import read_channel_events
from rtportal.messaging.views.whatsapp_webhook import LARGEST_BODY
from tests import factories
from tests.infra.whatsapp_events import StatusText
from tests.infra.whatsapp_stub import Answer
from tests.rtportal.messaging.letters import queue
from tests.rtportal.messaging.whatsapp import approve, steer, webhook, whatsapp_template

State = Message.State


@pytest.fixture
def meta(settings, whatsapp_stub):
    steer(settings, whatsapp_stub)
    settings.MESSAGE_CHANNELS = ["whatsapp", "manual"]
    settings.WHATSAPP_PEOPLE_PER_DAY = 250
    return whatsapp_stub


def read_events() -> int:
    return read_channel_events(now=clock.now())


def verify(**changes) -> tuple[int, str]:
    query = {"hub.mode": "subscribe", "hub.verify_token": "stub-verify", "hub.challenge": "1158201444"}
    response = Client().get(webhook(), query | changes)
    return response.status_code, response.content.decode()


def test_meta_gets_its_challenge_back_for_the_right_token(meta):
    assert verify() == (200, "1158201444")


@pytest.mark.parametrize(
    "changes", [{"hub.verify_token": "guess"}, {"hub.verify_token": ""}, {"hub.mode": "x"}, {"hub.verify_token": "é"}]
)
def test_a_wrong_token_is_refused(meta, changes):
    status, text = verify(**changes)
    assert status == 403
    assert "1158201444" not in text


def test_without_a_token_in_the_settings_nobody_is_verified(meta, settings):
    settings.WHATSAPP_VERIFY_TOKEN = ""
    assert verify(**{"hub.verify_token": ""})[0] == 403


def post(body: bytes, signature: str | None = None):
    header = signature_of(body, "stub-secret") if signature is None else signature
    return Client(enforce_csrf_checks=True).post(
        webhook(), body, content_type="application/json", headers={"X-Hub-Signature-256": header}
    )


@pytest.mark.django_db
@pytest.mark.parametrize("signature", ["", "sha256=00", signature_of(b"{}", "other")])
def test_what_is_not_signed_by_meta_is_refused_and_not_kept(meta, signature):
    assert post(b"{}", signature).status_code == 403
    assert not ChannelEvent.objects.exists()


@pytest.mark.django_db
def test_a_signed_post_without_events_is_taken(meta):
    assert post(b"{}").status_code == 200
    assert post(b'{"entry": [{"changes": "x"}]}').status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"", b"no json", b"[" * 5000, b"\xff\xfe"])
def test_what_is_no_json_is_said_so(meta, body):
    assert post(body).status_code == 400


@pytest.mark.django_db
def test_a_body_that_is_too_large_is_not_read_to_its_end(meta):
    assert post(b" " * (LARGEST_BODY + 1)).status_code == 413


@pytest.fixture
def sent(meta, live_server, settings, transactional_db):
    """Three letters that WhatsApp has taken, as the stub knows them."""
    meta.webhook_url = live_server.url + webhook()
    approve(meta)
    factories.regions()
    for number in (1, 2, 3):
        address = f"+62812000000{number:02}"
        queue(number, route=(("whatsapp", address), ("manual", address)), due_at=clock.now(), urgent_reason="uji")
    deliver_due_messages()
    return meta


def states() -> list[str]:
    return list(Message.objects.filter(channel="whatsapp").order_by("about_id").values_list("state", flat=True))


def test_statuses_late_doubled_and_out_of_order_end_where_they_should(sent):
    first, second, third = sent.messages
    assert states() == [State.ACCEPTED] * 3
    batch = [StatusText(first.wamid, status, first.opaque) for status in ("read", "sent", "delivered", "read")]
    batch += [StatusText(second.wamid, "delivered", to=""), StatusText(third.wamid, "failed", code=131026)]
    for _ in range(2):
        assert sent.report(*batch).status_code == 200
        read_events()
    assert states() == [State.READ, State.DELIVERED, State.FAILED]
    assert ChannelEvent.objects.count() == 5
    assert not ChannelEvent.objects.filter(processed_at=None).exists()


def test_a_failure_is_told_over_the_next_link(sent):
    sent.report(StatusText(sent.messages[0].wamid, "failed", code=131049))
    read_events()
    successor = Message.objects.get(channel="manual")
    assert (successor.state, successor.address) == (State.TASK, "+6281200000001")


def test_a_forged_report_changes_nothing(sent):
    assert sent.report(StatusText(sent.messages[0].wamid, "read"), signed=False).status_code == 403
    assert read_events() == 0
    assert states() == [State.ACCEPTED] * 3


def test_a_message_whose_answer_was_lost_settles_itself(sent):
    sent.answer = lambda body: Answer.ACCEPT_THEN_CUT
    queue(4, route=(("whatsapp", "+6281200000004"),), due_at=clock.now(), urgent_reason="uji")
    deliver_due_messages()
    assert states()[3] == State.UNKNOWN
    lost = sent.messages[3]
    sent.report(StatusText(lost.wamid, "sent", lost.opaque))
    read_events()
    assert states()[3] == State.ACCEPTED
    assert Message.objects.get(about_id=4).reference == lost.wamid
    assert len(sent.messages) == 4


def test_a_report_that_overtakes_its_own_receipt_waits_for_it(sent):
    row = Message.objects.get(about_id=1)
    in_a_minute = clock.now() + timedelta(minutes=1)
    Message.objects.filter(pk=row.pk).update(state=State.SENDING, lease="x", lease_until=in_a_minute, reference="")
    sent.report_each("delivered", sent.messages[:1])
    assert read_events() == 0
    Message.objects.filter(pk=row.pk).update(
        state=State.ACCEPTED, lease="", lease_until=None, reference=sent.messages[0].wamid
    )
    assert read_events() == 1
    assert states()[0] == State.DELIVERED


def test_a_report_about_nothing_of_ours_is_settled_after_a_while(sent):
    sent.report(StatusText("wamid.OTHER", "read"))
    assert read_events() == 0
    assert read_channel_events(now=clock.now() + timedelta(minutes=11)) == 1
    assert ChannelEvent.objects.get().outcome == "pesan tidak dikenal"


def test_a_reply_is_kept_once_with_what_it_answers(sent):
    for _ in range(2):
        sent.say("6281200000001", text="Insya Allah", context=sent.messages[0].wamid, wamid="wamid.IN", at=1700000000)
    read_events()
    reply = Reply.objects.get()
    assert (reply.channel, reply.address, reply.text) == ("whatsapp", "+6281200000001", "Insya Allah")
    assert reply.message.about_id == 1


def test_metas_decision_about_a_template_holds_from_then_on(sent):
    pending = whatsapp_template("invitation", status="pending")
    sent.decide(pending.name, "REJECTED", "INVALID_FORMAT")
    read_events()
    pending.refresh_from_db()
    assert (pending.status, pending.reason) == ("rejected", "bentuk templat tidak sah")


@pytest.mark.django_db
def test_an_event_that_cannot_be_understood_holds_nothing_back(meta):
    now = clock.now()
    broken = {"kind": "status", "item": {"id": ["x"], "status": {}, "timestamp": 10**30, "errors": 5}}
    ChannelEvent.objects.create(channel="whatsapp", key="1", payload=broken, received_at=now)
    ChannelEvent.objects.create(channel="whatsapp", key="2", payload=[], received_at=now)
    ChannelEvent.objects.create(channel="gone", key="3", payload={}, received_at=now)
    assert read_events() == 3
