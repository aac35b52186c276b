from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import WavePlan
from programs.use_cases.accept_plan import accept_plan
from programs.use_cases.solve_waiting_plans import solve_waiting_plans
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK
from tests.programs.plans import peopled_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(db):
    return peopled_program()


@pytest.fixture
def official(client, program):
    made = factories.user(name="Siti Rahmah")
    client.force_login(made)
    return made


@pytest.fixture
def hall(program):
    return factories.venue(name="Aula Pembataan", capacity=24)


def day(ahead: int) -> str:
    return (clock.now() + timedelta(days=ahead)).date().isoformat()


def plan_of(program, **wishes):
    return factories.plan(program=program, name="Rencana 1", wave_count=2, **wishes)


def typed(hall, **changes):
    """What the browser sends for a plan of two waves without rules."""
    fields = {
        "version": "0",
        "name": "Rencana 1",
        "level": "district",
        "venues": [str(hall.pk)],
        "reserve": "0",
        "days": [day(40), day(41), ""],
        "length": "1",
        "starts": "08:00",
        "ends": "15:00",
        "wave_count": "2",
        "most_areas": "",
        "aturan-TOTAL_FORMS": "1",
        "aturan-INITIAL_FORMS": "0",
        "aturan-0-kind": "",
    }
    return fields | changes


def create(client, program, data):
    return client.post(reverse("programs:plan_create", args=[program.pk]), data)


def shown(client, plan) -> str:
    return client.get(reverse("programs:plan_detail", args=[plan.pk])).content.decode()


def test_the_programme_leads_to_its_plans(client, official, program):
    page = client.get(reverse("programs:program_detail", args=[program.pk])).content.decode()
    assert reverse("programs:plan_list", args=[program.pk]) in page
    assert "Belum ada rencana" in client.get(reverse("programs:plan_list", args=[program.pk])).content.decode()


def test_a_plan_is_made_from_the_form_and_shown_with_its_proof(client, official, program, hall):
    response = create(client, program, typed(hall))
    plan = WavePlan.objects.get()
    assert response["Location"] == reverse("programs:plan_detail", args=[plan.pk])
    page = shown(client, plan)
    assert "Terbukti optimal" in page
    assert "Terima: buat 2 gelombang untuk 38 ketua RT" in page
    assert plan.created_by == official


def test_without_a_hall_the_form_leads_to_one(client, official, program):
    page = client.get(reverse("programs:plan_create", args=[program.pk])).content.decode()
    assert "Belum ada tempat" in page
    assert reverse("programs:venue_create") in page


def test_rules_are_typed_by_name_and_shown_again(client, official, program, hall):
    rule = {
        "aturan-0-area": "jaro",
        "aturan-0-kind": "on_day",
        "aturan-0-other": "",
        "aturan-0-day": day(41),
    }
    create(client, program, typed(hall, **rule))
    plan = WavePlan.objects.get()
    assert plan.assignment[JARO].startswith(day(41))
    page = client.get(reverse("programs:plan_update", args=[plan.pk])).content.decode()
    assert 'value="Kecamatan Jaro"' in page
    assert f'value="{day(41)}"' in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"days": ["", ""]}, "Isi paling sedikit satu tanggal."),
        ({"days": ["besok"]}, "“besok” bukan tanggal yang dapat dipakai."),
        ({"days": ["0001-01-01"]}, "bukan tanggal yang dapat dipakai."),
        ({"days": ["2020-01-01"]}, "sudah lewat"),
        ({"ends": "07:00"}, "Waktu selesai harus setelah waktu mulai."),
        ({"starts": "", "ends": ""}, "Isi jam mulai dan jam selesai."),
        ({"starts": ["08:00", "13:00"], "ends": ["12:00", ""]}, "Sesi waktu 2: isi jam mulai dan jam selesainya."),
        ({"starts": ["08:00", "13:00"]}, "Sesi waktu 2: isi jam mulai dan jam selesainya."),
        ({"starts": "siang"}, "Masukkan waktu yang valid."),
        ({"starts": ["08:00", "11:00"], "ends": ["12:00", "15:00"]}, "08.00–12.00 dan 11.00–15.00 bertumpuk"),
        ({"starts": [f"{hour:02}:00" for hour in range(8, 15)], "ends": ["15:00"] * 7}, "Paling banyak 6 sesi waktu"),
        ({"length": "0"}, "length"),
        ({"length": "32"}, "length"),
        ({"length": ""}, "length"),
        ({"length": "3"}, "Tanggal mulai bertumpuk"),
        ({"wave_count": "0"}, "wave_count"),
        ({"reserve": "100"}, "reserve"),
        ({"level": "provinsi"}, "level"),
        ({"venues": ["x"]}, "venues"),
        ({"venues": []}, "venues"),
        ({"districts": ["15.71.01"]}, "districts"),
        ({"name": "a\0b"}, "name"),
        ({"version": "9" * 30}, "version"),
        (
            {"aturan-0-area": "Atlantis", "aturan-0-kind": "on_day", "aturan-0-day": "2026-04-08"},
            "Wilayah ini tidak ada",
        ),
        ({"aturan-0-area": "Jaro", "aturan-0-kind": "on_day"}, "Isi tanggalnya."),
        ({"aturan-0-kind": "on_day", "aturan-0-day": "2026-04-08"}, "Tulis wilayahnya."),
        ({"aturan-0-area": "Jaro", "aturan-0-kind": "apart"}, "Tulis wilayah yang kedua."),
        ({"aturan-0-area": "Jaro"}, "Pilih aturannya"),
        ({"aturan-0-area": "Jaro", "aturan-0-kind": "lain"}, "aturan-0-kind"),
        ({"aturan-TOTAL_FORMS": "x"}, "aturan"),
        ({"aturan-TOTAL_FORMS": "500"}, "aturan"),
    ],
)
def test_a_slip_is_named_nothing_is_written_and_what_was_typed_stays(
    client, official, program, hall, changes, sentence
):
    response = create(client, program, typed(hall) | changes)
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert "Ada yang perlu diperbaiki" in page or "aturan-TOTAL_FORMS" in changes
    assert not WavePlan.objects.exists()


def test_an_ambiguous_name_asks_which(client, official, program, hall):
    rule = {"aturan-0-area": "Tanjung", "aturan-0-kind": "on_day", "aturan-0-day": day(41)}
    page = create(client, program, typed(hall, level="village", **rule)).content.decode()
    assert "Yang dimaksud Kecamatan Tanjung atau" in page


def test_what_the_first_official_changed_is_shown_to_the_second_who_keeps_what_she_typed(
    client, official, program, hall
):
    plan = plan_of(program, venue=hall)
    url = reverse("programs:plan_update", args=[plan.pk])
    client.post(url, typed(hall, version="1", name="Diubah dulu"))
    page = client.post(url, typed(hall, version="1", name="Milik kedua", reserve="7")).content.decode()
    assert "diubah petugas lain" in page
    assert "Diubah dulu" in page
    assert 'value="Milik kedua"' in page
    assert client.post(url, typed(hall, version="2", name="Milik kedua")).status_code == 302
    assert WavePlan.objects.get().name == "Milik kedua"


def test_a_large_plan_is_waited_for_and_the_page_asks_for_itself(client, official, program, hall):
    plan = plan_of(program, venue=hall, level="village")
    page = shown(client, plan)
    assert "wilayah sedang dibagi" in page
    assert 'hx-trigger="every 1s"' in page
    solve_waiting_plans(now=clock.now())
    fragment = client.get(reverse("programs:plan_detail", args=[plan.pk]), headers={"HX-Request": "true"})
    text = fragment.content.decode()
    assert text.lstrip().startswith('<div id="plan-body">')
    assert "Murung Pudak" in text


def test_where_nothing_fits_the_limits_and_the_reliefs_are_shown(client, official, program):
    plan = plan_of(program, venue=factories.venue(capacity=15))
    page = shown(client, plan)
    assert "Tidak ada pembagian yang memenuhi semua permintaan" in page
    assert "kurang" in page


def test_a_changed_roster_is_shown_and_keeps_the_plan_from_being_accepted(client, official, program, hall):
    plan = plan_of(program, venue=hall)
    factories.head(district=JARO, number="900")
    page = shown(client, plan)
    assert "Daftar ketua RT berubah" in page
    assert "6 → 7 ketua RT" in page
    assert "Terima: buat" not in page


def test_a_plan_overtaken_by_other_waves_says_so(client, official, program, hall):
    plan = plan_of(program, venue=hall)
    factories.wave(program=program, number=1, areas=(JARO,))
    page = shown(client, plan)
    assert "Jaro sudah di Gelombang 1." in page
    assert "Terima: buat" not in page


def test_an_accepted_plan_shows_the_numbers_its_waves_got_and_can_only_be_copied(client, official, program, hall):
    plan = plan_of(program, venue=hall)
    accept_plan(plan=plan, version=1, actor=official, now=clock.now())
    page = shown(client, plan)
    assert 'id="gelombang-1"' in page
    assert "Pindahkan" not in page
    assert reverse("programs:plan_copy", args=[plan.pk]) in page
    assert client.get(reverse("programs:plan_update", args=[plan.pk]))["Location"].endswith(f"/rencana/{plan.pk}/")


def test_the_list_says_which_areas_are_in_waves_already(client, official, program, hall):
    url = reverse("programs:plan_list", args=[program.pk])
    assert "tidak ikut dibagi" not in client.get(url).content.decode()
    factories.wave(program=program, areas=(JARO, MURUNG_PUDAK))
    assert "2 wilayah sudah masuk gelombang program ini dan tidak ikut dibagi" in client.get(url).content.decode()


def test_plans_are_compared_area_by_area(client, official, program, hall):
    first = plan_of(program, venue=hall)
    second = factories.plan(program=program, name="Rencana 2", wave_count=2, venue=factories.venue(capacity=30))
    url = reverse("programs:plan_compare", args=[program.pk])
    page = client.get(url, {"rencana": [first.pk, second.pk]}).content.decode()
    assert "Rencana 1" in page
    assert "Rencana 2" in page
    assert "berbeda" in page
    for query in ({}, {"rencana": first.pk}, {"rencana": ["x", "9" * 40]}):
        assert client.get(url, query)["Location"] == reverse("programs:plan_list", args=[program.pk])


def test_list_and_page_take_the_same_queries_for_few_plans_and_areas_and_for_many(client, official, program, hall):
    small = plan_of(program, venue=hall, districts=(JARO, MURUNG_PUDAK))
    few = queries(client, program, small)
    for number in range(2, 6):
        large = factories.plan(program=program, name=f"Rencana {number}", wave_count=2, venue=factories.venue())
    assert queries(client, program, large) == few


def queries(client, program, plan) -> list[int]:
    found = []
    for name, pk in (("plan_list", program.pk), ("plan_detail", plan.pk)):
        with CaptureQueriesContext(connection) as taken:
            client.get(reverse(f"programs:{name}", args=[pk]))
        found.append(len(taken))
    return found


def test_a_morning_and_an_afternoon_are_typed_shown_and_typed_again(client, official, program, hall):
    hours = {"starts": ["08:00", "13:00", ""], "ends": ["12:00", "17:00", ""]}
    create(client, program, typed(hall, days=[day(40)], **hours))
    plan = WavePlan.objects.get()
    page = shown(client, plan)
    assert "pukul 08.00–12.00 atau 13.00–17.00" in page
    assert page.count("Pukul 13.00–17.00") == 1
    form = client.get(reverse("programs:plan_update", args=[plan.pk])).content.decode()
    assert [f'name="starts" value="{value}"' in form for value in ("13:00", "")] == [True, True]


def test_a_long_wave_says_its_days_and_its_special_days(client, official, program, hall):
    first, cuti = (clock.local_date(clock.now() + timedelta(days=ahead), "WIB") for ahead in (40, 42))
    factories.SpecialDay.objects.create(
        region=program.region, kind="joint_leave", name="Hari Raya Natal", starts_on=cuti, ends_on=cuti
    )
    days = [first.isoformat(), (first + timedelta(days=7)).isoformat()]
    create(client, program, typed(hall, days=days, length="3"))
    page = shown(client, WavePlan.objects.get())
    assert f"{clock.days_words(first, cuti)}<br>" in page
    assert "3 hari: pukul 08.00 hari pertama sampai pukul 15.00 hari ke-3" in page
    assert f"{clock.date_words(cuti)} cuti bersama: Hari Raya Natal" in page
    assert f"{clock.short_date(cuti)} cuti bersama: Hari Raya Natal" in page
