"""Handing out letters and typing a code in a real browser, without JavaScript where that matters."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from participants.models import Enrolment
from rtportal.lib.short_codes import show_code
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import NOW
from tests.participants.letters import letters, print_letters, village, wave_by_letter

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture
def world():
    """Nine letters in one village, in every state."""
    wave, operator = wave_by_letter(9), factories.user(role="village_operator", region=village().code)
    Message.objects.filter(channel="letter").update(region_code=village().code)
    print_letters(wave, operator, area=village().code, now=NOW)
    told, failed, withdrawn, fresh, *_ = letters()
    Message.objects.filter(pk=told.pk).update(state="accepted", detail="Surat diserahkan. Dicatat oleh Nor Hayati.")
    Message.objects.filter(pk=failed.pk).update(state="failed", detail="Surat tidak sampai: pindah rumah.")
    Message.objects.filter(pk=withdrawn.pk).update(state="withdrawn", detail="Diganti undangan dengan tautan baru.")
    Message.objects.filter(pk=fresh.pk).update(started_at=None)
    return wave, operator


def signed_in(page: Page, live_server, user) -> Page:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return page


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_pages_fit_keep_the_policy_and_have_nothing_axe_objects_to(page: Page, live_server, world, size):
    wave, operator = world
    signed_in(page, live_server, operator).set_viewport_size(size)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    surat = f"/pesan/surat/{wave.pk}/"
    for path in ("/pesan/surat/", surat, f"{surat}{village().code}/", "/k/"):
        assert page.goto(live_server.url + path).status == 200, path
        assert (path, complaints) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (path, True)
        violations = Axe().run(page).response["violations"]
        assert (path, [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]) == (path, [])


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_letters_are_ticked_without_javascript(page: Page, live_server, world):
    wave, operator = world
    signed_in(page, live_server, operator)
    page.goto(f"{live_server.url}/pesan/surat/{wave.pk}/{village().code}/")
    name = letters()[-1].recipient_name
    page.get_by_label(f"Pilih {name}").check()
    page.get_by_role("button", name="Sudah diserahkan", exact=True).click()
    assert page.get_by_text("1 surat ditandai sudah diserahkan.").is_visible()
    page.get_by_role("button", name="Semua 4 surat yang sudah dicetak sudah diserahkan").click()
    assert page.get_by_text("4 surat ditandai sudah diserahkan.").is_visible()
    assert Message.objects.filter(state="accepted").count() == 6


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_code_typed_by_hand_opens_the_page_of_its_person(page: Page, live_server, world):
    person = Enrolment.objects.first()
    page.goto(f"{live_server.url}/k")
    page.get_by_label("Kode, misalnya KQ7-3MT").fill(show_code(person.short_code).lower())
    page.get_by_role("button", name="Buka undangan").click()
    assert page.get_by_text(person.head.full_name).first.is_visible()
