"""Whoever was told is told again when it changes: once, and what holds then."""

import re
from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.models import WavePublication
from rtportal.lib import clock
from rtportal.messaging.models import Message
from sessions.models import SessionSpeaker, SpeakerInvitation
from sessions.speaker_facts import own_sessions
from tests import factories
from tests.factories import NOW
from tests.sessions.speaker_world import cancel, deliver, invite, kinds, lecture, move, publish, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(db):
    factories.regions(factories.TABALONG)
    return factories.wave()


@pytest.fixture
def dandim(wave):
    return factories.speaker(position="Dandim 1008/Tabalong", email="dandim@contoh.test")


@pytest.fixture
def session(wave, dandim):
    return lecture(wave, dandim)


@pytest.fixture
def informed(wave, session, dandim):
    """The speaker was told of the first schedule."""
    publish(wave)
    invite(wave)
    deliver()
    return dandim


def test_another_hour_is_told_once(wave, session, informed):
    move(session, 60)
    publish(wave)
    publish(wave)
    assert kinds() == ["speaker_schedule_changed"]
    deliver()
    assert len(told(informed)) == 2
    assert (
        "Waktu: Rabu, 8 April 2026, 10.00–11.00 WITA (semula Rabu, 8 April 2026, 09.00–10.00 WITA)"
        in (told(informed)[-1])
    )
    publish(wave)
    assert kinds() == []


def test_a_change_taken_back_before_it_is_sent_says_nothing(wave, session, informed):
    move(session, 60)
    publish(wave)
    move(session, -60)
    publish(wave)
    deliver()
    assert len(told(informed)) == 1
    assert kinds("withdrawn") == ["speaker_schedule_changed"]


def test_changes_of_others_and_of_answers_are_not_told(wave, session, informed):
    lecture(wave, factories.speaker(), title="Sesi orang lain", starts=time(13))
    session.session_speakers.update(status="confirmed")
    publish(wave)
    assert kinds() == []


def test_a_session_taken_away_is_told(wave, session, informed):
    lecture(wave, informed, title="Doa", starts=time(13))
    session.delete()
    publish(wave)
    deliver()
    text = told(informed)[-1]
    assert "Batal: “Bela negara”" in text
    assert "Baru: “Doa” (narasumber)" in text


def test_who_declined_is_left_in_peace(wave, session, informed):
    session.session_speakers.update(status="declined")
    publish(wave)
    move(session, 60)
    publish(wave)
    session.delete()
    publish(wave)
    assert kinds() == []


def test_a_cancelled_wave_is_told_with_its_reason(wave, informed):
    cancel(wave)
    cancel(wave)
    deliver()
    assert "Gelombang 1" in told(informed)[-1]
    assert "dibatalkan: Banjir" in told(informed)[-1]
    assert len(told(informed)) == 2


def test_an_invitation_that_waits_says_the_new_hour_itself(wave, session, dandim):
    publish(wave)
    invite(wave)
    move(session, 60)
    publish(wave)
    assert kinds() == ["speaker_invitation"]
    deliver()
    [text] = told(dandim)
    assert "10.00–11.00 WITA" in text


def test_an_invitation_that_waits_may_wait_until_the_new_hour(wave, session, dandim):
    publish(wave)
    invite(wave)
    move(session, 7 * 24 * 60)
    publish(wave)
    deliver(now=wave.ends_at)
    assert "Rabu, 15 April 2026" in told(dandim)[-1]


def test_an_invitation_that_waits_is_dropped_with_its_wave(wave, session, dandim):
    publish(wave)
    invite(wave)
    cancel(wave)
    deliver()
    assert told(dandim) == []
    assert kinds() == []


def test_what_was_in_a_workers_hands_is_corrected_only_if_it_told_the_old(wave, session, dandim):
    publish(wave)
    invite(wave)
    message = Message.objects.get()
    message.state, message.lease, message.lease_until = "sending", "x", NOW
    message.save()
    move(session, 60)
    publish(wave)
    assert kinds() == ["speaker_schedule_changed"]
    # While nobody knows what the first message tells, the second waits.
    deliver()
    assert kinds() == ["speaker_schedule_changed"]
    old = WavePublication.objects.get(wave=wave, number=2).pk
    Message.objects.filter(pk=message.pk).update(
        state="accepted", lease="", lease_until=None, started_at=NOW, edition=old
    )
    Message.objects.update(due_at=NOW)
    deliver()
    assert "10.00–11.00 WITA" in told(dandim)[-1]


def test_who_was_never_reached_gets_no_correction(wave, session, dandim):
    publish(wave)
    invite(wave)
    Message.objects.update(state="failed", closed_at=NOW)
    move(session, 60)
    publish(wave)
    assert kinds() == []


def test_nothing_is_corrected_once_it_is_over(wave, session, informed):
    move(session, 5)
    publish(wave, now=wave.ends_at)
    assert kinds() == []


def test_many_speakers_cost_as_many_queries_as_one(wave, session, informed, django_assert_num_queries):
    wave.training_sessions.update(room="Aula Lain")
    with CaptureQueriesContext(connection) as one:
        publish(wave)
    for number in range(20):
        lecture(wave, factories.speaker(position=f"Camat {number}", email=f"c{number}@contoh.test"), title=f"S{number}")
    publish(wave)
    invite(wave)
    deliver()
    wave.training_sessions.update(room="Aula Depan")
    with django_assert_num_queries(len(one)):
        publish(wave)
    assert len(kinds()) == 21


# What a reader of all messages in turn believes: title → time.
_SAYS = re.compile(r"“(S\d)” \([a-z ]+\)\nWaktu: ([^(\n]+?)(?: \(semula|\n)")


def believed(texts: list[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for text in texts:
        for title in re.findall(r"Batal: “(S\d)”", text):
            known.pop(title, None)
        known.update(_SAYS.findall(text))
        if "dibatalkan" in text:
            known.clear()
    return known


def truth(wave, speaker) -> dict[str, str]:
    publication = WavePublication.objects.filter(wave=wave).first()
    sessions = own_sessions(publication.facts, speaker.pk) if wave.cancelled_at is None else []
    zone = publication.facts["zone"]
    return {one.title: clock.span_words(one.starts_at, one.ends_at, zone) for one in sessions}


STEPS = st.lists(st.sampled_from(["later", "earlier", "leave", "join", "publish", "deliver", "invite"]), max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, ends_cancelled=st.booleans())
def test_after_any_edits_what_was_read_is_what_holds(transactional_reset, steps, ends_cancelled):
    wave, speaker = transactional_reset()
    first = lecture(wave, speaker, title="S1")
    second = lecture(wave, speaker, title="S2", starts=time(13))
    publish(wave)
    invite(wave)
    for step in [*steps, "publish"]:
        if step in {"later", "earlier"}:
            move(first, 15 if step == "later" else -15)
        elif step == "leave":
            SessionSpeaker.objects.filter(session=second).delete()
        elif step == "join":
            SessionSpeaker.objects.get_or_create(session=second, speaker=speaker)
        else:
            {"publish": publish, "deliver": lambda _: deliver(), "invite": invite}[step](wave)
    if ends_cancelled:
        cancel(wave)
    deliver()
    wave.refresh_from_db()
    texts = told(speaker)
    assert kinds() == []
    assert believed(texts) == truth(wave, speaker)
    # Nobody hears the same twice.
    assert len(set(texts)) == len(texts) or steps.count("publish") > 1


@pytest.fixture
def transactional_reset(db):
    factories.regions(factories.TABALONG)
    made = []

    def make():
        SpeakerInvitation.objects.all().delete()
        wave = factories.wave()
        made.append(wave)
        return wave, factories.speaker(position=f"Dandim {len(made)}", email=f"dandim{len(made)}@contoh.test")

    return make
