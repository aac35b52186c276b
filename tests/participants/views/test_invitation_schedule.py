"""Which schedule a personal page shows: the published one, and the part of it that is for its reader."""

from datetime import timedelta

import pytest

from participants.models import Answer, Enrolment
from programs.models import Wave
from rtportal.lib import clock
from sessions.models import SessionSpeaker
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    factories.regions(MURUNG_PUDAK)
    # The page reads the real clock, so the wave lies ahead of it.
    day = clock.local_date(clock.now(), "WITA") + timedelta(days=20)
    wave = factories.wave(venue=factories.venue(name="Aula Pendopo Bersinar"), on=day)
    factories.session(wave=wave, title="Pencegahan narkoba", speakers=[factories.speaker()])
    return factories.enrolment(wave=factories.publish(wave))


def path(enrolment: Enrolment) -> str:
    return factories.personal_path(enrolment)


def untouched(enrolment: Enrolment) -> bool:
    return Enrolment.objects.get(pk=enrolment.pk).answer == "" and not Answer.objects.exists()


def test_a_draft_of_time_place_or_agenda_is_seen_only_once_it_is_published(enrolment, client):
    wave = Wave.objects.get()
    before = client.get(path(enrolment)).content
    factories.session(wave=wave, title="Sesi tambahan")
    wave.starts_at -= timedelta(hours=1)
    wave.venue = factories.venue(name="Gedung Lain")
    wave.save()
    assert client.get(path(enrolment)).content == before
    factories.publish(wave)
    page = client.get(path(enrolment)).content.decode()
    for words in ("Sesi tambahan", "Gedung Lain", "07.00 WITA"):
        assert words in page


def test_room_and_group_are_said_and_another_groups_sessions_left_out(enrolment, client):
    wave = Wave.objects.get()
    for group, room in (("Kelompok A", "Ruang 1"), ("Kelompok B", "Ruang 2")):
        factories.session(wave=wave, title=f"Diskusi {group}", group=group, room=room)
    factories.publish(wave)
    page = client.get(path(enrolment)).content.decode()
    assert "(Ruang 1, Kelompok A)" in page
    assert "(Ruang 2, Kelompok B)" in page
    Enrolment.objects.update(group="Kelompok B")
    page = client.get(path(enrolment)).content.decode()
    assert "Diskusi Kelompok A" not in page
    assert "Diskusi Kelompok B" in page
    assert "Pencegahan narkoba" in page


def test_speakers_who_declined_or_only_stand_by_are_not_announced(enrolment, client):
    wave = Wave.objects.get()
    factories.session(wave=wave, title="Tupoksi", speakers=[factories.speaker(position=f"P{n}") for n in range(3)])
    SessionSpeaker.objects.filter(speaker__position="P1").update(status="declined")
    SessionSpeaker.objects.filter(speaker__position="P2").update(role="standby")
    factories.publish(wave)
    page = client.get(path(enrolment)).content.decode()
    assert [name in page for name in (">P0", ">P1", ">P2")] == [True, False, False]


def test_a_cancelled_wave_says_so_and_takes_no_answer(enrolment, client):
    Wave.objects.update(cancelled_at=NOW)
    page = client.get(path(enrolment)).content.decode()
    assert page.index("Kegiatan ini dibatalkan") < page.index("Waktu semula")
    assert "<button" not in page
    assert "Acara" not in page
    assert client.post(path(enrolment), {"answer": "confirmed"}).status_code == 409
    assert untouched(enrolment)


def test_who_answered_reads_of_the_cancellation_and_no_longer_of_being_expected(enrolment, client):
    client.post(path(enrolment), {"answer": "confirmed"})
    assert "tercatat <strong>hadir" in client.get(path(enrolment)).content.decode()
    Wave.objects.update(cancelled_at=NOW)
    page = client.get(path(enrolment)).content.decode()
    assert "tercatat" not in page
    assert page.count("Kegiatan ini dibatalkan") == 1


def test_a_wave_that_is_not_published_says_that_its_schedule_is_to_come(enrolment, client):
    Wave.objects.update(publication=None)
    page = client.get(path(enrolment)).content.decode()
    assert "Jadwal kegiatan ini belum terbit" in page
    assert "Aula Pendopo Bersinar" not in page
    assert client.post(path(enrolment), {"answer": "confirmed"}).status_code == 409
    assert untouched(enrolment)
