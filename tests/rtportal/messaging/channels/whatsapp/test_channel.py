"""The channel against Meta's API as the stub speaks it, over real HTTP."""

from datetime import datetime, timedelta

import pytest
import requests

from rtportal.lib import clock
from rtportal.messaging.channels.base import ChannelUnavailable, PermanentRefusal, Person, TemporaryRefusal
from rtportal.messaging.channels.whatsapp.channel import UnclearAnswer, channel, refusal_in
from rtportal.messaging.channels.whatsapp.client import Answer as HttpAnswer
from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message
from rtportal.messaging.opaque import opaque_id, read_opaque_id
from tests.infra.temporary import free_port
from tests.infra.whatsapp_stub import Answer
from tests.rtportal.messaging.letters import LETTER, queue
from tests.rtportal.messaging.whatsapp import PHONE, approve

pytestmark = pytest.mark.django_db
Failure = Message.Failure
BODY = "Yth. Bapak/Ibu {nama}, kami tunggu kedatangannya di {tempat} pada hari itu."
LINK = "http://localhost:8000/u/rahasia/"
CONTENT = Content("Undangan", "Isi", values={"nama": "Ahmad", "tempat": "Aula", "tautan": LINK})


@pytest.fixture
def template(meta, settings):
    settings.BASE_URL = "http://localhost:8000"
    return approve(meta, body=BODY, parameters=["nama", "tempat"], has_link=True, has_replies=True)


@pytest.fixture
def sender(meta):
    with channel.open() as sender:
        yield sender


def letter(number: int = 1, **fields) -> Message:
    [message] = queue(number, channel="whatsapp", **({"address": f"+62812000000{number:02}"} | fields))
    return message


def send(sender, message: Message | None = None, content: Content = CONTENT, expires_at: datetime | None = None):
    return sender.send(message or letter(), content, expires_at=expires_at)


def test_a_person_is_reached_by_a_mobile_number():
    assert channel.address_of(Person(phone="0812-3456-7890")) == PHONE
    assert channel.address_of(Person(phone="0526-2021234", email="a@b.test")) == ""


def test_nobodys_telephone_rings_for_a_made_up_person(sender, template, meta):
    assert channel.address_of(Person(phone=PHONE, is_synthetic=True)) == ""
    with pytest.raises(PermanentRefusal):
        send(sender, letter(is_synthetic=True))
    assert meta.messages == []


def test_a_kind_is_carried_with_an_approved_template_only(template):
    assert channel.carries(LETTER) == ""
    assert "belum disetujui" in channel.carries("invitation")
    template.category = "MARKETING"
    template.save()
    assert channel.carries(LETTER)


def test_the_budget_is_what_the_settings_say(settings):
    settings.WHATSAPP_PEOPLE_PER_DAY, settings.WHATSAPP_PRICE = 2000, 400
    assert (channel.pace.people_per_day, channel.price) == (2000, 400)
    assert channel.pace.person_gap == timedelta(seconds=6)


def test_it_is_configured_by_token_and_number(settings):
    settings.WHATSAPP_TOKEN, settings.WHATSAPP_PHONE_NUMBER_ID = "x", ""
    assert not channel.is_configured()
    with pytest.raises(ChannelUnavailable), channel.open():
        pass


def test_a_message_is_the_template_filled_with_what_its_kind_says(sender, template, meta):
    message = letter()
    receipt = send(sender, message)
    [sent] = meta.messages
    assert receipt.reference == sent.wamid
    assert (sent.to, sent.template, sent.values) == ("6281200000001", template.name, ["Ahmad", "Aula"])
    opaque = opaque_id(message.pk, message.attempt_count)
    assert sent.opaque == opaque
    assert sent.buttons == ["u/rahasia/", f"RSVP:{opaque}:HADIR", f"RSVP:{opaque}:TIDAK"]
    assert read_opaque_id(sent.opaque) == (message.pk, 0)


def test_without_an_approved_template_nothing_is_sent(sender, meta):
    with pytest.raises(PermanentRefusal) as refusal:
        send(sender)
    assert refusal.value.failure == Failure.CONTENT


def test_a_value_that_is_missing_is_named(sender, template, meta):
    with pytest.raises(PermanentRefusal, match="tempat"):
        send(sender, content=Content("x", "y", values={"nama": "Ahmad", "tautan": LINK}))
    assert meta.messages == []


def test_a_link_to_somewhere_else_is_not_sent(sender, template, meta):
    elsewhere = Content("x", "y", values={**CONTENT.values, "tautan": "https://lain.test/u/rahasia/"})
    with pytest.raises(PermanentRefusal, match="Tautan"):
        send(sender, content=elsewhere)
    assert meta.messages == []


def test_a_message_whose_own_end_is_near_goes_on_to_another_channel(sender, template, meta):
    with pytest.raises(PermanentRefusal) as refusal:
        send(sender, letter(expires_at=clock.now() + timedelta(minutes=59)))
    assert refusal.value.failure == Failure.UNDELIVERED
    assert meta.messages == []


def test_nothing_is_handed_over_that_could_ring_in_the_quiet_hours(sender, template, meta):
    soon = clock.now() + timedelta(minutes=59)
    with pytest.raises(TemporaryRefusal) as refusal:
        send(sender, expires_at=soon)
    assert timedelta(minutes=58) < refusal.value.retry_after <= timedelta(minutes=59)
    assert meta.messages == []
    send(sender, expires_at=clock.now() + timedelta(minutes=61))
    assert len(meta.messages) == 1


@pytest.mark.parametrize(("numbers", "failure"), [("not_on_whatsapp", Failure.ADDRESS), ("capped", "undelivered")])
def test_a_number_that_cannot_be_reached_is_refused_for_good(sender, template, meta, numbers, failure):
    getattr(meta, numbers).add("6281200000001")
    with pytest.raises(PermanentRefusal) as refusal:
        send(sender)
    assert refusal.value.failure == failure


@pytest.mark.parametrize("status", ["PAUSED", "DISABLED", "REJECTED"])
def test_a_template_that_meta_stopped_is_a_matter_of_content(sender, template, meta, status):
    meta.templates[template.name] = status
    with pytest.raises(PermanentRefusal) as refusal:
        send(sender)
    assert refusal.value.failure == Failure.CONTENT


def test_a_second_message_to_one_person_waits_six_seconds(sender, template, meta):
    send(sender)
    with pytest.raises(TemporaryRefusal) as refusal:
        send(sender, letter(2, address="+6281200000001"))
    assert refusal.value.retry_after == timedelta(seconds=6)


def test_too_many_in_one_second_stop_the_channel_for_a_while(sender, template, meta):
    meta.per_second = 1
    send(sender)
    with pytest.raises(ChannelUnavailable) as refusal:
        send(sender, letter(2))
    assert refusal.value.until > clock.now()


def test_retry_after_is_obeyed(sender, template, meta):
    meta.answer, meta.retry_after = lambda body: Answer.SLOW_DOWN, 600
    with pytest.raises(ChannelUnavailable) as refusal:
        send(sender)
    assert refusal.value.until > clock.now() + timedelta(seconds=590)


def test_a_dead_token_stops_the_channel_and_is_named(template, meta, settings):
    settings.WHATSAPP_TOKEN = "expired"
    with channel.open() as sender, pytest.raises(ChannelUnavailable, match="WHATSAPP_TOKEN"):
        send(sender)


def test_trouble_that_meta_itself_reports_is_over_later(sender, template, meta):
    meta.answer = lambda body: Answer.TROUBLE
    with pytest.raises(TemporaryRefusal):
        send(sender)
    assert meta.messages == []


def test_where_meta_cannot_be_reached_nothing_was_sent(template, settings):
    settings.WHATSAPP_API_URL = f"http://127.0.0.1:{free_port()}/v25.0"
    with channel.open() as sender, pytest.raises(ChannelUnavailable):
        send(sender)


def test_a_connection_cut_after_the_request_leaves_open_what_happened(sender, template, meta):
    meta.answer = lambda body: Answer.ACCEPT_THEN_CUT
    with pytest.raises(requests.RequestException):
        send(sender)
    assert len(meta.messages) == 1


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_gateway_that_broke_in_between_leaves_it_open_too(status):
    assert isinstance(refusal_in(HttpAnswer(status, {})), UnclearAnswer)


@pytest.mark.parametrize("status", [302, 404, 407, 503])
def test_an_answer_that_is_not_metas_blames_the_address_and_no_person(status):
    assert isinstance(refusal_in(HttpAnswer(status, {})), ChannelUnavailable)


def test_an_id_names_the_attempt_and_cannot_be_made_up():
    assert read_opaque_id(opaque_id(12, 3)) == (12, 3)
    assert read_opaque_id(opaque_id(12, 3).replace("12-", "13-")) is None
    assert read_opaque_id("") is None
    assert ":" not in opaque_id(10**17, 99999)
