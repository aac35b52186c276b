"""Who said yes is taken, and only for the hours that are published."""

from datetime import time

import pytest
from django.db import transaction

from programs.errors import Refusal
from sessions.bookings import book_part, rebook_wave, release_part
from sessions.models import SessionSpeaker, SpeakerBooking
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def dandim():
    factories.regions(factories.TABALONG)
    return factories.speaker(position="Dandim 1008/Tabalong")


def taken() -> list[tuple[int, str]]:
    rows = SpeakerBooking.objects.order_by("starts_at", "pk").values_list("speaker", "part__session__title")
    return [(speaker, title) for speaker, title in rows]


def part_of(session) -> SessionSpeaker:
    rows = SessionSpeaker.objects.select_related("session__wave__publication", "session__wave__program__region")
    return rows.get(session=session)


def test_publishing_takes_those_who_said_yes(dandim):
    wave = factories.wave()
    factories.session(wave=wave, title="Bela negara", speakers=[dandim])
    maybe = factories.session(wave=wave, title="Doa", starts=time(11), speakers=[factories.speaker(position="Camat")])
    standing_by = factories.session(wave=wave, title="Tanya jawab", starts=time(13), speakers=[dandim])
    maybe.session_speakers.update(status="tentative")
    standing_by.session_speakers.update(role="standby")
    factories.publish(wave)
    assert taken() == [(dandim.pk, "Bela negara")]
    with transaction.atomic():
        rebook_wave(wave, {})
    assert taken() == []


def test_a_yes_elsewhere_at_the_same_time_is_refused_by_name(dandim):
    first, second = factories.wave(), factories.wave()
    factories.session(wave=first, title="Bela negara", speakers=[dandim])
    factories.publish(first)
    factories.session(wave=second, title="Keamanan lingkungan", starts=time(9, 30), speakers=[dandim])
    with pytest.raises(Refusal) as refused:
        factories.publish(second)
    assert "Dandim 1008/Tabalong sudah bersedia pada “Bela negara” di Gelombang 1" in refused.value.sentence
    assert "Rabu, 8 April 2026, 09.00–10.00 WITA" in refused.value.sentence
    assert taken() == [(dandim.pk, "Bela negara")]


def test_two_sessions_of_one_wave_at_the_same_time_are_refused(dandim):
    wave = factories.wave()
    factories.session(wave=wave, title="Kelas A", speakers=[dandim])
    factories.session(wave=wave, title="Kelas B", starts=time(9, 59), speakers=[dandim])
    with pytest.raises(Refusal, match="dua sesi pada waktu yang sama"):
        factories.publish(wave)
    assert taken() == []


def test_one_session_right_after_the_other_is_no_overlap(dandim):
    wave = factories.wave()
    factories.session(wave=wave, title="Kelas A", speakers=[dandim])
    factories.session(wave=wave, title="Kelas B", starts=time(10), speakers=[dandim])
    factories.publish(wave)
    assert taken() == [(dandim.pk, "Kelas A"), (dandim.pk, "Kelas B")]


def test_an_answer_takes_the_published_hours_not_the_drafted_ones(dandim):
    wave = factories.wave()
    session = factories.session(wave=wave, speakers=[dandim])
    session.session_speakers.update(status="invited")
    published = factories.publish(wave).publication.facts["agenda"][0]["starts_at"]
    factories.session(wave=wave, title="Baru", starts=time(13), speakers=[dandim])
    session.starts_at = session.starts_at.replace(minute=30)
    session.save()
    part = part_of(session)
    part.status = "confirmed"
    with transaction.atomic():
        book_part(part)
    assert SpeakerBooking.objects.get().starts_at.isoformat() == published
    with transaction.atomic():
        release_part(part)
    assert taken() == []


def test_nobody_is_taken_by_a_draft(dandim):
    wave = factories.wave(published=False)
    session = factories.session(wave=wave, speakers=[dandim])
    with transaction.atomic():
        book_part(part_of(session))
    assert taken() == []


def test_a_session_taken_out_of_the_draft_keeps_its_speaker_until_that_is_published(dandim):
    wave, other = factories.wave(), factories.wave()
    session = factories.session(wave=wave, title="Bela negara", speakers=[dandim])
    factories.publish(wave)
    session.delete()
    factories.session(wave=other, title="Keamanan lingkungan", starts=time(9, 30), speakers=[dandim])
    with pytest.raises(Refusal, match="sudah bersedia pada “Bela negara” di Gelombang"), transaction.atomic():
        factories.publish(other)
    factories.publish(wave)
    factories.publish(other)
    assert taken() == [(dandim.pk, "Keamanan lingkungan")]


def test_a_speaker_put_into_the_same_session_again_is_taken_once(dandim):
    wave = factories.wave()
    session = factories.session(wave=wave, title="Bela negara", speakers=[dandim])
    factories.publish(wave)
    session.session_speakers.all().delete()
    assert SpeakerBooking.objects.get().part is None
    SessionSpeaker.objects.create(session=session, speaker=dandim, status="confirmed")
    with transaction.atomic():
        book_part(part_of(session))
    assert taken() == [(dandim.pk, "Bela negara")]
    part = part_of(session)
    session.session_speakers.all().delete()
    part.pk, part.status = None, "invited"
    part.save()
    with transaction.atomic():
        book_part(part)
    assert taken() == []


def test_what_an_office_elsewhere_plans_is_not_told():
    factories.regions()
    jambi = factories.program(region=factories.JAMBI)
    minister = factories.speaker(region="63", position="Gubernur")
    hall = factories.venue(region=factories.JAMBI)
    here, there = factories.wave(), factories.wave(program=jambi, venue=hall, areas=())
    factories.session(wave=there, title="Rahasia", speakers=[minister])
    factories.publish(there)
    factories.session(wave=here, title="Arahan", starts=time(10), speakers=[minister])
    with pytest.raises(Refusal) as refused:
        factories.publish(here)
    assert (
        "Gubernur sudah bersedia pada kegiatan di wilayah lain (Rabu, 8 April 2026, 10.00–11.00 WITA)"
        in refused.value.sentence
    )
    assert "Rahasia" not in refused.value.sentence
    assert there.program.name not in refused.value.sentence
