from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from programs.links import feed_token, feed_url
from programs.models import CalendarFeed, Wave
from programs.views import feeds as views
from rtportal.lib import links
from rtportal.web.personal_pages import HEADERS
from tests import factories
from tests.factories import JAMBI, JARO, MUARA_UYA, NOW, TABALONG

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    factories.regions(TABALONG, JAMBI)
    return factories.office()


@pytest.fixture
def program(office):
    return factories.program(office=office, name="Bimtek Ketua RT")


@pytest.fixture
def feed(office):
    return factories.feed(office=office)


def read(feed, **headers):
    return Client(headers=headers).get(address(feed))


def address(feed):
    return reverse("programs:calendar_feed", args=[feed_token(feed.link_id)])


def entries(response):
    assert response.status_code == 200
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_published_waves_are_read_without_signing_in(feed, program):
    wave = factories.wave(program=program, venue=factories.venue(name="Aula Pembataan"))
    factories.session(wave=wave, title="Belum terbit")
    response = read(feed)
    [entry] = entries(response)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert entry["SUMMARY"] == "Bimtek Ketua RT – Gelombang 1"
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (wave.starts_at, wave.ends_at)
    assert entry["LOCATION"] == "Aula Pembataan"
    assert entry["STATUS"] == "CONFIRMED"
    assert "08.00–15.00 WITA" in entry["DESCRIPTION"]
    assert "Belum terbit" not in entry["DESCRIPTION"]


def test_a_draft_is_never_told(feed, program):
    factories.wave(program=program, published=False)
    assert entries(read(feed)) == []


def test_what_was_published_is_told_and_not_what_is_planned_since(feed, program):
    wave = factories.wave(program=program)
    Wave.objects.update(starts_at=wave.starts_at + timedelta(days=7), ends_at=wave.ends_at + timedelta(days=7))
    [entry] = entries(read(feed))
    assert entry["DTSTART"].dt == wave.starts_at


def test_a_new_version_has_the_same_uid_and_a_higher_sequence(feed, program):
    wave = factories.wave(program=program)
    [before] = entries(read(feed))
    factories.session(wave=wave, title="Pencegahan narkoba")
    factories.publish(wave, now=NOW + timedelta(days=1))
    [after] = entries(read(feed))
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert "09.00 WITA Pencegahan narkoba" in after["DESCRIPTION"]


def test_a_cancelled_wave_is_told_as_cancelled(feed, program):
    factories.wave(program=program)
    [before] = entries(read(feed))
    Wave.objects.update(cancelled_at=NOW + timedelta(days=1), cancel_reason="Banjir")
    [entry] = entries(read(feed))
    assert (entry["STATUS"], entry["UID"]) == ("CANCELLED", before["UID"])
    assert entry["SUMMARY"] == "BATAL: Bimtek Ketua RT – Gelombang 1"
    assert "Dibatalkan: Banjir" in entry["DESCRIPTION"]
    assert entry["SEQUENCE"] > before["SEQUENCE"]


def test_waves_of_another_office_are_not_told(feed):
    factories.wave(program=factories.program(office=factories.office(name="Bagian Pemerintahan")))
    assert entries(read(feed)) == []


def test_a_client_that_has_it_already_is_told_so(feed, program):
    factories.wave(program=program)
    first = read(feed)
    again = read(feed, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    Wave.objects.update(cancelled_at=NOW)
    assert read(feed, if_none_match=first["ETag"]).status_code == 200


def test_the_address_keeps_itself_secret_and_sets_no_cookie(feed):
    client = Client()
    client.force_login(factories.user())
    response = client.get(address(feed))
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == HEADERS["X-Robots-Tag"]
    assert response["Cache-Control"] == "private, no-cache"


def test_a_revoked_address_opens_nothing(feed, office):
    official = factories.user()
    client = Client()
    client.force_login(official)
    client.post(reverse("programs:feed_revoke", args=[feed.pk]))
    response = read(feed)
    assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert office.name not in response.content.decode()


def test_a_token_of_an_invitation_opens_no_calendar(feed, program):
    wave = factories.wave(program=program, areas=(JARO,))
    enrolment = factories.enrolment(wave=wave)
    token = factories.token_of(enrolment.link_id)
    assert Client().get(reverse("programs:calendar_feed", args=[token])).status_code == 404
    # Nor does a token of the same random value, were it ever used twice.
    same = links.make_token(settings.LINK_KEY.encode(), feed.link_id)
    assert Client().get(reverse("programs:calendar_feed", args=[same])).status_code == 404
    assert Client().get(f"/u/{feed_token(feed.link_id)}/").status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 27, "A" * 27, "é" * 27, "..%2F..", "a" * 5000])
def test_nonsense_opens_nothing(office, token, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        assert Client().get(f"/ics/{token}.ics").status_code == 404


def test_an_address_read_without_end_is_slowed_down(feed, monkeypatch):
    monkeypatch.setattr(views, "_MOST_READS", 2)
    assert [read(feed).status_code for _ in range(3)] == [200, 200, 429]
    assert read(feed)["Retry-After"] == "60"
    cache.clear()
    assert read(feed).status_code == 200


def test_a_calendar_takes_as_many_queries_for_many_waves_as_for_one(feed, program, django_assert_num_queries):
    factories.wave(program=program, areas=(JARO,))
    with CaptureQueriesContext(connection) as one:
        read(feed)
    for number, village in enumerate(factories.villages_of(MUARA_UYA)[:6], start=2):
        factories.wave(program=program, number=number, areas=(village.code,))
    with django_assert_num_queries(len(one)):
        assert len(entries(read(feed))) == 7


def test_an_official_makes_an_address_and_sees_it_again_later(office, client):
    client.force_login(factories.user())
    url = reverse("programs:feed_list", args=[office.pk])
    text = client.post(url, {"label": "Kalender Bupati"}, follow=True).content.decode()
    feed = CalendarFeed.objects.get()
    assert feed_url(feed.link_id) in text
    assert feed_url(feed.link_id) in client.get(url).content.decode()
    assert entries(Client().get(feed_url(feed.link_id).removeprefix(settings.BASE_URL))) == []


def test_an_address_without_a_purpose_is_refused_in_words(office, client):
    client.force_login(factories.user())
    text = client.post(reverse("programs:feed_list", args=[office.pk]), {"label": " "}).content.decode()
    assert "Bidang ini tidak boleh kosong." in text
    assert not CalendarFeed.objects.exists()


def test_a_revoked_address_is_listed_without_being_shown(feed, client):
    CalendarFeed.objects.update(revoked_at=NOW)
    client.force_login(factories.user())
    text = client.get(reverse("programs:feed_list", args=[feed.office_id])).content.decode()
    assert "dicabut</span> 2 Mar 2026 10.00 WITA" in text
    assert feed_url(feed.link_id) not in text


def test_the_list_takes_as_many_queries_for_many_addresses_as_for_one(feed, client, django_assert_num_queries):
    client.force_login(factories.user())
    url = reverse("programs:feed_list", args=[feed.office_id])
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(5):
        factories.feed(office=feed.office)
    with django_assert_num_queries(len(one)):
        client.get(url)
