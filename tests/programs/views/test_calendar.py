from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.factories import JARO, MUARA_UYA

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(client):
    factories.regions(factories.TABALONG, factories.JAMBI)
    who = factories.user()
    client.force_login(who)
    return who


def month(client, asked=""):
    response = client.get(reverse("programs:calendar"), {"bulan": asked})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_month_lists_its_waves_with_date_zone_programme_and_venue(client, official):
    program = factories.program(name="Bimtek Ketua RT")
    factories.wave(program=program, venue=factories.venue(name="Aula Pembataan"))
    text = month(client, "2026-04")
    assert "<h1>April 2026</h1>" in text
    assert "Bimtek Ketua RT – Gelombang 1" in text
    assert "Rabu, 8 April 2026, 08.00–15.00 WITA" in text
    assert "Aula Pembataan" in text


def test_a_wave_belongs_to_the_month_of_its_local_day(client, official):
    # 1 May, 07.00 WITA is still 30 April in UTC.
    factories.wave(on=date(2026, 5, 1), starts=time(7), ends=time(9))
    assert "Jumat, 1 Mei 2026" in month(client, "2026-05")
    assert "Tidak ada gelombang pada April 2026" in month(client, "2026-04")


def test_months_lead_to_their_neighbours_over_the_year_s_end(client, official):
    text = month(client, "2026-12")
    assert "?bulan=2026-11" in text
    assert "?bulan=2027-01" in text


def test_an_empty_month_leads_to_the_next_wave(client, official):
    factories.wave(on=date(2027, 6, 9))
    text = month(client, "2027-02")
    assert "Gelombang berikutnya" in text
    assert "Rabu, 9 Juni 2027" in text


@pytest.mark.parametrize("asked", ["", "2026-13", "besok", "9999-12", "2026-00", "\0", "²026-01"])
def test_nonsense_shows_the_present_month(client, official, asked):
    assert "Bulan berikutnya" in month(client, asked)


def test_waves_of_another_kabupaten_are_not_listed(client, official):
    factories.wave(program=factories.program(region=factories.JAMBI), areas=("15.71.01",))
    assert "Tidak ada gelombang pada April 2026" in month(client, "2026-04")


def test_a_month_takes_as_many_queries_for_many_waves_as_for_one(client, official, django_assert_num_queries):
    program = factories.program()
    factories.wave(program=program, areas=(JARO,))
    month(client, "2026-04")
    with CaptureQueriesContext(connection) as one:
        month(client, "2026-04")
    for number, village in enumerate(factories.villages_of(MUARA_UYA)[:8], start=2):
        factories.wave(program=program, number=number, areas=(village.code,))
    with django_assert_num_queries(len(one)):
        month(client, "2026-04")
