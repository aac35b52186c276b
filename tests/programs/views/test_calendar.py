import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import Wave
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MUARA_UYA

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(client):
    factories.regions(factories.TABALONG, factories.JAMBI)
    who = factories.user()
    client.force_login(who)
    return who


def month(client, asked="", **query):
    response = client.get(reverse("programs:calendar"), {"bulan": asked} | query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def cell(text, day):
    """What stands in the grid's cell of a day (`2026-04-08`)."""
    return text.split(f'<time datetime="{day}">')[1].split('<li class="day')[0]


def test_a_month_shows_its_waves_on_their_days_with_zone_programme_venue_and_state(client, official):
    program = factories.program(name="Bimtek Ketua RT")
    factories.wave(program=program, venue=factories.venue(name="Aula Pembataan"))
    text = month(client, "2026-04")
    assert "<h1>April 2026</h1>" in text
    day = cell(text, "2026-04-08")
    assert "Rabu, 8 April 2026" in day
    for words in ("Gelombang 1", "Bimtek Ketua RT", "08.00–15.00 WITA", "Aula Pembataan"):
        assert words in day
    assert '<span class="status status-ok">Terbit</span>' in day
    assert "Gelombang 1" not in cell(text, "2026-04-09")


def test_a_list_says_the_same_with_whole_dates(client, official):
    program = factories.program(name="Bimtek Ketua RT")
    factories.wave(program=program, venue=factories.venue(name="Aula Pembataan"))
    text = month(client, "2026-04", tampilan="daftar")
    assert "Bimtek Ketua RT – Gelombang 1" in text
    assert "Rabu, 8 April 2026, 08.00–15.00 WITA" in text
    assert "Aula Pembataan" in text


def test_weeks_begin_on_monday(client, official):
    # 1 April 2026 is a Wednesday.
    assert 'class="month month-from-2"' in month(client, "2026-04")
    assert 'class="month month-from-0"' in month(client, "2026-06")


def test_a_wave_of_several_days_stands_on_each_of_them(client, official):
    wave = factories.wave(on=date(2026, 4, 29))
    Wave.objects.filter(pk=wave.pk).update(ends_at=wave.ends_at + timedelta(days=2))
    text = month(client, "2026-04")
    assert "mulai 08.00 WITA, hari 1 dari 3" in cell(text, "2026-04-29")
    assert "sepanjang hari (WITA), hari 2 dari 3" in cell(text, "2026-04-30")
    assert "sampai 15.00 WITA, hari 3 dari 3" in cell(month(client, "2026-05"), "2026-05-01")
    assert "Gelombang 1" in month(client, "2026-05", tampilan="daftar")


def test_a_wave_that_ends_at_midnight_has_no_part_of_the_next_day(client, official):
    wave = factories.wave()
    Wave.objects.filter(pk=wave.pk).update(ends_at=clock.local_instant(date(2026, 4, 9), time(0), "WITA"))
    text = month(client, "2026-04")
    assert "08.00–00.00 WITA" in cell(text, "2026-04-08")
    assert "Gelombang 1" not in cell(text, "2026-04-09")


def test_drafts_and_cancelled_waves_are_told_apart_in_words(client, official):
    factories.wave(on=date(2026, 4, 8), published=False)
    Wave.objects.filter(pk=factories.wave(on=date(2026, 4, 9)).pk).update(cancelled_at=factories.NOW)
    text = month(client, "2026-04")
    assert '<span class="status status-wait">Draf</span>' in cell(text, "2026-04-08")
    assert '<span class="status status-bad">Batal</span>' in cell(text, "2026-04-09")


def test_holidays_local_days_ramadan_and_fridays_are_marked(client, official):
    factories.special_day(name="Nyepi", on=date(2026, 3, 19), kind="national")
    factories.special_day(name="Cuti Bersama Nyepi", on=date(2026, 3, 18), kind="joint_leave")
    factories.special_day(name="Panen raya", on=date(2026, 3, 17))
    factories.special_day(name="Tidak berlaku", on=date(2026, 3, 17), is_active=False)
    factories.special_day(name="Ramadan 1447 H", on=date(2026, 2, 19), ends_on=date(2026, 3, 20), kind="ramadan")
    text = month(client, "2026-03")
    assert "Libur nasional: Nyepi" in cell(text, "2026-03-19")
    assert "Cuti bersama: Cuti Bersama Nyepi" in cell(text, "2026-03-18")
    assert "Hari khusus daerah: Panen raya" in cell(text, "2026-03-17")
    assert "Ramadan" in cell(text, "2026-03-20")
    assert "Ramadan" not in cell(text, "2026-03-21")
    assert "Salat Jumat 11.30–13.00" in cell(text, "2026-03-20")
    assert "Salat Jumat" not in cell(text, "2026-03-19")
    assert "Ramadan 1447 H: Kamis, 19 Februari 2026 – Jumat, 20 Maret 2026." in text
    assert "Tidak berlaku" not in text
    assert "Kamis, 19 Maret 2026: <span" in month(client, "2026-03", tampilan="daftar")


def test_one_mark_stands_for_all_regions_that_have_it(client):
    factories.regions("63.09", "63.01")
    client.force_login(factories.user(region="63"))
    for region in ("63.09", "63.01"):
        factories.special_day(region=region, name="Nyepi", on=date(2026, 3, 19), kind="national")
    factories.special_day(region="63.09", name="Hari Jadi", on=date(2026, 3, 19))
    text = month(client, "2026-03")
    assert text.count("Libur nasional: Nyepi") == 1
    assert "Hari khusus daerah: Hari Jadi (Kabupaten Tabalong)" in text


def test_days_of_another_kabupaten_are_not_marked(client, official):
    factories.special_day(region=factories.JAMBI, name="Hari Jadi Jambi", on=date(2026, 4, 8))
    assert "Hari Jadi Jambi" not in month(client, "2026-04")


def test_filters_narrow_the_calendar_and_stay_in_its_links(client, official):
    office = factories.office(name="Bagian Pemerintahan")
    program, other = factories.program(name="Bimtek A", office=office), factories.program(name="Bimtek B")
    hall = factories.venue(name="Aula A")
    wave = factories.wave(program=program, venue=hall, on=date(2026, 4, 8))
    factories.wave(program=other, on=date(2026, 4, 9), published=False)
    for query in ({"program": program.pk}, {"tempat": hall.pk}, {"kantor": office.pk}, {"keadaan": "terbit"}):
        text = month(client, "2026-04", **query)
        assert "Gelombang 1" in cell(text, "2026-04-08")
        assert "Gelombang 1" not in cell(text, "2026-04-09")
        [(name, value)] = query.items()
        assert f"?bulan=2026-05&amp;{name}={value}" in text
    assert "Gelombang 1" in cell(month(client, "2026-04", keadaan="draf"), "2026-04-09")
    assert "Tidak ada gelombang pada April 2026" in month(client, "2026-04", keadaan="batal")
    assert reverse("participants:wave_detail", args=[wave.pk]) in month(client, "2026-03", program=program.pk)


@pytest.mark.parametrize("value", ["x", "-1", "9" * 40, "\0", "²", "semua"])
def test_a_filter_that_cannot_be_shows_everything(client, official, value):
    factories.wave()
    asked = dict.fromkeys(("program", "tempat", "kantor", "keadaan", "tampilan"), value)
    assert "Gelombang 1" in cell(month(client, "2026-04", **asked), "2026-04-08")


def test_a_programme_of_another_kabupaten_cannot_be_asked_for(client, official):
    strange = factories.program(region=factories.JAMBI, name="Bimtek Jambi")
    factories.wave(program=strange, areas=("15.71.01",))
    text = month(client, "2026-04", program=strange.pk)
    assert "Bimtek Jambi" not in text
    assert "Hapus saringan" not in text


def test_a_clash_of_a_coming_wave_is_counted_on_its_day(client, official):
    day = clock.local_date(clock.now(), "WITA") + timedelta(days=40)
    program, hall = factories.program(), factories.venue()
    factories.wave(program=program, venue=hall, on=day, areas=(JARO,), published=False)
    factories.wave(program=program, number=2, venue=hall, on=day, published=False)
    text = cell(month(client, f"{day:%Y-%m}"), f"{day:%Y-%m-%d}")
    assert re.search(r"status-(bad|warn).>[1-9] (bentrok|peringatan)", text)


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


@pytest.mark.parametrize("asked", ["", "2026-13", "besok", "9999-12", "2026-00", "\0", "²026-01", "20٢6-01"])
def test_nonsense_shows_the_present_month(client, official, asked):
    assert ">Berikutnya<" in month(client, asked)


def test_waves_of_another_kabupaten_are_not_listed(client, official):
    factories.wave(program=factories.program(region=factories.JAMBI), areas=("15.71.01",))
    assert "Tidak ada gelombang pada April 2026" in month(client, "2026-04")


@pytest.mark.parametrize("view", ["", "daftar"])
def test_a_month_takes_as_many_queries_for_many_waves_as_for_one(client, official, django_assert_num_queries, view):
    # In the future, where clashes are counted.
    program, coming = factories.program(), clock.local_date(clock.now(), "WITA").replace(day=8) + timedelta(days=62)
    factories.wave(program=program, on=coming, areas=(JARO,))
    factories.special_day(on=coming)
    month(client, f"{coming:%Y-%m}", tampilan=view)
    with CaptureQueriesContext(connection) as one:
        month(client, f"{coming:%Y-%m}", tampilan=view)
    for number, village in enumerate(factories.villages_of(MUARA_UYA)[:8], start=2):
        factories.wave(program=program, number=number, on=coming, areas=(village.code,))
        factories.special_day(name=f"Hari {number}", on=coming)
    with django_assert_num_queries(len(one)):
        assert "Gelombang 9" in month(client, f"{coming:%Y-%m}", tampilan=view)
