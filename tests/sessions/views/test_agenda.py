"""The agenda page of a wave and copying an agenda."""

from datetime import time, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from sessions.models import SessionSpeaker, TrainingSession
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
    assert page.count("Bentrok</span>") == 3  # in the list above and at both sessions
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
    assert client.post(url(wave, "agenda_copy")).status_code == 404


def test_a_long_agenda_costs_as_many_queries_as_a_short_one(client, wave, django_assert_num_queries):
    signed_in(client)
    factories.session(wave=wave, speakers=[factories.speaker()])
    client.get(url(wave))
    with django_assert_num_queries(13):
        client.get(url(wave))
    for number in range(12):
        factories.session(wave=wave, title=f"Sesi {number}", speakers=[factories.speaker(), factories.speaker()])
    with django_assert_num_queries(13):
        client.get(url(wave))


# Copying


@pytest.fixture
def empty(wave):
    factories.session(wave=wave)
    day = factories.WAVE_DAY + timedelta(days=7)
    return factories.wave(program=wave.program, number=2, on=day, areas=())


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_an_empty_agenda_offers_to_copy_that_of_another_wave(client, wave, empty):
    page = signed_in(client).get(url(empty)).content.decode()
    assert "Belum ada sesi" in page
    assert f'<option value="{wave.pk}">Gelombang 1' in page
    response = client.post(url(empty, "agenda_copy"), {"dari": wave.pk})
    assert response.headers["Location"] == url(empty)
    assert told(response) == ["1 sesi disalin dari Gelombang 1. Periksa waktu dan ruangnya."]
    assert empty.training_sessions.get().title == "Pencegahan narkoba"


def test_copying_onto_an_agenda_says_why_not(client, wave, empty):
    factories.session(wave=empty, title="Sudah ada")
    response = signed_in(client).post(url(empty, "agenda_copy"), {"dari": wave.pk})
    assert told(response) == ["Gelombang ini sudah mempunyai agenda, jadi tidak ada yang disalin."]
    assert TrainingSession.objects.count() == 2


@pytest.mark.parametrize("chosen", ["", "abc", "-1", "\0", "9" * 40, "9" * 5000])
def test_choosing_nothing_to_copy_says_so(client, empty, chosen):
    response = signed_in(client).post(url(empty, "agenda_copy"), {"dari": chosen})
    assert told(response) == ["Pilih gelombang yang agendanya akan disalin."]


def test_a_wave_that_is_not_offered_cannot_be_copied(client, empty):
    assert signed_in(client).post(url(empty, "agenda_copy"), {"dari": "999999"}).status_code == 404


def test_a_viewer_may_not_copy(client, wave, empty):
    assert signed_in(client, role="viewer").post(url(empty, "agenda_copy"), {"dari": wave.pk}).status_code == 403
