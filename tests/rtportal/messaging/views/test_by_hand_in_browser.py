"""Thirty numbers with one hand, in a real browser on a telephone's screen."""

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from rtportal.messaging.models import Message
from tests import factories
from tests.factories import TABALONG
from tests.rtportal.messaging.by_hand_queue import DESA, task

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}
NUMBERS = 30


@pytest.fixture
def address(live_server, context: BrowserContext) -> str:
    factories.regions(TABALONG)
    for number in range(1, NUMBERS + 1):
        task(number)
    client = Client()
    client.force_login(factories.user(role="village_operator", region=DESA))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    # Nothing leaves this machine: WhatsApp is a page that says nothing.
    context.route(
        "https://wa.me/**", lambda route: route.fulfill(body="<title>WhatsApp</title>", content_type="text/html")
    )
    return f"{live_server.url}/pesan/tugas/{DESA}/"


def send_one(page: Page) -> str:
    """Two taps; returns the address that the new tab was opened with."""
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Buka WhatsApp").click()
    tab = opened.value
    tab.wait_for_load_state()
    went_to = tab.url
    tab.close()
    page.get_by_role("button", name="Sudah terkirim").click()
    return went_to


def test_thirty_numbers_are_done_in_a_few_minutes_without_a_reload(page: Page, address):
    page.set_viewport_size(PHONE)
    loads = []
    page.goto(address)
    page.on("load", lambda: loads.append(page.url))
    page.get_by_role("button", name="Mulai").click()
    begun, sent = time.monotonic(), []
    for number in range(1, NUMBERS + 1):
        expect(page.get_by_role("heading", name=f"Ketua RT {number}", exact=True)).to_be_visible()
        sent.append(send_one(page))
    expect(page.get_by_role("heading", name="Selesai")).to_be_visible()
    # Two minutes of a human would be four seconds a number; the portal itself takes a fraction of that.
    assert time.monotonic() - begun < 60
    assert loads == []
    assert [address.split("?")[0].rsplit("/", 1)[-1] for address in sent] == [
        f"62812000{number:05d}" for number in range(1, NUMBERS + 1)
    ]
    assert set(Message.objects.values_list("state", flat=True)) == {"accepted"}


def test_targets_are_large_and_nobody_is_shut_out(page: Page, address):
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.get_by_role("button", name="Mulai").click()
    expect(page.get_by_role("link", name="Buka WhatsApp")).to_be_visible()
    for target in page.locator(".task-card .btn").all():
        box = target.bounding_box()
        assert box["height"] >= 48
        # Without scrolling, above the bar at the bottom.
        assert box["y"] + box["height"] <= PHONE["height"] - 60
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert Axe().run(page).response["violations"] == []


def test_it_works_without_javascript(browser, address, context):
    plain = browser.new_context(java_script_enabled=False, viewport=PHONE)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(address)
    page.get_by_role("button", name="Mulai").click()
    expect(page.get_by_role("heading", name="Ketua RT 1", exact=True)).to_be_visible()
    assert (
        page.get_by_role("link", name="Buka WhatsApp").get_attribute("href").startswith("https://wa.me/6281200000001?")
    )
    page.get_by_role("button", name="Sudah terkirim").click()
    expect(page.get_by_role("heading", name="Ketua RT 2", exact=True)).to_be_visible()
    plain.close()
