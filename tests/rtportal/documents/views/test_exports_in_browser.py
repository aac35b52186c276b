"""Putting columns in order with a keyboard and a mouse; without JavaScript their numbers do it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from rtportal.documents.models import GeneratedFile
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_column_moves_with_its_buttons_and_its_number(page: Page, live_server):
    factories.regions()
    wave = factories.wave(invitations_opened_at=factories.NOW)
    factories.enrolment(wave=wave)
    client = Client()
    client.force_login(factories.user(role="admin"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/ekspor/daftar-peserta/?wave={wave.pk}")
    lines = page.locator(".column-line")
    expect(page.get_by_role("button", name="Naikkan No", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Naikkan Nama", exact=True).click()
    expect(lines.nth(0)).to_contain_text("Nama")
    expect(page.get_by_label("Urutan No", exact=True)).to_have_value("2")
    page.get_by_label("Urutan Kecamatan").fill("1")
    page.get_by_label("Urutan Kecamatan").press("Tab")
    expect(lines.nth(0)).to_contain_text("Kecamatan")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    page.get_by_role("button", name="Buat berkas").click()
    page.wait_for_url("**/berkas/**")
    assert GeneratedFile.objects.get().params["columns"].startswith("kecamatan,nama,no,nik,")
