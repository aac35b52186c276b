from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import Venue
from rtportal.lib import clock
from tests import factories

pytestmark = pytest.mark.django_db

TYPED = {"name": "Aula Pendopo Bersinar Pembataan", "address": "Jl. Ahmad Yani", "capacity": "350", "version": "1"}


@pytest.fixture
def official(client):
    factories.regions(factories.TABALONG, factories.JAMBI)
    who = factories.user()
    client.force_login(who)
    return who


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_venue_is_created_in_the_only_region_whatever_the_browser_sends(client, official):
    response = client.post(reverse("programs:venue_create"), TYPED | {"region": factories.JAMBI})
    assert response.headers["Location"] == reverse("programs:venue_list")
    assert Venue.objects.get().region_id == factories.TABALONG


def test_a_venue_is_changed_and_keeps_its_region(client, official):
    venue = factories.venue(capacity=10)
    client.post(reverse("programs:venue_update", args=[venue.pk]), TYPED | {"region": factories.JAMBI})
    venue.refresh_from_db()
    assert (venue.capacity, venue.region_id) == (350, factories.TABALONG)


def test_a_venue_made_too_small_for_a_coming_wave_is_said_in_numbers(client, official):
    venue = factories.venue(capacity=10)
    factories.heads(5, district=factories.JARO)
    day = clock.local_date(clock.now(), "WITA") + timedelta(days=30)
    program = factories.program(name="Bimtek Ketua RT")
    factories.wave(program=program, venue=venue, on=day, areas=(factories.JARO,))
    url = reverse("programs:venue_update", args=[venue.pk])
    assert "Kursi tidak cukup" not in text_of(client.post(url, TYPED | {"capacity": "5"}, follow=True))
    text = text_of(client.post(url, TYPED | {"capacity": "3", "version": "2"}, follow=True))
    assert "Kursi tidak cukup untuk: Bimtek Ketua RT – Gelombang 1 (kurang 2)." in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"capacity": "0"}, "Kapasitas paling sedikit 1 kursi."),
        ({"capacity": "tiga"}, "Masukkan keseluruhan angka bilangan."),
        ({"capacity": "9" * 5000}, "Masukkan keseluruhan angka bilangan."),
        ({"name": " "}, "Bidang ini tidak boleh kosong."),
        ({"opens_at": "08:00"}, "Isi jam buka dan jam tutup berdua, atau kosongkan keduanya."),
        ({"closes_at": "08:00"}, "Isi jam buka dan jam tutup berdua, atau kosongkan keduanya."),
        ({"opens_at": "08:00", "closes_at": "08:00"}, "Jam tutup harus setelah jam buka."),
        ({"opens_at": "pagi", "closes_at": "08:00"}, "Masukkan waktu yang valid."),
        ({"latitude": "-2,17"}, "Isi lintang dan bujur berdua, atau kosongkan keduanya."),
        ({"longitude": "115,38"}, "Isi lintang dan bujur berdua, atau kosongkan keduanya."),
        ({"latitude": "utara", "longitude": "115,38"}, "bukan koordinat. Tulis seperti -2,17 atau -2.17."),
        ({"latitude": "115,38", "longitude": "-2,17"}, "Koordinat ini paling jauh 90 derajat dari nol."),
        ({"latitude": "-2.17, 200.1"}, "Koordinat ini paling jauh 180 derajat dari nol."),
    ],
)
def test_what_cannot_be_is_refused_in_words(client, official, changes, sentence):
    assert sentence in text_of(client.post(reverse("programs:venue_create"), TYPED | changes))
    assert not Venue.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"latitude": "-2,17", "longitude": "115,38"},
        {"latitude": "-2.17", "longitude": "115.38"},
        {"latitude": "-2.17, 115.38"},
        {"latitude": "-2.17,115.38", "longitude": "114"},
    ],
)
def test_coordinates_are_taken_as_people_write_and_paste_them(client, official, typed):
    client.post(reverse("programs:venue_create"), TYPED | typed | {"opens_at": "07:00", "closes_at": "17:30"})
    venue = Venue.objects.get()
    assert (venue.latitude, venue.longitude) == (-2.17, 115.38)
    text = text_of(client.get(reverse("programs:venue_update", args=[venue.pk])))
    assert 'value="-2,17"' in text
    assert 'value="17:30"' in text


def test_the_second_editor_is_told_and_loses_nothing_typed(client, official):
    venue = factories.venue(name="Aula Lama", capacity=350)
    url = reverse("programs:venue_update", args=[venue.pk])
    client.post(url, TYPED)
    text = text_of(client.post(url, TYPED | {"capacity": "120"}))
    assert "Isian Anda belum disimpan." in text
    assert "Aula Lama → Aula Pendopo Bersinar Pembataan" in text
    assert 'value="120"' in text
    client.post(url, TYPED | {"capacity": "120", "version": "2"})
    venue.refresh_from_db()
    assert venue.capacity == 120


def test_a_name_used_twice_is_refused_in_words(client, official):
    client.post(reverse("programs:venue_create"), TYPED)
    text = text_of(client.post(reverse("programs:venue_create"), TYPED))
    assert "Sudah ada tempat dengan nama ini di wilayah Anda." in text
    assert Venue.objects.count() == 1


@pytest.mark.parametrize("wish", ["https://jahat.test/", "//jahat.test/", "javascript:alert(1)", "/\\jahat.test"])
def test_the_way_back_never_leaves_the_site(client, official, wish):
    response = client.post(f"{reverse('programs:venue_create')}?kembali={wish}", TYPED)
    assert response.headers["Location"] == reverse("programs:venue_list")


def test_the_list_takes_as_many_queries_for_many_venues_as_for_one(client, official, django_assert_num_queries):
    url = reverse("programs:venue_list")
    factories.venue()
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    Venue.objects.bulk_create(
        Venue(region_id=factories.TABALONG, name=f"Balai {index}", capacity=50) for index in range(60)
    )
    with django_assert_num_queries(len(one)):
        assert "1–50 dari 61" in text_of(client.get(url))
