"""HADIR and TIDAK written to the portal: recorded where it is certain whose answer it is, else left to a human."""

from datetime import timedelta

import pytest

from participants.models import Answer, Enrolment, RTHead
from programs.models import Program
from rtportal.messaging.channels.whatsapp.events import events_in
from rtportal.messaging.models import Message, Reply
from rtportal.messaging.opaque import opaque_id
from rtportal.messaging.use_cases.keep_channel_events import keep_channel_events
from rtportal.messaging.use_cases.read_channel_events import read_channel_events
from rtportal.messaging.use_cases.receive_reply import receive_reply
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW
from tests.infra.whatsapp_events import inbound_post
from tests.participants.announcements import deliver, invited, moved
from tests.participants.successors import successor

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(db) -> Enrolment:
    """Somebody invited by e-mail, whose telephone the portal knows."""
    factories.regions(MURUNG_PUDAK)
    [one] = invited(factories.wave(), count=1)
    deliver()
    return one


def reply(text: str, enrolment: Enrolment, **fields) -> Reply:
    values = {
        "channel": "whatsapp",
        "address": enrolment.head.phone,
        "external_id": f"wamid.{Reply.objects.count()}",
        "now": NOW,
    }
    return receive_reply(**(values | {"text": text} | fields))


def told_over_whatsapp(enrolment: Enrolment) -> Message:
    """The same invitation as if it had gone over WhatsApp."""
    message = Message.objects.get(about_id=enrolment.pk, kind="invitation")
    Message.objects.filter(pk=message.pk).update(
        channel="whatsapp", address=enrolment.head.phone, reference=f"wamid.out{message.pk}"
    )
    message.refresh_from_db()
    return message


def button(message: Message, word: str) -> dict[str, str]:
    return {
        "payload": f"RSVP:{opaque_id(message.pk, message.attempt_count)}:{word}",
        "context_reference": message.reference,
    }


def test_hadir_from_the_number_of_the_only_open_invitation_is_its_answer(enrolment):
    received = reply("Insya Allah hadir pak", enrolment)
    assert received.state == "answered"
    enrolment.refresh_from_db()
    assert enrolment.answer == "confirmed"
    assert enrolment.answers.get().channel == Answer.Channel.WHATSAPP


def test_tidak_is_kept_with_what_was_written_as_its_reason(enrolment):
    assert reply("Maaf pak, saya tidak bisa hadir", enrolment).state == "answered"
    enrolment.refresh_from_db()
    assert (enrolment.answer, enrolment.reason) == ("declined", "Membalas “Maaf pak, saya tidak bisa hadir”")


def test_a_button_answers_the_invitation_it_stands_under(enrolment):
    message = told_over_whatsapp(enrolment)
    assert reply("Tidak bisa hadir", enrolment, **button(message, "TIDAK")).state == "answered"
    enrolment.refresh_from_db()
    assert enrolment.answer == "declined"


def test_over_another_provider_it_is_an_answer_by_reply(enrolment):
    reply("HADIR", enrolment, channel="gateway")
    assert enrolment.answers.get().channel == Answer.Channel.REPLY


def test_the_same_answer_again_adds_nothing(enrolment):
    reply("HADIR", enrolment)
    assert reply("hadir", enrolment).state == "answered"
    assert enrolment.answers.count() == 1


def test_another_answer_later_replaces_the_first(enrolment):
    reply("HADIR", enrolment)
    reply("TIDAK", enrolment, now=NOW + timedelta(hours=1))
    enrolment.refresh_from_db()
    assert enrolment.answer == "declined"
    assert enrolment.answers.count() == 2


@pytest.fixture
def family(enrolment) -> Enrolment:
    """Another head at the same number, invited too."""
    sister = factories.head(district=MURUNG_PUDAK, number="077", name="Siti Aminah", phone=enrolment.head.phone)
    return factories.enrolment(wave=enrolment.wave, head=sister)


def test_a_number_that_two_heads_share_is_never_guessed(enrolment, family):
    received = reply("HADIR", enrolment)
    assert received.state == "new"
    assert "lebih dari satu undangan" in received.note
    assert not Answer.objects.exists()


def test_of_two_heads_at_one_number_the_button_says_which(enrolment, family):
    message = told_over_whatsapp(enrolment)
    assert reply("Hadir", enrolment, **button(message, "HADIR")).state == "answered"
    assert [each.enrolment for each in Answer.objects.all()] == [enrolment]


def test_a_quoted_message_says_which_too(enrolment, family):
    message = told_over_whatsapp(enrolment)
    assert reply("hadir", enrolment, context_reference=message.reference).state == "answered"
    assert [each.enrolment for each in Answer.objects.all()] == [enrolment]


def test_what_a_predecessor_was_asked_is_not_answered_for_the_successor(enrolment):
    # The telephone belongs to the RT's office and goes on to the next head.
    message = told_over_whatsapp(enrolment)
    successor(enrolment.head, factories.user(), phone=enrolment.head.phone)
    received = reply("Hadir", enrolment, **button(message, "HADIR"))
    assert received.state == "new"
    assert "sudah diganti" in received.note
    assert not Answer.objects.exists()


def test_a_companion_who_is_reminded_does_not_answer_for_the_head(enrolment):
    message = told_over_whatsapp(enrolment)
    Message.objects.filter(pk=message.pk).update(kind="reminder_companion", address="+6281299999999")
    received = reply("TIDAK", enrolment, address="+6281299999999", **button(message, "TIDAK"))
    assert received.state == "new"
    assert "bukan ketua RT" in received.note
    assert not Answer.objects.exists()


def test_a_yes_to_a_day_that_has_changed_is_for_a_human(enrolment):
    message = told_over_whatsapp(enrolment)
    factories.publish(moved(enrolment.wave))
    for fields in ({}, button(message, "HADIR")):
        received = reply("HADIR", enrolment, **fields)
        assert received.state == "new"
        assert "jadwal yang sudah berubah" in received.note
    assert not Answer.objects.exists()


def test_after_the_deadline_a_human_decides(enrolment):
    received = reply("HADIR", enrolment, now=enrolment.wave.answer_deadline + timedelta(minutes=1))
    assert received.state == "new"
    assert "Batas jawaban" in received.note
    assert not Answer.objects.exists()


def test_after_the_day_there_is_no_open_invitation(enrolment):
    received = reply("HADIR", enrolment, now=enrolment.wave.ends_at)
    assert received.state == "new"
    assert "tidak mempunyai undangan" in received.note


def test_a_seat_that_is_gone_does_not_come_back_by_a_reply(enrolment):
    reply("TIDAK", enrolment)
    enrolment.wave.venue.capacity = 1
    enrolment.wave.venue.save()
    other = factories.head(district=MURUNG_PUDAK, number="078", phone="+6281277770000")
    factories.enrolment(wave=enrolment.wave, head=other)
    received = reply("HADIR", enrolment)
    assert received.state == "new"
    assert "penuh" in received.note
    enrolment.refresh_from_db()
    assert enrolment.answer == "declined"


def test_where_a_companion_must_be_named_a_human_asks(enrolment):
    Program.objects.update(companions=Program.Companions.REQUIRED)
    received = reply("HADIR", enrolment)
    assert received.state == "new"
    assert "pendamping" in received.note


def test_whoever_is_represented_is_asked_who_comes(enrolment):
    Enrolment.objects.update(
        answer="represented", answered_at=NOW, substitute_name="Budi", substitute_phone="+6281311112222"
    )
    assert reply("HADIR", enrolment).state == "new"


def test_a_reply_that_comes_late_does_not_undo_a_newer_answer(enrolment):
    reply("TIDAK", enrolment, now=NOW + timedelta(hours=1))
    received = reply("HADIR", enrolment, now=NOW)
    assert received.state == "new"
    assert "lebih baru" in received.note
    enrolment.refresh_from_db()
    assert enrolment.answer == "declined"


def test_what_meta_posts_becomes_an_answer_once(enrolment, settings):
    settings.WHATSAPP_PHONE_NUMBER_ID = "1122334455667"
    message = told_over_whatsapp(enrolment)
    sender = enrolment.head.phone.lstrip("+")
    post = inbound_post(
        sender,
        text="Hadir",
        payload=button(message, "HADIR")["payload"],
        context=message.reference,
        wamid="wamid.INBOUND1",
        at=int(NOW.timestamp()),
    )
    for _ in range(2):
        events = [(event.key, event.payload) for event in events_in(post)]
        keep_channel_events(channel="whatsapp", events=events, now=NOW)
        read_channel_events(now=NOW)
    answer = Answer.objects.get()
    assert (answer.enrolment, answer.kind, answer.channel) == (enrolment, "confirmed", "whatsapp")
    assert Reply.objects.get().state == "answered"


def test_somebody_whose_term_is_over_is_not_asked_by_number(enrolment):
    RTHead.objects.update(is_current=False)
    assert reply("HADIR", enrolment).state == "new"


def test_a_word_that_is_no_answer_finds_its_sender(enrolment):
    received = reply("Pak, parkirnya di mana?", enrolment)
    assert received.state == "new"
    assert received.message.about_id == enrolment.pk
    assert received.region_code == enrolment.village_id
