"""Speakers who answer while the office publishes, and messages that go out meanwhile: nothing is lost or told wrong."""

from datetime import time

import pytest
from django.db import DatabaseError

from programs.errors import Refusal
from programs.models import WavePublication
from rtportal.messaging.models import Message
from sessions.models import SessionSpeaker, SpeakerBooking
from sessions.use_cases.answer_as_speaker import answer_as_speaker
from tests import factories
from tests.factories import NOW
from tests.infra.together import together
from tests.sessions.speaker_world import deliver, invite, lecture, move, publish, told, with_link

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

ROUNDS = 8


@pytest.fixture(autouse=True)
def _regions():
    factories.regions(factories.TABALONG)


def answering(speaker, session):
    return lambda: answer_as_speaker(speaker=speaker, session_id=session.pk, status="confirmed", now=NOW)


def test_two_yeses_at_once_to_overlapping_sessions_are_one_yes():
    for _ in range(ROUNDS):
        who = with_link(factories.speaker(position="Dandim"))
        sessions = [lecture(factories.wave(), who, starts=time(9, minute)) for minute in (0, 30)]
        for session in sessions:
            publish(session.wave)
        answers = together(*[answering(who, session) for session in sessions])
        assert sorted(type(answer).__name__ for answer in answers) == ["Refusal", "SessionSpeaker"], answers
        assert SpeakerBooking.objects.filter(speaker=who).count() == 1
        assert SessionSpeaker.objects.filter(speaker=who, status="confirmed").count() == 1


def test_an_answer_and_a_publication_at_once_both_count():
    for number in range(ROUNDS):
        who = with_link(factories.speaker(position=f"Camat {number}"))
        wave = factories.wave()
        session = lecture(wave, who)
        publish(wave)
        move(session, 120)
        answers = together(answering(who, session), lambda wave=wave: publish(wave))
        assert not [answer for answer in answers if isinstance(answer, (Refusal, DatabaseError))], answers
        facts = WavePublication.objects.filter(wave=wave).first().facts
        assert facts["agenda"][0]["speakers"][0]["status"] == "confirmed"
        booking = SpeakerBooking.objects.get(speaker=who)
        assert booking.starts_at == session.starts_at


def test_whatever_a_worker_sends_meanwhile_the_last_word_holds():
    for number in range(ROUNDS):
        who = factories.speaker(position=f"Lurah {number}", email=f"lurah{number}@contoh.test")
        wave = factories.wave()
        session = lecture(wave, who)
        publish(wave)
        invite(wave)
        move(session, 60)
        answers = together(lambda wave=wave: publish(wave), deliver)
        assert not [answer for answer in answers if isinstance(answer, Exception)], answers
        Message.objects.filter(state="queued").update(due_at=NOW)
        deliver()
        texts = told(who)
        assert "10.00–11.00 WITA" in texts[-1]
        assert len(texts) == 1 + ("09.00–10.00 WITA" in texts[0])
        assert not Message.objects.filter(state="queued").exists()
