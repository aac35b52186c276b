"""Issuing certificates in a real browser, and checking one on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from participants.models import Certificate, Enrolment
from tests import factories
from tests.factories import NOW
from tests.participants.certified import attended, taught_wave

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


def signed_in(page: Page, live_server, user) -> Page:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return page


def is_in_order(page: Page, size: dict) -> None:
    """Nothing reaches over the edge, and nothing keeps somebody out."""
    page.set_viewport_size(size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert Axe().run(page).response["violations"] == []


def test_an_official_issues_them_after_reading_what_it_means_and_anybody_checks_one(page: Page, live_server):
    wave, session, (first, second, third) = taught_wave()
    official = factories.user(name="Siti Rahmah")
    attended(session, first, second, by=official)
    attended(session, third, by=official, minutes=20)
    Enrolment.objects.filter(pk=second.pk).update(answer="represented", answered_at=NOW, substitute_name="Budi Santoso")
    signed_in(page, live_server, official).goto(f"{live_server.url}/gelombang/{wave.pk}/sertifikat/")
    page.get_by_text("Terbitkan 2 sertifikat…").click()
    page.get_by_role("button", name="Ya, terbitkan sekarang").click()
    expect(page.get_by_text("2 sertifikat terbit.")).to_be_visible()
    expect(page.get_by_role("button", name="Buat ZIP 2 sertifikat")).to_be_visible()
    for size in (LAPTOP, PHONE):
        is_in_order(page, size)
    code = Certificate.objects.get(enrolment=second).check_code
    page.goto(f"{live_server.url}/cek/{code}/")
    expect(page.get_by_role("heading", name="Sertifikat ini berlaku")).to_be_visible()
    expect(page.get_by_text("Budi Santoso")).to_be_visible()
    is_in_order(page, PHONE)
