from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import Wave
from programs.use_cases.reschedule_wave import reschedule_wave
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MUARA_UYA, MURUNG_PUDAK

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    factories.regions(factories.TABALONG, factories.JAMBI)
    return factories.program(name="Bimtek Ketua RT")


@pytest.fixture
def official(client, program):
    who = factories.user()
    client.force_login(who)
    return who


@pytest.fixture
def hall():
    return factories.venue(name="Aula Pembataan", capacity=350)


def coming_day():
    return clock.local_date(clock.now(), "WITA") + timedelta(days=30)


def typed(hall, **changes) -> dict:
    return {
        "version": "",
        "number": "1",
        "day": coming_day().isoformat(),
        "starts": "08:00",
        "ends": "15:00",
        "ends_on": "",
        "venue": hall.pk,
        "areas": [MURUNG_PUDAK, JARO],
    } | changes


def create(client, program, data):
    return client.post(reverse("programs:wave_create", args=[program.pk]), data)


def update(client, wave, data):
    return client.post(reverse("programs:wave_update", args=[wave.pk]), data)


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_form_offers_each_kecamatan_with_its_heads_and_says_which_wave_has_one(client, program, official):
    factories.heads(7, district=JARO)
    factories.wave(program=program, areas=(MUARA_UYA,))
    text = text_of(client.get(reverse("programs:wave_create", args=[program.pk])))
    assert '<span>Jaro</span> <span class="num">7</span>' in text
    assert f'value="{MUARA_UYA}" disabled> <span>Muara Uya <span class="hint">sudah di Gelombang 1</span>' in text
    assert "Jam mulai (WITA)" in text
    assert 'name="number" value="2"' in text


def test_a_wave_is_scheduled_in_local_time_and_its_page_opens(client, program, official, hall):
    response = create(client, program, typed(hall))
    wave = Wave.objects.get()
    assert response.headers["Location"] == reverse("participants:wave_detail", args=[wave.pk])
    assert wave.starts_at.hour == 0  # 08.00 WITA
    assert wave.local_day == coming_day()


def test_indonesian_dates_and_hours_are_understood(client, program, official, hall):
    create(client, program, typed(hall, day=f"{coming_day():%d/%m/%Y}", starts="08.00", ends="15.30"))
    assert "08.00–15.30 WITA" in Wave.objects.get().span_words


def test_a_wave_may_last_several_days(client, program, official, hall):
    last = coming_day() + timedelta(days=2)
    create(client, program, typed(hall, ends_on=last.isoformat(), ends="07:00"))
    wave = Wave.objects.get()
    assert clock.local_date(wave.ends_at, "WITA") == last
    form = text_of(client.get(reverse("programs:wave_update", args=[wave.pk])))
    assert f'name="ends_on" value="{last.isoformat()}"' in form


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends": "07:00"}, "Waktu selesai harus setelah waktu mulai."),
        ({"ends_on": "2026-01-01"}, "Tanggal selesai harus setelah tanggal mulai."),
        ({"day": "31/02/2027"}, "Masukkan tanggal yang valid."),
        ({"day": "0001-01-01"}, "Periksa tahunnya."),
        ({"day": "9999-12-31"}, "Periksa tahunnya."),
        ({"day": "2020-01-01"}, "Waktu mulai sudah lewat."),
        ({"starts": "delapan"}, "Masukkan waktu yang valid."),
        ({"venue": "999999999999999999999999"}, "Masukkan pilihan yang valid."),
        ({"venue": "\0"}, "Karakter null tidak diizinkan."),
        ({"areas": []}, "Pilih paling sedikit satu wilayah."),
        ({"areas": ["15.71.01"]}, "Wilayah 15.71.01 tidak ada dalam daftar."),
        ({"number": "0"}, "lebih besar dari atau sama dengan 1"),
        ({"number": "9" * 400}, "lebih kecil dari atau sama dengan 999"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(
    client, program, official, hall, changes, sentence
):
    text = text_of(create(client, program, typed(hall) | changes))
    assert sentence in text
    assert "Ada yang perlu diperbaiki" in text
    assert not Wave.objects.exists()
    if "areas" not in changes:
        assert text.count(" checked") == 2


def test_a_venue_of_another_region_cannot_be_chosen(client, program, official):
    elsewhere = factories.venue(region=factories.JAMBI, name="Balai Kota Jambi")
    text = text_of(create(client, program, typed(elsewhere)))
    assert "Masukkan pilihan yang valid." in text
    assert "Balai Kota Jambi" not in text


def test_too_few_seats_are_said_in_numbers_and_can_be_accepted(client, program, official):
    factories.heads(5, district=JARO)
    small = factories.venue(capacity=4)
    text = text_of(create(client, program, typed(small)))
    assert "Diperlukan 5 kursi, tetapi kapasitas tempat 4 kursi: kurang 1 kursi." in text
    assert 'name="accepted_seats" id="id_accepted_seats" value="5">' in text
    assert create(client, program, typed(small, accepted_seats="5")).status_code == 302
    assert Wave.objects.get().seats_acknowledged == 5


def test_the_live_count_adds_up_against_the_capacity(client, program, official, hall):
    for district, heads in ((MURUNG_PUDAK, 6), (MUARA_UYA, 4), (JARO, 2)):
        factories.heads(heads, district=district)
    url = reverse("programs:wave_head_count", args=[program.pk])
    text = text_of(client.get(url, {"areas": [MURUNG_PUDAK, MUARA_UYA, JARO], "venue": hall.pk}))
    assert "6 + 4 + 2 = 12 ketua RT dari 350 kursi" in text
    hall.capacity = 10
    hall.save()
    text = text_of(client.get(url, {"areas": [MURUNG_PUDAK, MUARA_UYA, JARO], "venue": hall.pk}))
    assert "kurang 2 kursi" in text
    assert 'value="12">' in text
    assert "Belum ada wilayah yang dipilih." in text_of(client.get(url))


@pytest.mark.parametrize("value", ["x", "9" * 30, "9" * 5000, "\0", "-1", "²"])
def test_the_live_count_survives_nonsense(client, program, official, value):
    url = reverse("programs:wave_head_count", args=[program.pk])
    query = {"areas": value, "venue": value, "accepted_seats": value}
    assert "Belum ada wilayah yang dipilih." in text_of(client.get(url, query))
    assert client.get(url, {"gelombang": value}).status_code in {200, 404}


def test_companions_are_said_apart_in_the_count(client, official, hall):
    retreat = factories.program(companions="required")
    factories.heads(3, district=JARO)
    url = reverse("programs:wave_head_count", args=[retreat.pk])
    text = text_of(client.get(url, {"areas": [JARO], "venue": hall.pk}))
    assert "3 ketua RT, bersama pendamping 6 orang dari 350 kursi" in text


def test_without_javascript_a_button_counts_and_saves_nothing(client, program, official, hall):
    factories.heads(2, district=JARO)
    text = text_of(create(client, program, typed(hall, hitung="1", number="", ends="07:00")))
    assert "<strong>2 ketua RT dari 350 kursi</strong>" in text
    assert "Ada yang perlu diperbaiki" not in text
    assert 'name="ends" value="07:00"' in text
    assert not Wave.objects.exists()


def test_without_javascript_a_button_ticks_all_free_areas(client, program, official, hall):
    factories.wave(program=program, areas=(JARO,))
    text = text_of(create(client, program, typed(hall, areas=[]) | {"pilih-semua": "1"}))
    assert text.count(" checked") == 11
    assert Wave.objects.count() == 1


def test_the_second_official_is_told_field_by_field_and_keeps_what_she_typed(client, program, official, hall):
    factories.heads(2, district=JARO)
    wave = factories.wave(program=program, on=coming_day(), venue=hall, areas=(JARO,), published=False)
    colleague = factories.user(name="Hasan Basri")
    day_later = timedelta(days=1)
    reschedule_wave(
        wave=wave,
        version=1,
        number=1,
        venue=hall,
        starts_at=wave.starts_at + day_later,
        ends_at=wave.ends_at + day_later,
        areas=[JARO],
        actor=colleague,
        now=clock.now(),
    )
    mine = typed(hall, version="1", number="7")
    text = text_of(update(client, wave, mine))
    assert "Data ini diubah petugas lain saat Anda mengisi formulir." in text
    assert f"<strong>Waktu</strong>: {wave.span_words} →" in text
    assert "oleh Hasan Basri" in text
    assert 'name="number" value="7"' in text
    assert 'name="version" value="2"' in text
    wave.refresh_from_db()
    assert (wave.number, wave.version) == (1, 2)
    assert update(client, wave, mine | {"version": "2"}).status_code == 302
    wave.refresh_from_db()
    assert (wave.number, wave.version, wave.local_day) == (7, 3, coming_day())


def test_a_form_without_its_version_is_treated_as_outdated(client, program, official, hall):
    wave = factories.wave(program=program, on=coming_day(), venue=hall)
    for version in ("", "abc", "-5"):
        assert update(client, wave, typed(hall, version=version)).status_code == 200
    wave.refresh_from_db()
    assert wave.version == 1


def test_invited_heads_cannot_fall_out_through_the_form(client, program, official, hall):
    wave = factories.wave(program=program, on=coming_day(), venue=hall, areas=(JARO, MURUNG_PUDAK))
    factories.enrolment(wave=wave, head=factories.head(district=JARO))
    wave.invitations_opened_at = clock.now()
    wave.save()
    text = text_of(update(client, wave, typed(hall, version="1", areas=[MURUNG_PUDAK])))
    assert "Kecamatan Jaro (1 ketua RT)" in text


def test_the_query_count_does_not_grow_with_the_heads_and_waves(
    client, program, official, hall, django_assert_num_queries
):
    url = reverse("programs:wave_create", args=[program.pk])
    client.get(url)
    factories.wave(program=program, number=1, areas=(JARO,))
    factories.heads(1, district=MURUNG_PUDAK)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    factories.heads(30, district=MUARA_UYA)
    for number, village in enumerate(factories.villages_of(MUARA_UYA)[:5], start=2):
        factories.wave(program=program, number=number, areas=(village.code,))
    with django_assert_num_queries(len(few)):
        client.get(url)


def test_a_catch_up_wave_is_asked_for_without_areas_and_leads_back(client, official, program, hall):
    path = reverse("programs:wave_create", args=[program.pk]) + "?susulan=1&kembali=/gelombang/7/kehadiran/susulan/"
    assert 'name="areas"' not in client.get(path).content.decode()
    response = client.post(path, typed(hall, areas=[]))
    assert response["Location"] == "/gelombang/7/kehadiran/susulan/"
    assert Wave.objects.get().is_catch_up
    # Changing it later asks for no area either.
    wave = Wave.objects.get()
    assert update(client, wave, typed(hall, areas=[], version=wave.version, number="4")).status_code == 302
