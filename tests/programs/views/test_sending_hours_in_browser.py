"""The pages of sending hours and reminders, on a desk and on a telephone."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from participants.reminders import plan_reminders
from rtportal.lib import clock
from rtportal.messaging.models import Message, SendingHours
from tests import factories
from tests.factories import TABALONG

pytestmark = pytest.mark.django_db(transaction=True)
HOURS = f"/pengaturan/jam-kirim/{TABALONG}/"


@pytest.fixture
def wave():
    factories.regions(TABALONG)
    SendingHours.objects.all().delete()
    now = clock.now()
    made = factories.wave(on=(now + timedelta(days=9)).date(), invitations_opened_at=now)
    enrolment = factories.enrolment(wave=made)
    Message.objects.create(
        dedupe_key="a",
        kind="invitation",
        channel="email",
        address="a@rt.test",
        recipient_name="A",
        region_code=enrolment.village_id,
        group=made.group,
        about_id=enrolment.pk,
        queued_at=now,
        due_at=now + timedelta(hours=8),
        hold="quiet",
    )
    plan_reminders(wave=made, now=now)
    return made


@pytest.fixture
def desk(live_server, context: BrowserContext, wave) -> str:
    client = Client()
    client.force_login(factories.user())
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return live_server.url


def test_the_example_follows_what_is_typed(page: Page, desk):
    page.goto(desk + HOURS)
    examples = page.locator("#examples")
    expect(examples).to_contain_text("Pesan yang dibuat pukul 21.10 dikirim besok 07.30 WITA.")
    page.locator("#id_closes_at").fill("22:00")
    page.locator("#id_opens_at").focus()
    expect(examples).to_contain_text("Pesan yang dibuat pukul 21.10 dikirim saat itu juga.")
    page.locator("#id_closes_at").fill("06:00")
    page.locator("#id_opens_at").focus()
    expect(examples).to_contain_text("Isi jam mulai dan jam selesai yang lebih lambat")


@pytest.mark.parametrize("width", [360, 1440])
def test_every_page_can_be_read_and_used_at_any_width(page: Page, desk, wave, width):
    page.set_viewport_size({"width": width, "height": 800})
    for path in (
        "/pengaturan/jam-kirim/",
        HOURS,
        f"/program/{wave.program_id}/pengingat/",
        f"/gelombang/{wave.pk}/undangan/",
    ):
        page.goto(desk + path)
        for summary in page.locator("main details > summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert Axe().run(page).response["violations"] == []
