"""What the session's form says about speakers once the schedule is published: answers are live, the rest is a draft."""

from datetime import time, timedelta

import pytest

from participants.publishing import has_unpublished_changes, publish
from programs.errors import Refusal
from programs.models import Wave
from sessions.models import SessionSpeaker, SpeakerBooking
from sessions.use_cases.save_session import Part, save_session
from tests import factories
from tests.factories import NOW


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


def published(wave) -> Wave:
    publish(wave=wave, acknowledged=[], actor=None, now=NOW)
    return wave


def ask(wave, who, starts=time(9, 0)):
    session = factories.session(wave=wave, starts=starts)
    SessionSpeaker.objects.create(session=session, speaker=who)
    return session


def save(session, *parts, **fields):
    kept = ("kind", "title", "starts_at", "ends_at", "room", "group", "note", "version")
    values = {name: getattr(session, name) for name in kept} | fields
    return save_session(wave=session.wave, session=session, **values, parts=parts, actor=factories.user(), now=NOW)


def test_a_yes_in_the_form_takes_the_speaker_and_shows_in_the_published_schedule_at_once(wave):
    who = factories.speaker()
    session = ask(wave, who)
    published(wave)
    save(session, Part(who.pk, status="confirmed"), title="Judul baru")
    fresh = Wave.objects.select_related("publication", "venue", "program__region").get(pk=wave.pk)
    [item] = fresh.publication.facts["agenda"]
    assert item["speakers"][0]["status"] == "confirmed"
    assert SpeakerBooking.objects.get().speaker == who
    # The title is a draft until somebody publishes it.
    assert item["title"] == "Pencegahan narkoba"
    assert has_unpublished_changes(fresh)


def test_a_second_yes_at_the_same_time_is_refused_and_nothing_is_saved(wave):
    who = factories.speaker()
    other = factories.wave(program=wave.program, number=2, areas=())
    taken, wanted = ask(wave, who), ask(other, who, time(9, 30))
    published(wave)
    published(other)
    save(taken, Part(who.pk, status="confirmed"))
    with pytest.raises(Refusal) as refusal:
        save(wanted, Part(who.pk, status="confirmed"), title="Judul baru")
    assert "sudah bersedia pada “Pencegahan narkoba” di Gelombang 1" in refusal.value.sentence
    wanted.refresh_from_db()
    assert (wanted.title, wanted.version) == ("Pencegahan narkoba", 1)
    assert SpeakerBooking.objects.count() == 1


def test_moving_a_published_session_changes_no_booking_until_it_is_published(wave):
    who = factories.speaker()
    session = ask(wave, who)
    published(wave)
    save(session, Part(who.pk, status="confirmed"))
    booked = SpeakerBooking.objects.values().get()
    session.refresh_from_db()
    hour = timedelta(hours=1)
    part = Part(who.pk, status="confirmed", seen="confirmed")
    save(session, part, starts_at=session.starts_at + hour, ends_at=session.ends_at + hour)
    assert SpeakerBooking.objects.values().get() == booked
