"""Speakers who answer while the office publishes, and messages that go out meanwhile: nothing is lost or told wrong."""

from datetime import time

import pytest
from django.db import DatabaseError

from programs.errors import Refusal
from programs.models import WavePublication
from rtportal.messaging.models import Message
from sessions.models import SessionSpeaker, SpeakerBooking
from sessions.use_cases._session_parts import Part
from sessions.use_cases.answer_as_speaker import answer_as_speaker
from sessions.use_cases.save_session import save_session
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


def test_two_sessions_that_list_the_same_speakers_in_opposite_order_do_not_wait_in_a_circle():
    official = factories.user()
    for number in range(ROUNDS):
        pair = [factories.speaker(position=f"{who} {number}") for who in ("Camat", "Dandim")]
        sessions = [lecture(factories.wave(), pair[0], starts=time(9 + 2 * place)) for place in range(2)]
        for session in sessions:
            SessionSpeaker.objects.create(session=session, speaker=pair[1])
            publish(session.wave)

        def saying_yes(session, speakers):
            return lambda: save_session(
                wave=session.wave,
                session=session,
                version=session.version,
                **session_fields(session),
                parts=[Part(who.pk, status="confirmed", seen="invited") for who in speakers],
                actor=official,
                now=NOW,
            )

        answers = together(saying_yes(sessions[0], pair), saying_yes(sessions[1], pair[::-1]))
        assert not [answer for answer in answers if isinstance(answer, Exception)], answers
        assert SpeakerBooking.objects.filter(speaker__in=pair).count() == 4


def session_fields(session) -> dict:
    return {name: getattr(session, name) for name in ("kind", "title", "starts_at", "ends_at", "room", "note")}
