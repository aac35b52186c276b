"""Entering a signed sheet in a real browser: 337 people by the numeric keypad alone, and without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from participants.models import PaperLine
from rtportal.lib.row_codes import make_row_code
from tests import factories
from tests.participants.papers import entered, numbered, row, scan, session_of

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
PEOPLE, EXCEPTIONS = 337, range(5, 325, 8)


def signed_in(page: Page, live_server, user) -> Page:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return page


def sheet_page(live_server, session, part: str = "") -> str:
    return f"{live_server.url}/gelombang/{session.wave_id}/kehadiran/lembar/{part}?sesi={session.pk}"


def prepare(count: int):
    session, official = session_of(count), factories.user(name="Siti Rahmah")
    numbered(session, official)
    return session, official


def unsigned() -> list[int]:
    lines = PaperLine.objects.filter(is_signed=False)
    return list(lines.order_by("enrolment__row_number").values_list("enrolment__row_number", flat=True))


def test_337_people_are_entered_with_forty_exceptions_by_digits_and_enter_alone(page: Page, live_server):
    session, official = prepare(PEOPLE)
    signed_in(page, live_server, official).goto(sheet_page(live_server, session))
    keys = 0
    for number in EXCEPTIONS:
        code = make_row_code(number)
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        keys += len(code) + 1
        expect(page.locator("[data-said]")).to_contain_text(row(session, number).head.full_name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Simpan: 297 tanda tangan, 40 tidak")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Lembar tersimpan: 297 tanda tangan, 40 tidak.")).to_be_visible()
    assert unsigned() == list(EXCEPTIONS)
    assert PaperLine.objects.count() == PEOPLE
    # Ten minutes leave three seconds for each key.
    assert keys + 2 < 200


def test_a_wrong_digit_and_two_that_changed_places_are_met_by_digits_and_enter_alone(page: Page, live_server):
    session, official = prepare(30)
    signed_in(page, live_server, official).goto(sheet_page(live_server, session))
    said = page.locator("[data-said]")
    right = make_row_code(17)
    for wrong in ("175", "714", "7", "99994"):
        page.keyboard.type(wrong)
        page.keyboard.press("Enter")
        expect(said).to_have_class(re.compile("is-wrong"))
        expect(said).to_contain_text(f"“{wrong}”")
    page.keyboard.type(right)
    page.keyboard.press("Enter")
    expect(said).to_contain_text("17-4")
    page.keyboard.type(right)
    page.keyboard.press("Enter")
    expect(said).to_contain_text("sudah diketik")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Lembar tersimpan: 29 tanda tangan, 1 tidak.")).to_be_visible()
    assert unsigned() == [17]


def test_blanks_and_commas_part_codes_and_a_row_can_be_taken_off_again(page: Page, live_server):
    session, official = prepare(30)
    entered(session, official, 3)
    signed_in(page, live_server, official).goto(sheet_page(live_server, session))
    expect(page.locator("[data-typed] li")).to_have_count(1)
    page.keyboard.type(f"{make_row_code(4)},{make_row_code(5)} 6-8")
    page.get_by_role("button", name=re.compile("^Hapus 3-7 ")).click()
    page.get_by_label("Kode baris, lalu Enter").press("Enter")
    expect(page.locator("[data-typed] li")).to_have_count(3)
    page.get_by_role("button", name="Simpan: 27 tanda tangan, 3 tidak").click()
    expect(page.get_by_text("Lembar tersimpan")).to_be_visible()
    assert unsigned() == [4, 5, 6]


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_names_are_checked_before_they_are_saved(page: Page, live_server):
    session, official = prepare(30)
    signed_in(page, live_server, official).goto(sheet_page(live_server, session))
    assert not page.get_by_role("button", name="Simpan").is_visible()
    page.get_by_label("Kode baris", exact=True).fill(f"{make_row_code(4)}\n55")
    page.get_by_role("button", name="Periksa").click()
    assert page.get_by_text("“55” salah ketik").is_visible()
    page.get_by_label("Kode baris", exact=True).fill(f"{make_row_code(4)}\n{make_row_code(5)}")
    page.get_by_role("button", name="Periksa").click()
    assert page.get_by_text(row(session, 5).head.full_name).is_visible()
    page.get_by_role("button", name="Simpan").click()
    assert page.get_by_text("Lembar tersimpan: 28 tanda tangan, 2 tidak.").is_visible()
    assert unsigned() == [4, 5]


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_differences_are_decided_for_all_that_are_ticked(page: Page, live_server):
    session, official = prepare(6)
    scan(session, row(session, 1), row(session, 2), by=official)
    entered(session, official, 2)
    signed_in(page, live_server, official).goto(sheet_page(live_server, session, "beda/"))
    for number in (3, 4):
        page.get_by_label(f"Pilih {row(session, number).head.full_name}").check()
    page.get_by_role("button", name="Hadir", exact=True).click()
    assert page.get_by_text("2 peserta dicatat hadir.").is_visible()
    page.get_by_role("button", name=f"Tidak hadir {row(session, 2).head.full_name}").click()
    assert page.get_by_role("link", name="Belum diputuskan (2)").is_visible()
    assert page.get_by_role("link", name="Sudah diputuskan (3)").is_visible()


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_pages_fit_keep_the_policy_and_have_nothing_axe_objects_to(page: Page, live_server, size):
    session, official = prepare(30)
    scan(session, row(session, 1), row(session, 2), by=official)
    entered(session, official, 2, 7)
    signed_in(page, live_server, official).set_viewport_size(size)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for part in ("", "beda/"):
        assert page.goto(sheet_page(live_server, session, part)).status == 200
        page.keyboard.type("55\n")
        assert (part, complaints) == (part, [])
        assert (part, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (part, True)
        violations = Axe().run(page).response["violations"]
        assert (part, [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]) == (part, [])
