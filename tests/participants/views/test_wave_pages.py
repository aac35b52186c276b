import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.use_cases.invite_participants import invite_participants
from programs.models import Wave
from rtportal.audit.record import record
from tests import factories

pytestmark = pytest.mark.django_db

TABS = ["wave_detail", "enrolment_list", "invitations", "wave_history"]


@pytest.fixture
def wave():
    factories.regions()
    factories.heads(4, district=factories.JARO)
    made = factories.wave(areas=(factories.JARO,))
    factories.session(wave=made, speakers=[factories.speaker()])
    return made


@pytest.fixture
def official(client, wave):
    who = factories.user()
    client.force_login(who)
    return who


def page(client, name, wave, **query):
    return client.get(reverse(f"participants:{name}", args=[wave.pk]), query)


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_opens_for_the_own_official_and_does_not_exist_for_a_stranger(client, wave, official, tab):
    assert page(client, tab, wave).status_code == 200
    client.force_login(factories.user(region=factories.JAMBI))
    assert page(client, tab, wave).status_code == 404
    client.logout()
    assert page(client, tab, wave).status_code == 302


def test_the_history_is_refused_to_an_operator(client, wave):
    client.force_login(factories.user(role="district_operator", region=factories.JARO))
    assert page(client, "wave_history", wave).status_code == 403


def test_the_history_tells_who_did_what_in_local_time(client, wave, official):
    record(
        at=factories.NOW,
        actor=official,
        action="wave.test",
        sentence="Gelombang dipindahkan.",
        region_code="63.09",
        subject=wave.group,
    )
    text = page(client, "wave_history", wave).content.decode()
    assert "Gelombang dipindahkan." in text
    assert str(official) in text
    assert "Senin, 2 Maret 2026, 10.00 WITA" in text


@pytest.mark.parametrize("tab", ["wave_detail", "enrolment_list", "invitations"])
def test_a_tab_asks_the_database_as_often_for_many_people_as_for_few(client, wave, official, tab):
    invite_participants(wave_id=wave.pk, by=official, now=factories.NOW)
    # Every list of the page has a row: an empty one is not asked for at all.
    factories.enrolment(wave=wave, head=factories.head(district=factories.JARO, number="099"))
    page(client, tab, wave)
    with CaptureQueriesContext(connection) as few:
        page(client, tab, wave)
    for number in range(100, 160):
        person = factories.head(district=factories.JARO, number=f"{number}", email=f"w{number}@rt.test")
        factories.enrolment(wave=wave, head=person)
    with CaptureQueriesContext(connection) as many:
        page(client, tab, wave)
    assert len(many) == len(few)


def test_the_list_of_people_keeps_its_filters_in_the_address(client, wave, official):
    invite_participants(wave_id=wave.pk, by=official, now=factories.NOW)
    answered = page(client, "enrolment_list", wave, jawaban="menjawab")
    assert "Tidak ada peserta yang cocok" in answered.content.decode()
    waiting = page(client, "enrolment_list", wave, jawaban="belum", wilayah=factories.JARO)
    assert "4 peserta" in waiting.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"hal": "abc"},
        {"hal": "-3"},
        {"wilayah": "%"},
        {"wilayah": "63.09\x00"},
        {"cari": "\x00'\""},
        {"jawaban": "x" * 5000},
    ],
)
def test_no_query_string_breaks_the_list(client, wave, official, query):
    assert page(client, "enrolment_list", wave, **query).status_code == 200


def test_made_up_people_are_marked_where_they_are_listed(client, wave, official):
    person = factories.head(district=factories.JARO, number="099", email="", is_synthetic=True)
    factories.enrolment(wave=wave, head=person)
    assert "data contoh" in page(client, "enrolment_list", wave).content.decode()


def test_every_tab_says_how_far_the_schedule_has_come(client, db):
    factories.regions()
    draft = factories.wave(published=False)
    client.force_login(factories.user())
    tabs = ("wave_detail", "enrolment_list", "invitations", "attendance_sheet", "wave_files", "wave_history")

    def words() -> set[str]:
        """What stands in the header of each tab."""
        pages = [client.get(reverse(f"participants:{tab}", args=[draft.pk])).content.decode() for tab in tabs]
        return {re.search(r'<dt>Jadwal</dt>\s*<dd>\s*<span class="status [\w-]+">([^<]+)', page)[1] for page in pages}

    assert words() == {"Draf"}
    factories.publish(draft)
    assert words() == {"Terbit (versi 1)"}
    factories.session(wave=draft)
    assert words() == {"Ada perubahan belum diterbitkan"}
    factories.publish(draft)
    assert words() == {"Terbit (versi 2)"}
    Wave.objects.filter(pk=draft.pk).update(cancelled_at=factories.NOW, cancel_reason="Banjir")
    assert words() == {"Dibatalkan"}


def test_a_draft_leads_to_its_publication_and_the_invitations_say_why_they_wait(client, db):
    factories.regions()
    factories.heads(2)
    draft = factories.wave(published=False)
    factories.session(wave=draft)
    client.force_login(factories.user())
    publishing = reverse("programs:schedule_publish", args=[draft.pk])
    for tab in ("wave_detail", "invitations"):
        page = client.get(reverse(f"participants:{tab}", args=[draft.pk])).content.decode()
        assert page.count(publishing) == 2  # in the header and as the next step
    assert "masih draf" in page
    assert "Kirim undangan kepada" not in page
    client.force_login(factories.user(role="viewer"))
    assert publishing not in client.get(reverse("participants:invitations", args=[draft.pk])).content.decode()


def test_clashes_stand_on_the_summary_with_a_way_to_mend_them(client, db):
    factories.regions()
    hall = factories.venue()
    factories.wave(venue=hall, areas=())
    wave = factories.wave(venue=hall, areas=(), published=False)
    client.force_login(factories.user())
    page = client.get(reverse("participants:wave_detail", args=[wave.pk])).content.decode()
    assert "Periksa kembali: 1 hal" in page
    assert "Tidak dapat diterbitkan" in page
    assert "Pilih tempat lain atau waktu lain untuk gelombang ini." in page
