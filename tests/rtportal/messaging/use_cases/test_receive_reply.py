"""Replies as such: kept once, STOP and MULAI. How HADIR becomes an answer is asked in tests/participants."""

from datetime import timedelta

import pytest

from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message, OptOut, Reply
from rtportal.messaging.opaque import opaque_id
from rtportal.messaging.references import message_id_of
from rtportal.messaging.routes import opted_out
from rtportal.messaging.use_cases.receive_reply import LONGEST_TEXT, receive_reply
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db
PHONE = "+6281234567890"
ROUTE = (("gateway", PHONE), ("manual", PHONE))


def receive(text: str = "", **fields) -> Reply:
    values = {"channel": "gateway", "address": PHONE, "external_id": f"masuk-{Reply.objects.count()}", "now": NOW}
    return receive_reply(**(values | {"text": text} | fields))


def test_a_reply_is_kept_for_the_office_with_the_message_it_quotes():
    [message] = queue(1, route=ROUTE)
    Message.objects.update(state="accepted", reference="80367170")
    reply = receive("Pak, boleh bawa anak?", context_reference="80367170", sender_name="Ahmad")
    assert (reply.state, reply.text, reply.sender_name) == ("new", "Pak, boleh bawa anak?", "Ahmad")
    assert (reply.message, reply.region_code, reply.received_at) == (message, message.region_code, NOW)


def test_the_same_event_again_changes_nothing():
    receive("BERHENTI", external_id="masuk-1")
    receive("MULAI", external_id="masuk-1", now=NOW + timedelta(minutes=5))
    assert Reply.objects.get().state == "stopped"
    assert OptOut.objects.get().ended_at is None


def test_somebody_nobody_knows_is_kept_without_a_region():
    reply = receive("Halo, ini siapa")
    assert (reply.message, reply.region_code, reply.state) == (None, "", "new")


@pytest.mark.parametrize("word", ["STOP", "Berhenti.", "stop"])
def test_stop_ends_messages_on_that_channel_and_the_next_link_takes_over(word):
    [waiting] = queue(1, route=ROUTE)
    receive(word)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.failure, waiting.closed_at) == ("failed", "opted_out", NOW)
    assert word in waiting.detail
    assert opted_out([PHONE]) == {("gateway", PHONE)}
    following = Message.objects.exclude(pk=waiting.pk).get()
    assert (following.channel, following.state, following.dedupe_key) == ("manual", "task", "letter:1@manual")


def test_stop_leaves_what_is_out_already_and_what_goes_elsewhere():
    out, other, mail = queue(1, route=ROUTE) + queue(2, route=(("gateway", "+6281234567891"),)) + queue(3)
    Message.objects.filter(pk=out.pk).update(state="delivered")
    receive("STOP")
    for message in (out, other, mail):
        message.refresh_from_db()
    assert [out.state, other.state, mail.state] == ["delivered", "queued", "queued"]


def test_stopping_twice_is_stopping_once():
    receive("STOP")
    receive("STOP")
    assert OptOut.objects.count() == 1
    assert [reply.state for reply in Reply.objects.all()] == ["stopped", "stopped"]


def test_mulai_takes_it_back():
    receive("STOP")
    reply = receive("Mulai lagi", now=NOW + timedelta(days=1))
    assert reply.state == "resumed"
    assert opted_out([PHONE]) == set()
    assert OptOut.objects.get().ended_at == NOW + timedelta(days=1)
    receive("STOP", now=NOW + timedelta(days=2))
    assert OptOut.objects.count() == 2


def test_an_old_mulai_that_comes_late_does_not_take_back_a_newer_stop():
    receive("STOP", now=NOW + timedelta(hours=1))
    receive("MULAI", now=NOW)
    assert opted_out([PHONE]) == {("gateway", PHONE)}


def test_the_history_of_the_wave_tells_who_stopped():
    queue(1, route=ROUTE)
    Message.objects.update(state="accepted", reference="80367170")
    receive("STOP", context_reference="80367170")
    event = AuditEvent.objects.get(action="reply.opted_out")
    assert event.subject == "wave:1"
    assert event.sentence.startswith("Ketua RT 1 membalas “berhenti”")


def test_a_message_that_went_to_somebody_else_is_not_what_this_one_answers():
    queue(1, route=(("gateway", "+6281234567891"),))
    Message.objects.update(state="accepted", reference="80367170", attempt_count=1)
    message = Message.objects.get()
    button = f"RSVP:{opaque_id(message.pk, 1)}:HADIR"
    assert receive("ya pak", context_reference="80367170").message is None
    assert receive("Hadir", payload=button).state == "new"


def test_an_answer_about_nothing_the_portal_knows_waits_for_the_office_with_the_reason():
    reply = receive("HADIR")
    assert reply.state == "new"
    assert "tidak mempunyai undangan" in reply.note


def test_a_mail_counts_only_if_it_answers_one_of_ours():
    [message] = queue(1, channel="email", address="Rt-1@rt.test")
    mail = {"channel": "email", "address": "rt-1@rt.test"}
    assert receive("STOP", **mail).state == "new"
    assert not OptOut.objects.exists()
    receive("STOP", context_reference=message_id_of(message, "portal.test"), **mail)
    assert opted_out(["Rt-1@rt.test"]) == {("email", "Rt-1@rt.test")}


def test_whatever_somebody_writes_can_be_kept():
    factories.regions(MURUNG_PUDAK)
    for number, text in enumerate(["", "\0", "x" * 100_000, "🙏" * 5000, "RSVP:1-1-x:HADIR"]):
        reply = receive(
            text,
            payload=text[:200],
            context_reference=text[:300],
            sender_name=text,
            address=(text or PHONE)[:300],
            external_id=f"{number}{text[:500]}".replace("\0", ""),
        )
        assert len(reply.text) <= LONGEST_TEXT


def test_a_nik_that_somebody_answers_with_is_not_kept():
    reply = receive("NIK saya 6309061203700001, hubungi 081234567890")
    assert reply.text == "NIK saya 6309••••••••0001, hubungi 081234567890"
