import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.use_cases.invite_participants import invite_participants
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


@pytest.mark.parametrize("tab", ["enrolment_list", "invitations"])
def test_made_up_people_are_marked_where_they_are_listed(client, wave, official, tab):
    person = factories.head(district=factories.JARO, number="099", email="", is_synthetic=True)
    factories.enrolment(wave=wave, head=person)
    assert "data contoh" in page(client, tab, wave).content.decode()
