"""The rehearsal, what comes of it, and the chain of a programme in a real browser."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from participants.models import Enrolment
from rtportal.lib import clock
from rtportal.messaging.models import Message, WhatsAppTemplate
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture
def wave(settings):
    """A wave in three weeks whose 300 heads a small WhatsApp account writes to; some have less than others."""
    settings.WHATSAPP_TOKEN, settings.WHATSAPP_PHONE_NUMBER_ID = "x", "1"
    settings.WHATSAPP_PEOPLE_PER_DAY, settings.WHATSAPP_PRICE = 250, 350
    factories.regions(factories.TABALONG)
    WhatsAppTemplate.objects.create(
        kind="invitation", name="undangan", body="Undangan {{1}}", status="approved", changed_at=clock.now()
    )
    factories.heads(290, district=MURUNG_PUDAK)
    factories.heads(6, district=JARO)
    for number, name in (("801", "H. Mukhlis"), ("802", "Hj. Rusmini")):
        factories.head(district=JARO, number=number, name=name, phone="", email="")
    factories.head(district=JARO, number="803", name="Syahrani", phone="", email="syahrani@rt.test")
    return factories.wave(
        program=factories.program(reach_chain=["whatsapp", "inbox", "manual"]),
        venue=factories.venue(capacity=400),
        areas=(MURUNG_PUDAK, JARO),
        on=clock.now().date() + timedelta(days=21),
    )


@pytest.fixture
def signed_in(page: Page, live_server) -> Page:
    client = Client()
    client.force_login(factories.user())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return page


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_pages_fit_keep_the_policy_and_have_nothing_axe_objects_to(wave, signed_in: Page, live_server, size):
    page = signed_in
    page.set_viewport_size(size)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def look(path: str) -> None:
        assert page.goto(live_server.url + path).status == 200, path
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        assert (path, complaints) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (path, True)
        violations = Axe().run(page).response["violations"]
        assert (path, [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]) == (path, [])

    invitations = f"/gelombang/{wave.pk}/undangan/"
    look(invitations)
    expect(page.get_by_role("heading", name="Gladi kirim")).to_be_visible()
    expect(page.get_by_text("H. Mukhlis")).to_be_visible()
    page.get_by_role("button", name="Kirim undangan kepada 299 ketua RT").click()
    expect(page.locator("[data-count=queued]")).to_have_text("297")
    expect(page.locator("[data-count=given_up]")).to_have_text("2")
    states = ["accepted"] * 200 + ["failed"] * 5
    for message, state in zip(Message.objects.order_by("pk"), states, strict=False):
        Message.objects.filter(pk=message.pk).update(state=state, route=[], failure="address" * (state == "failed"))
    for path in (invitations, f"/gelombang/{wave.pk}/", f"/program/{wave.program_id}/ubah/"):
        look(path)
    look(f"/peserta/{Enrolment.objects.first().pk}/")
    page.goto(live_server.url + invitations)
    page.get_by_role("link", name="Menyerah").click()
    expect(page.get_by_text("7 peserta", exact=True)).to_be_visible()
