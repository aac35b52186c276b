"""Copying an agenda in the browser: into a wave, and from a wave to others."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from sessions.models import TrainingSession
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
    assert told(response) == ["Gelombang 2 dilewati: sudah mempunyai agenda (1 sesi)."]
    assert TrainingSession.objects.count() == 2


@pytest.mark.parametrize("chosen", ["", "abc", "-1", "\0", "9" * 40, "9" * 5000])
def test_choosing_nothing_to_copy_says_so(client, empty, chosen):
    response = signed_in(client).post(url(empty, "agenda_copy"), {"dari": chosen})
    assert told(response) == ["Pilih gelombang yang agendanya akan disalin."]


def test_a_wave_that_is_not_offered_cannot_be_copied(client, empty):
    assert signed_in(client).post(url(empty, "agenda_copy"), {"dari": "999999"}).status_code == 404


def test_a_viewer_may_not_copy(client, wave, empty):
    assert signed_in(client, role="viewer").post(url(empty, "agenda_copy"), {"dari": wave.pk}).status_code == 403


def test_a_strangers_official_copies_nothing(client, wave):
    signed_in(client, region=factories.JAMBI)
    for name in ("agenda_copy", "agenda_copy_to"):
        assert client.post(url(wave, name)).status_code == 404


# To several waves


@pytest.fixture
def third(wave, empty):
    made = factories.wave(program=wave.program, number=3, on=factories.WAVE_DAY + timedelta(days=14), areas=())
    factories.session(wave=made, title="Sudah ada")
    return made


def test_one_act_copies_to_all_that_were_ticked_and_names_who_was_left_out(client, wave, empty, third):
    page = signed_in(client).get(url(wave, "agenda_copy_to")).content.decode()
    assert "Rabu, 15 April 2026" in page
    assert "Ganti agendanya: 1 sesi yang ada dihapus" in page
    response = client.post(url(wave, "agenda_copy_to"), {"ke": [empty.pk, third.pk]})
    assert response.headers["Location"] == url(wave)
    assert told(response) == [
        "1 sesi disalin ke Gelombang 2. Narasumber tercantum sebagai diundang pada hari yang baru;"
        " tanyakan lagi kesediaannya.",
        "Gelombang 3 dilewati: sudah mempunyai agenda (1 sesi).",
    ]
    assert third.training_sessions.get().title == "Sudah ada"


def test_an_agenda_goes_only_where_that_was_ticked(client, wave, empty, third):
    response = signed_in(client).post(url(wave, "agenda_copy_to"), {"ke": [third.pk], "ganti": [third.pk]})
    assert "1 sesi disalin ke Gelombang 3." in told(response)[0]
    assert third.training_sessions.get().title == "Pencegahan narkoba"
    assert not empty.training_sessions.exists()


def test_a_refusal_keeps_what_was_ticked(client, wave, empty, third):
    page = signed_in(client).post(url(wave, "agenda_copy_to"), {"ke": [third.pk]}).content.decode()
    assert "Gelombang 3 dilewati: sudah mempunyai agenda (1 sesi)." in page
    assert f'value="{third.pk}" id="ke-{third.pk}" checked' in page


@pytest.mark.parametrize("ticked", [[], ["abc"], ["999999"], ["9" * 40], ["\0"]])
def test_ticking_nothing_that_exists_says_so(client, wave, empty, ticked):
    page = signed_in(client).post(url(wave, "agenda_copy_to"), {"ke": ticked}).content.decode()
    assert "Pilih paling sedikit satu gelombang tujuan." in page
    assert not empty.training_sessions.exists()


def test_a_viewer_may_not_copy_to_others(client, wave, empty):
    signed_in(client, role="viewer")
    assert client.post(url(wave, "agenda_copy_to"), {"ke": [empty.pk]}).status_code == 403


def test_the_list_of_waves_costs_the_same_for_many(client, wave, empty, django_assert_num_queries):
    signed_in(client)
    client.get(url(wave, "agenda_copy_to"))
    with django_assert_num_queries(9):
        client.get(url(wave, "agenda_copy_to"))
    for number in range(3, 9):
        factories.session(wave=factories.wave(program=wave.program, number=number, areas=()))
    with django_assert_num_queries(9):
        client.get(url(wave, "agenda_copy_to"))
