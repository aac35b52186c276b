from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import SpecialDay
from tests import factories
from tests.factories import JAMBI, TABALONG

pytestmark = pytest.mark.django_db

TYPED = {"name": "Hari Jadi Tabalong", "kind": "local", "starts_on": "2026-12-01", "ends_on": "", "version": "1"}


@pytest.fixture
def official(client):
    factories.regions(TABALONG, JAMBI)
    factories.office()
    who = factories.user()
    client.force_login(who)
    return who


def page(client, **query):
    response = client.get(reverse("programs:special_day_list"), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_days_of_a_year_are_listed_with_kind_and_state(client, official):
    factories.special_day(name="Nyepi", on=date(2026, 3, 19), kind="national")
    factories.special_day(name="Panen raya", on=date(2026, 5, 4), ends_on=date(2026, 5, 6), is_active=False)
    factories.special_day(name="Tahun lain", on=date(2027, 5, 4))
    text = page(client, tahun="2026")
    assert "Kamis, 19 Maret 2026" in text
    assert "Libur nasional" in text
    assert "Senin, 4 Mei 2026 – Rabu, 6 Mei 2026" in text
    assert "tidak berlaku" in text
    assert "Tahun lain" not in text
    assert "Tahun lain" in page(client, tahun="2027")


@pytest.mark.parametrize("year", ["", "besok", "0", "99999", "20٢6", "\0"])
def test_nonsense_shows_the_present_year(client, official, year):
    assert "<h1>Hari khusus 20" in page(client, tahun=year)


def test_without_an_office_there_are_no_days_yet(client):
    factories.regions(TABALONG)
    client.force_login(factories.user())
    assert "Kantor belum dicatat" in page(client)
    client.post(reverse("programs:special_day_create"), TYPED)
    assert "Hari Jadi Tabalong" in page(client, tahun="2026")


def test_an_official_of_a_province_chooses_the_kabupaten(client):
    factories.regions("63.09", "63.01")
    for region in ("63.09", "63.01"):
        factories.office(region=region, name=f"DPMD {region}")
        factories.special_day(region=region, name=f"Hari Jadi {region}", on=date(2026, 5, 4))
    client.force_login(factories.user(region="63"))
    text = page(client, tahun="2026", wilayah="63.09")
    assert "Hari Jadi 63.09" in text
    assert "Hari Jadi 63.01" not in text
    assert "Hari Jadi 63.01" in page(client, tahun="2026", wilayah="15.71")


def test_a_local_day_is_added_changed_and_deleted(client, official):
    response = client.post(reverse("programs:special_day_create"), TYPED)
    assert response["Location"] == f"{reverse('programs:special_day_list')}?tahun=2026&wilayah={TABALONG}"
    day = SpecialDay.objects.get()
    assert (day.kind, day.starts_on, day.ends_on, day.region_id) == (
        "local",
        date(2026, 12, 1),
        date(2026, 12, 1),
        TABALONG,
    )
    client.post(reverse("programs:special_day_update", args=[day.pk]), TYPED | {"ends_on": "2026-12-02"})
    day.refresh_from_db()
    assert day.ends_on == date(2026, 12, 2)
    client.post(reverse("programs:special_day_delete", args=[day.pk]), {"version": "2"})
    assert not SpecialDay.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Bidang ini tidak boleh kosong."),
        ({"starts_on": "1 Desember"}, "Masukkan tanggal yang valid."),
        ({"starts_on": "0026-12-01"}, "Periksa tahunnya."),
        ({"ends_on": "2026-11-30"}, "Tanggal akhir tidak boleh sebelum tanggal mulai."),
        ({"ends_on": "2027-12-30"}, "Hari khusus paling lama 60 hari."),
        ({"ends_on": "9999-12-31"}, "Periksa tahunnya."),
        ({"kind": "pesta"}, "Masukkan pilihan yang valid."),
    ],
)
def test_what_cannot_be_is_refused_in_words(client, official, changes, sentence):
    assert sentence in text_of(client.post(reverse("programs:special_day_create"), TYPED | changes))
    assert not SpecialDay.objects.exists()


def test_the_second_editor_is_told_and_loses_nothing_typed(client, official):
    day = factories.special_day(name="Hari Jadi")
    url = reverse("programs:special_day_update", args=[day.pk])
    client.post(url, TYPED)
    text = text_of(client.post(url, TYPED | {"starts_on": "2026-12-02"}))
    assert "Hari Jadi → Hari Jadi Tabalong" in text
    assert 'value="2026-12-02"' in text
    assert 'name="version" value="2"' in text


def test_a_national_day_is_switched_off_and_on_with_one_click(client, official):
    day = factories.special_day(name="Nyepi", on=date(2026, 3, 19), kind="national", source_key="national:2026:Nyepi:1")
    url = reverse("programs:special_day_switch", args=[day.pk])
    text = text_of(client.post(url, {"version": "1", "is_active": "tidak"}, follow=True))
    assert "Nyepi dinyatakan tidak berlaku." in text
    assert "Berlakukan lagi" in text
    client.post(url, {"version": "2", "is_active": "ya"})
    day.refresh_from_db()
    assert day.is_active


def test_a_national_day_has_no_button_to_delete_it_and_cannot_be_deleted(client, official):
    day = factories.special_day(source_key="national:2026:Nyepi:1")
    assert "Hapus" not in text_of(client.get(reverse("programs:special_day_update", args=[day.pk])))
    text = text_of(client.post(reverse("programs:special_day_delete", args=[day.pk]), {"version": "1"}, follow=True))
    assert "Matikan saja bila tidak berlaku di sini." in text
    assert SpecialDay.objects.exists()


@pytest.mark.parametrize("typed", [{}, {"version": "x"}, {"version": "1", "is_active": "mungkin"}])
def test_a_switch_without_sense_changes_nothing(client, official, typed):
    day = factories.special_day()
    assert client.post(reverse("programs:special_day_switch", args=[day.pk]), typed).status_code == 302
    day.refresh_from_db()
    assert (day.is_active, day.version) == (True, 1)


def test_a_stale_switch_is_refused_in_words(client, official):
    day = factories.special_day(version=3)
    url = reverse("programs:special_day_switch", args=[day.pk])
    text = text_of(client.post(url, {"version": "1", "is_active": "tidak"}, follow=True))
    assert "diubah petugas lain" in text


def test_the_list_takes_as_many_queries_for_many_days_as_for_one(client, official, django_assert_num_queries):
    factories.special_day()
    page(client, tahun="2026")
    with CaptureQueriesContext(connection) as one:
        page(client, tahun="2026")
    for number in range(1, 20):
        factories.special_day(name=f"Hari {number}", on=date(2026, 1, number))
    with django_assert_num_queries(len(one)):
        page(client, tahun="2026")
