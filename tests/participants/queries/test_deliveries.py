"""The history of what was sent to one participant, and who needs a human."""

from datetime import timedelta

import pytest

from participants.queries.deliveries import deliveries_of, messages_of, need_a_human
from participants.use_cases.invite_participants import invite_participants
from rtportal.messaging.models import DeliveryAttempt, Message
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(settings):
    settings.MESSAGE_CHANNELS = ["inbox", "letter"]
    factories.regions()
    factories.heads(3)
    made = factories.wave()
    invite_participants(wave_id=made.pk, by=factories.user(), now=NOW)
    return made


def words(enrolment, now=NOW) -> list[list[str]]:
    return [[event.words for event in one.events] for one in deliveries_of(enrolment, may_act=True, now=now)]


def fail(message: Message) -> None:
    DeliveryAttempt.objects.create(
        message=message,
        number=1,
        channel="inbox",
        started_at=NOW,
        ended_at=NOW,
        outcome="permanent",
        detail="Kotak surat tidak ada.",
    )
    Message.objects.filter(pk=message.pk).update(
        state="failed", failure="address", closed_at=NOW, attempt_count=1, detail="Kotak surat tidak ada."
    )
    pass_on_failures(now=NOW)


def test_the_history_says_what_was_tried_why_it_failed_and_what_followed(wave):
    person = wave.enrolments.earliest("pk")
    fail(Message.objects.get(about_id=person.pk))
    letter, mail = deliveries_of(person, may_act=True, now=NOW)
    assert (letter.channel_label, letter.message.state) == ("Surat", "task")
    # It goes on as a letter, so the mail is not offered again.
    assert not mail.steps.may_try_again
    assert [event.words for event in mail.events] == [
        "Masuk antrean.",
        "Percobaan ke-1: ditolak. Kotak surat tidak ada.",
        "Sebab: alamat atau nomor tidak dapat dipakai.",
        "Diteruskan lewat Surat.",
    ]


def test_the_history_says_until_when_a_message_is_held_and_what_the_channel_reported(wave):
    person = wave.enrolments.earliest("pk")
    message = Message.objects.filter(about_id=person.pk)
    message.update(due_at=NOW + timedelta(hours=8), hold="quiet")
    assert words(person) == [["Masuk antrean.", "Ditahan sampai jam kirim."]]
    message.update(state="read", hold="", reported_at=NOW + timedelta(hours=9), closed_at=NOW)
    assert words(person) == [["Masuk antrean.", "Laporan dari Kotak masuk percobaan: dibaca."]]


def test_who_may_not_act_is_offered_nothing(wave):
    person = wave.enrolments.earliest("pk")
    [seen] = deliveries_of(person, may_act=False, now=NOW)
    [acting] = deliveries_of(person, may_act=True, now=NOW)
    assert seen.steps is None
    assert (acting.steps.may_withdraw, acting.steps.next_label) == (True, "Surat")


def test_a_long_history_costs_two_queries(wave, django_assert_num_queries):
    person = wave.enrolments.earliest("pk")
    fail(Message.objects.get(about_id=person.pk))
    with django_assert_num_queries(2):
        assert len(deliveries_of(person, may_act=True, now=NOW)) == 2


def test_a_human_is_needed_where_nothing_follows_by_itself(wave):
    official = factories.user()
    first, second, third = Message.objects.order_by("about_id")
    fail(first)
    Message.objects.filter(pk=second.pk).update(state="unknown", closed_at=NOW)
    # The first one goes on as a letter, the third one still waits.
    assert [message.about_id for message in need_a_human(wave, official)] == [second.about_id]
    Message.objects.filter(channel="letter").update(state="failed", passed_on_at=NOW)
    found = need_a_human(wave, official)
    assert {message.about_id for message in found} == {first.about_id, second.about_id}
    wave.enrolments.filter(pk=second.about_id).update(answer="confirmed", answered_at=NOW)
    assert [message.about_id for message in need_a_human(wave, official)] == [first.about_id]
    assert third.state == "queued"


def test_only_people_in_scope_are_seen(wave):
    operator = factories.user(role="district_operator", region=JARO)
    assert not messages_of(wave, operator).exists()
    assert messages_of(wave, factories.user(role="district_operator", region=MURUNG_PUDAK)).count() == 3
