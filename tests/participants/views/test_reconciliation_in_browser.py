"""The reconciliation on a telephone: readable at 360 px, without anything to scroll sideways, for everybody."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from participants.models import Attendance, Enrolment
from participants.use_cases.invite_participants import invite_participants
from rtportal.lib import clock
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

JARO, MURUNG_PUDAK = factories.JARO, factories.MURUNG_PUDAK


def test_a_number_is_found_on_a_telephone(page: Page, live_server):
    factories.regions("63.09")
    official = factories.user()
    factories.heads(60, district=MURUNG_PUDAK)
    factories.heads(12, district=JARO)
    wave = factories.wave(areas=(MURUNG_PUDAK, JARO), on=(clock.now() - timedelta(days=20)).date())
    session = factories.session(wave=wave)
    invite_participants(wave_id=wave.pk, by=official, now=clock.now() - timedelta(days=40))
    people = list(Enrolment.objects.filter(wave=wave).order_by("pk"))
    Enrolment.objects.filter(pk__in=[one.pk for one in people[:4]]).update(
        answer="represented", answered_at=factories.NOW, substitute_name="Rusdi"
    )
    Attendance.objects.bulk_create(
        Attendance(enrolment=one, session=session, marked_at=factories.NOW, marked_by=official) for one in people[:50]
    )
    client = Client()
    client.force_login(official)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/gelombang/{wave.pk}/rekonsiliasi/")
    page.get_by_role("link", name=re.compile("Jaro.*buka")).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(page).response["violations"]
    assert not found, [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
    page.locator("tfoot").get_by_role("link", name="22", exact=True).click()
    expect(page.get_by_role("heading", name="Tidak hadir, 22 orang")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
