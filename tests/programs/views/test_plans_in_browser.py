"""The board of a plan in a real browser: mouse, keyboard, no script at all; phone and laptop."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import factories
from tests.factories import JARO, MURUNG_PUDAK
from tests.programs.plans import peopled_program

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture
def plan(transactional_db):
    return factories.plan(program=peopled_program(), name="Rencana 1", wave_count=2, venue=factories.venue(capacity=30))


def sign_in(page: Page, live_server, path: str) -> None:
    official = factories.user()
    page.goto(f"{live_server.url}/akun/masuk/?next={path}")
    page.get_by_label("E-mail").fill(official.email)
    page.get_by_label("Kata sandi").fill(factories.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def wave_of(page: Page, code: str):
    return page.locator("[data-slot]").filter(has=page.locator(f"[data-area='{code}']"))


def assert_sound(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    violations = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_every_page_of_a_plan_fits_and_nothing_is_objected_to(page, live_server, plan, size):
    page.set_viewport_size(size)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    tight = factories.plan(program=plan.program, name="Sempit", venue=factories.venue(capacity=12))
    sign_in(page, live_server, "/program/")
    program = f"/program/{plan.program_id}/rencana/"
    paths = [
        program,
        f"{program}tambah/",
        f"{program}bandingkan/?rencana={plan.pk}&rencana={tight.pk}",
        f"/rencana/{plan.pk}/",
        f"/rencana/{plan.pk}/ubah/",
        f"/rencana/{tight.pk}/",
    ]
    for path in paths:
        page.goto(live_server.url + path)
        assert complaints == []
        assert_sound(page)
        # Axe itself writes styles that the policy refuses.
        complaints.clear()


def test_an_area_moves_by_arrow_key_keeps_the_focus_and_moves_back(page, live_server, plan):
    sign_in(page, live_server, f"/rencana/{plan.pk}/")
    box = page.get_by_role("checkbox", name="Jaro")
    first = wave_of(page, JARO).get_attribute("data-slot")
    keys = ["ArrowRight", "ArrowLeft"]
    if page.locator("[data-slot]").nth(1).get_attribute("data-slot") == first:
        keys.reverse()
    box.focus()
    page.keyboard.press(keys[0])
    expect(page.locator("#plan-proof")).to_contain_text("Paling jauh 8 orang dari optimal")
    assert wave_of(page, JARO).get_attribute("data-slot") != first
    expect(box).to_be_focused()
    page.keyboard.press(keys[1])
    expect(page.locator("#plan-proof")).to_contain_text("Terbukti optimal")
    expect(box).to_be_focused()


def test_an_area_is_dragged_to_another_wave_with_whatever_is_ticked(page, live_server, plan):
    sign_in(page, live_server, f"/rencana/{plan.pk}/")
    here, there = wave_of(page, JARO), wave_of(page, JARO).get_attribute("data-slot")
    target = page.locator(f"[data-slot]:not([data-slot='{there}'])")
    for box in here.get_by_role("checkbox").all():
        box.check()
    page.locator(f"[data-area='{MURUNG_PUDAK}']").drag_to(target)
    expect(page.get_by_text("Yang dilanggar pembagian ini")).to_be_visible()
    assert wave_of(page, JARO).get_attribute("data-slot") != there
    expect(page.get_by_role("button", name="Terima")).to_have_count(0)


def test_without_script_areas_are_ticked_and_moved_by_a_button(browser, live_server, plan):
    page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    sign_in(page, live_server, f"/rencana/{plan.pk}/")
    slot = wave_of(page, JARO).get_attribute("data-slot")
    target = next(key for key in plan.assignment.values() if key != slot)
    page.get_by_role("checkbox", name="Jaro").check()
    page.get_by_label("Pindahkan yang dicentang ke").select_option(target)
    page.get_by_role("button", name="Pindahkan").click()
    assert wave_of(page, JARO).get_attribute("data-slot") == target
    page.get_by_role("button", name="Terima: buat 2 gelombang untuk 38 ketua RT").click()
    expect(page.get_by_text("2 gelombang dibuat sebagai draf")).to_be_visible()


def test_more_dates_and_rules_can_be_added_to_the_form(page, live_server, plan):
    sign_in(page, live_server, f"/program/{plan.program_id}/rencana/tambah/")
    page.get_by_role("button", name="Tambah tanggal").click()
    expect(page.get_by_label("Tanggal 4")).to_be_focused()
    page.get_by_role("button", name="Tambah sesi waktu").click()
    expect(page.get_by_label("Sesi waktu 3: mulai")).to_be_focused()
    page.get_by_role("button", name="Tambah aturan").click()
    assert page.locator("[name='aturan-TOTAL_FORMS']").input_value() == "3"
    expect(page.locator("#id_aturan-2-area")).to_be_focused()
