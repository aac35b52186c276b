"""The devices on which somebody is signed in."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from rtportal.trust.device_sessions import device_words, devices_of
from tests import factories

pytestmark = pytest.mark.django_db

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def official():
    factories.regions()
    return factories.user(email="petugas@tabalong.test")


def signed_in(user_agent=CHROME, email="petugas@tabalong.test") -> Client:
    client = Client(HTTP_USER_AGENT=user_agent)
    client.post("/akun/masuk/", {"login": email, "password": factories.PASSWORD})
    return client


@pytest.mark.parametrize(
    ("header", "words"),
    [(CHROME, "Chrome di Windows"), (IPHONE, "Safari di iPhone"), (FIREFOX, "Firefox di Linux"), ("curl", "Peramban")],
)
def test_a_device_is_called_what_people_call_it(header, words):
    assert device_words(header) == words


def test_each_device_is_listed_and_this_one_marked(official):
    here, _ = signed_in(CHROME), signed_in(IPHONE)
    page = here.get("/akun/perangkat/").text
    assert "Chrome di Windows" in page
    assert "Safari di iPhone" in page
    assert page.count("perangkat ini") == 1
    assert page.count(">Keluarkan<") == 1


def test_one_device_is_signed_out(official):
    here, phone = signed_in(CHROME), signed_in(IPHONE)
    other = UserSession.objects.get(user_agent=IPHONE)
    assert "Perangkat itu sudah dikeluarkan." in here.post(f"/akun/perangkat/{other.pk}/keluarkan/", follow=True).text
    assert phone.get("/petugas/").status_code == 302
    assert here.get("/petugas/").status_code == 200
    assert AuditEvent.objects.filter(action="session.ended").count() == 1


def test_all_others_are_signed_out(official):
    here, phone, laptop = signed_in(CHROME), signed_in(IPHONE), signed_in(FIREFOX)
    assert "2 perangkat lain" in here.post("/akun/perangkat/lain/keluarkan/", follow=True).text
    assert [client.get("/petugas/").status_code for client in (here, phone, laptop)] == [200, 302, 302]


def test_nobody_ends_the_session_of_somebody_else_nor_the_present_one(official):
    factories.user(email="lain@tabalong.test")
    here, other = signed_in(CHROME), signed_in(IPHONE, "lain@tabalong.test")
    theirs, own = UserSession.objects.get(user_agent=IPHONE), UserSession.objects.get(user_agent=CHROME)
    for row in (theirs, own):
        assert here.post(f"/akun/perangkat/{row.pk}/keluarkan/").status_code == 404
    assert [client.get("/petugas/").status_code for client in (here, other)] == [200, 200]


def test_a_session_that_ran_out_is_no_device_any_more(official):
    signed_in(CHROME)
    now = clock.now()
    assert len(devices_of(official, current="", now=now)) == 1
    Session.objects.update(expire_date=now - timedelta(seconds=1))
    assert devices_of(official, current="", now=now) == []


def test_the_last_use_is_written_every_few_minutes_and_not_at_each_page(official, django_assert_max_num_queries):
    client = signed_in(CHROME)
    before = UserSession.objects.get().last_seen_at
    client.get("/petugas/")
    assert UserSession.objects.get().last_seen_at == before
    session = client.session
    session["seen_at"] -= 301
    session.save()
    client.get("/petugas/")
    assert UserSession.objects.get().last_seen_at > before


def test_a_sign_in_lasts_twelve_hours_and_its_cookie_is_for_the_server_alone(official):
    client = Client()
    response = client.post("/akun/masuk/", {"login": official.email, "password": factories.PASSWORD})
    cookie = response.cookies["sessionid"]
    assert cookie["max-age"] == 12 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
