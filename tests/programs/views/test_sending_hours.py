from datetime import time

import pytest
from django.urls import reverse

from rtportal.messaging.models import SendingHours
from tests import factories
from tests.factories import JAMBI, TABALONG

pytestmark = pytest.mark.django_db

TYPED = {
    "opens_at": "08:00",
    "closes_at": "21:00",
    "is_friday_prayer_quiet": "on",
    "ramadan_closes_at": "",
    "version": "0",
}
EDIT = f"/pengaturan/jam-kirim/{TABALONG}/"


@pytest.fixture(autouse=True)
def official(client):
    factories.regions()
    SendingHours.objects.all().delete()
    factories.office()
    factories.office(region=JAMBI)
    who = factories.user()
    client.force_login(who)
    return who


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_list_says_the_hours_and_what_they_do(client):
    text = text_of(client.get(reverse("programs:sending_hours_list")))
    assert "Kabupaten Tabalong" in text
    assert "07.30–20.00" in text
    assert "Pesan yang dibuat pukul 21.10 dikirim besok 07.30 WITA." in text
    assert "Pesan yang dibuat hari Jumat pukul 11.45 dikirim 13.00 WITA." in text
    assert "Jambi" not in text


@pytest.mark.parametrize("code", ["%00", "63.0%009.01", "63.99"])
def test_there_are_no_hours_of_what_is_no_region(client, code):
    assert client.get(f"/pengaturan/jam-kirim/{code}/").status_code == 404


def test_hours_are_saved(client):
    response = client.post(EDIT, TYPED)
    assert response.status_code == 302
    row = SendingHours.objects.get()
    assert (row.region_id, row.opens_at, row.closes_at) == (TABALONG, time(8), time(21))
    assert (row.is_friday_prayer_quiet, row.ramadan_closes_at, row.is_holiday_quiet) == (True, None, False)


def test_while_typing_the_example_follows(client):
    response = client.get(EDIT, TYPED | {"opens_at": "06:15"}, headers={"hx-request": "true"})
    assert "Pesan yang dibuat pukul 21.10 dikirim besok 06.15 WITA." in text_of(response)
    open_late = client.get(EDIT, TYPED | {"closes_at": "23:00"}, headers={"hx-request": "true"})
    assert "Pesan yang dibuat pukul 21.10 dikirim saat itu juga." in text_of(open_late)


@pytest.mark.parametrize("typed", [{}, {"opens_at": "25:00"}, {"opens_at": "22:00"}, {"ramadan_closes_at": "05:00"}])
def test_hours_that_cannot_be_show_no_example(client, typed):
    data = TYPED | typed if typed else {}
    assert "contohnya tampil di sini" in text_of(client.get(EDIT, data, headers={"hx-request": "true"}))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"opens_at": ""}, "Bidang ini tidak boleh kosong."),
        ({"closes_at": "26:00"}, "Masukkan waktu yang valid."),
        ({"closes_at": "08:00"}, "Jam selesai harus sesudah jam mulai."),
        ({"ramadan_closes_at": "07:00"}, "Jam selesai selama Ramadan harus sesudah jam mulai."),
        ({"version": "x"}, "Ada yang perlu diperbaiki"),
    ],
)
def test_what_cannot_be_is_refused_in_words(client, typed, sentence):
    assert sentence in text_of(client.post(EDIT, TYPED | typed))
    assert not SendingHours.objects.exists()


def test_the_second_official_is_told_and_keeps_what_she_typed(client):
    client.post(EDIT, TYPED)
    text = text_of(client.post(EDIT, TYPED | {"opens_at": "09:45"}))
    assert "Data ini diubah petugas lain" in text
    assert 'value="09:45"' in text
    assert 'name="version" value="1"' in text


def test_another_kabupaten_does_not_exist_and_an_operator_only_looks(client):
    assert client.get(f"/pengaturan/jam-kirim/{JAMBI}/").status_code == 404
    assert client.get("/pengaturan/jam-kirim/apa/").status_code == 404
    client.force_login(factories.user(role="district_operator", region=factories.JARO))
    assert client.get(EDIT).status_code == 403
    assert "Ubah<span" not in text_of(client.get(reverse("programs:sending_hours_list")))
