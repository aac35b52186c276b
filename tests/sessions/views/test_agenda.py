"""The agenda page of a wave."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import Wave
from sessions.models import SessionSpeaker
from tests import factories


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


def url(wave, name: str = "agenda") -> str:
    return reverse(f"training_sessions:{name}", args=[wave.pk])


def signed_in(client, **fields):
    client.force_login(factories.user(**fields))
    return client


def test_an_official_reads_times_rooms_speakers_and_clashes(client, wave):
    who = factories.speaker(institution="BNNK Tabalong")
    factories.session(wave=wave, title="Pencegahan narkoba", speakers=[who], room="Ruang 2")
    factories.session(wave=wave, title="Tupoksi RT", starts=time(9, 30), room="ruang 2")
    SessionSpeaker.objects.update(status="tentative")
    page = signed_in(client).get(url(wave)).content.decode()
    assert "09.00–10.00 WITA" in page
    assert "Kepala BNNK Tabalong, BNNK Tabalong" in page
    assert "tentatif" in page
    assert "Dua sesi di ruang Ruang 2 pada waktu yang sama" in page
    assert page.count("Bentrok</span>") == 2  # at both sessions; the sentence stands above
    assert "Tambah sesi" in page


def test_a_viewer_reads_but_finds_no_buttons(client, wave):
    factories.session(wave=wave)
    page = signed_in(client, role="viewer").get(url(wave)).content.decode()
    assert "Pencegahan narkoba" in page
    assert "/ubah/" not in page.split("</nav>")[-1]
    assert "Tambah sesi" not in page


def test_a_strangers_official_finds_nothing(client, wave):
    signed_in(client, region=factories.JAMBI)
    assert client.get(url(wave)).status_code == 404


def queries_of(client, wave) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(url(wave))
    return len(queries)


def test_a_long_agenda_costs_as_many_queries_as_a_short_one(client, wave):
    signed_in(client)
    factories.session(wave=wave, speakers=[factories.speaker()])
    client.get(url(wave))
    short = queries_of(client, wave)
    assert short <= 24
    for number in range(12):
        speakers = [factories.speaker(), factories.speaker()]
        factories.session(wave=wave, title=f"Sesi {number}", group=f"Kelompok {number}", speakers=speakers)
    assert queries_of(client, wave) == short


def test_jp_are_summed_up_for_the_wave_the_day_and_each_group(client, wave):
    factories.session(wave=wave, title="Pembukaan", kind="opening", starts=time(8, 0), minutes=45)
    factories.session(wave=wave, title="Bersama", starts=time(8, 45), minutes=90)
    factories.session(wave=wave, title="Diskusi", kind="discussion", starts=time(11, 0), minutes=45, group="Kelompok A")
    page = signed_in(client).get(url(wave)).content.decode()
    assert "<strong>Kelompok A 3 JP @45 menit</strong>" in page
    factories.session(wave=wave, title="Lain", starts=time(11, 0), minutes=90, group="Kelompok B", room="Ruang 2")
    page = client.get(url(wave)).content.decode()
    assert "<strong>Kelompok A 3 JP, Kelompok B 4 JP @45 menit</strong>" in page


def test_rooms_stand_side_by_side_and_a_break_across_all(client, wave):
    first = factories.session(wave=wave, starts=time(9, 0), minutes=50)
    other = factories.session(wave=wave, starts=time(9, 0), room="Ruang 2")
    rest = factories.session(wave=wave, title="ISHOMA", kind="break", starts=time(12, 0))
    page = signed_in(client).get(url(wave)).content.decode()
    for session, place in (
        (first, "fh-9 fm-0 th-9 tm-50 room-1 lane-0 of-1"),
        (other, "fh-9 fm-0 th-10 tm-0 room-2 lane-0 of-1"),
        (rest, "fh-12 fm-0 th-13 tm-0 wide"),
    ):
        assert f'kind-{session.kind} {place}" id="sesi-{session.pk}"' in page
    assert f'data-room="">{wave.venue.name}<' in page
    assert 'data-room="Ruang 2">Ruang 2<' in page


def test_who_declined_and_who_is_unsure_is_said_in_words(client, wave):
    factories.session(wave=wave, speakers=[factories.speaker()])
    SessionSpeaker.objects.update(status="declined")
    assert '<span class="status status-bad">menolak</span>' in signed_in(client).get(url(wave)).content.decode()


def test_every_day_of_a_wave_of_several_days_has_its_own_timetable(client, wave):
    Wave.objects.filter(pk=wave.pk).update(ends_at=wave.ends_at + timedelta(days=1))
    factories.session(wave=wave)
    page = signed_in(client).get(url(wave)).content.decode()
    assert "Hari ke-1: Rabu, 8 April 2026" in page
    assert "Hari ke-2: Kamis, 9 April 2026" in page
    assert 'data-day="2026-04-09"' in page
    assert "Belum ada sesi pada hari ini." in page
