"""The timetable in a real browser: mouse, keyboard, phone, and what axe says."""

import re
from datetime import time, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from programs.models import Wave
from rtportal.lib import clock
from sessions.models import TrainingSession
from sessions.use_cases.move_session import move_session
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 1400}


@pytest.fixture
def wave():
    factories.regions()
    made = factories.wave()
    for title, kind, starts, minutes, room in (
        ("Pembukaan", "opening", time(8, 0), 60, ""),
        ("Tupoksi RT", "material", time(9, 0), 90, ""),
        ("Diskusi", "discussion", time(10, 30), 30, ""),
        ("ISHOMA", "break", time(12, 0), 60, ""),
        ("Pencegahan narkoba", "material", time(13, 0), 60, "Ruang 2"),
    ):
        factories.session(wave=made, title=title, kind=kind, starts=starts, minutes=minutes, room=room)
    return made


@pytest.fixture
def sheet(page: Page, live_server, client, wave) -> Page:
    """The agenda at a laptop, an official being signed in."""
    client.force_login(factories.user())
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.set_viewport_size(LAPTOP)
    page.goto(f"{live_server.url}/gelombang/{wave.pk}/agenda/")
    return page


def card(page: Page, title: str) -> Locator:
    return page.locator(f".session[data-title='{title}']")


def place(title: str) -> tuple[str, str]:
    session = TrainingSession.objects.get(title=title)
    return clock.span_words(session.starts_at, session.ends_at, "WITA").split(", ")[-1], session.room


def drag(page: Page, what: Locator, *, by_minutes: float = 0, to: Locator | None = None, grab: str = "h3 a"):
    """Drag by so many minutes downwards, or into the middle of another thing."""
    box = what.locator(grab).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    minute = page.locator(".agenda-grid ol").first.bounding_box()["height"] / (7 * 60)
    end = (x, y + by_minutes * minute)
    if to:
        other = to.bounding_box()
        end = (other["x"] + other["width"] / 2, other["y"] + other["height"] / 2)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + end[0]) / 2, (y + end[1]) / 2)
    page.mouse.move(*end)
    page.mouse.up()


def announced(page: Page, words: str) -> None:
    expect(page.locator("#agenda-kabar")).to_have_text(re.compile(words))


def test_a_session_is_dragged_to_another_hour_and_room(sheet):
    drag(sheet, card(sheet, "Diskusi"), by_minutes=33)
    announced(sheet, "“Diskusi” sekarang Rabu, 8 April 2026, 11.05–11.35 WITA")
    assert place("Diskusi") == ("11.05–11.35 WITA", "")
    empty = sheet.locator(".agenda-rooms [data-room='Ruang 2']")
    box, height = empty.bounding_box(), card(sheet, "Diskusi").bounding_box()
    x, y = height["x"] + 60, height["y"] + 12
    sheet.mouse.move(x, y)
    sheet.mouse.down()
    sheet.mouse.move(x + 50, y)
    sheet.mouse.move(box["x"] + box["width"] / 2, y)
    sheet.mouse.up()
    announced(sheet, "11.05–11.35 WITA, Ruang 2")
    assert place("Diskusi") == ("11.05–11.35 WITA", "Ruang 2")


def test_the_edge_makes_a_session_longer(sheet):
    drag(sheet, card(sheet, "Diskusi"), by_minutes=30, grab=".session-edge")
    announced(sheet, "10.30–11.30 WITA")
    assert place("Diskusi") == ("10.30–11.30 WITA", "")


def test_an_empty_place_clicked_twice_begins_a_session_there(sheet, wave):
    grid = sheet.locator(".agenda-grid ol").bounding_box()
    sheet.mouse.dblclick(grid["x"] + grid["width"] * 0.75, grid["y"] + grid["height"] * 2.3 / 7)
    expect(sheet.get_by_label("Mulai")).to_have_value("10:15")
    expect(sheet.get_by_label("Ruang")).to_have_value("Ruang 2")


def test_dropped_on_another_session_the_two_change_places_if_that_is_meant(sheet):
    drag(sheet, card(sheet, "Diskusi"), to=card(sheet, "Tupoksi RT"))
    dialog = sheet.get_by_role("dialog")
    expect(dialog).to_contain_text("“Diskusi” dilepas di atas “Tupoksi RT”")
    dialog.get_by_role("button", name="Batal").click()
    assert place("Diskusi") == ("10.30–11.00 WITA", "")
    drag(sheet, card(sheet, "Diskusi"), to=card(sheet, "Tupoksi RT"))
    dialog.get_by_role("button", name="Tukar", exact=True).click()
    announced(sheet, "^Ditukar:")
    assert (place("Diskusi")[0], place("Tupoksi RT")[0]) == ("09.00–09.30 WITA", "09.30–11.00 WITA")


def test_keys_move_stretch_and_swap_and_say_so(sheet):
    grip = sheet.get_by_role("button", name="Geser sesi Diskusi")
    grip.focus()
    for _ in range(3):
        sheet.keyboard.press("ArrowDown")
    announced(sheet, "^Diskusi: 10.45–11.15")
    announced(sheet, "“Diskusi” sekarang Rabu, 8 April 2026, 10.45–11.15 WITA")
    assert TrainingSession.objects.get(title="Diskusi").version == 2
    # The focus stays, so the next key goes on.
    expect(grip).to_be_focused()
    sheet.keyboard.press("Shift+ArrowDown")
    sheet.keyboard.press("Enter")
    announced(sheet, "10.45–11.20 WITA")
    sheet.keyboard.press("ArrowRight")
    sheet.keyboard.press("Enter")
    announced(sheet, "sekarang.*Ruang 2")
    assert place("Diskusi") == ("10.45–11.20 WITA", "Ruang 2")
    sheet.keyboard.press("ArrowUp")
    sheet.keyboard.press("Escape")
    announced(sheet, "^Batal")
    sheet.keyboard.press("t")
    announced(sheet, "^Ditukar:")
    assert place("Pencegahan narkoba") == ("10.45–11.20 WITA", "Ruang 2")
    assert place("Diskusi") == ("13.00–14.00 WITA", "Ruang 2")


def test_a_move_on_top_of_another_officials_is_told_at_the_session(sheet, wave):
    session = TrainingSession.objects.get(title="Diskusi")
    hour = timedelta(hours=1)
    move_session(
        session=session,
        version=1,
        starts_at=session.starts_at + hour,
        ends_at=session.ends_at + hour,
        room="",
        actor=factories.user(name="Hasan Basri"),
        now=factories.NOW,
    )
    drag(sheet, card(sheet, "Diskusi"), by_minutes=15)
    expect(card(sheet, "Diskusi").get_by_role("alert")).to_contain_text("baru saja diubah petugas lain")
    expect(card(sheet, "Diskusi").get_by_role("alert")).to_contain_text("oleh Hasan Basri")
    assert place("Diskusi") == ("11.30–12.00 WITA", "")
    # The timetable shown is the present one: the next move counts.
    drag(sheet, card(sheet, "Diskusi"), by_minutes=-30)
    announced(sheet, "11.00–11.30 WITA")


def test_a_session_can_be_dragged_to_another_day(sheet, wave):
    Wave.objects.filter(pk=wave.pk).update(ends_at=wave.ends_at + timedelta(days=1))
    sheet.reload()
    sheet.set_viewport_size({"width": 1440, "height": 2600})
    second = sheet.locator(".agenda-grid[data-day='2026-04-09']")
    drag(sheet, card(sheet, "Diskusi"), to=second)
    announced(sheet, "“Diskusi” sekarang Kamis, 9 April 2026")
    assert clock.local_date(TrainingSession.objects.get(title="Diskusi").starts_at, "WITA").day == 9


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_nothing_is_wider_than_the_screen_and_axe_is_content(sheet, live_server, wave, size):
    other = factories.wave(program=wave.program, number=2, areas=())
    session = TrainingSession.objects.get(title="Diskusi")
    sheet.set_viewport_size(size)
    complaints = []
    sheet.on("console", lambda message: complaints.append(message.text))
    for path in (
        f"/gelombang/{wave.pk}/agenda/",
        f"/gelombang/{other.pk}/agenda/",
        f"/gelombang/{wave.pk}/agenda/templat/",
        f"/gelombang/{wave.pk}/agenda/salin-ke/",
        f"/gelombang/{wave.pk}/agenda/tambah/",
        f"/sesi/{session.pk}/pindah/",
        f"/sesi/{session.pk}/hapus/",
    ):
        sheet.goto(live_server.url + path)
        assert sheet.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        violations = Axe().run(sheet).response["violations"]
        assert [(path, rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []
    assert complaints == []


def test_without_a_script_the_buttons_do_the_same(browser, live_server, client, wave):
    client.force_login(factories.user())
    context = browser.new_context(java_script_enabled=False, locale="id-ID", viewport=PHONE)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/gelombang/{wave.pk}/agenda/")
    card(page, "Diskusi").locator("summary").click()
    card(page, "Diskusi").get_by_role("button", name="Mundurkan 5 menit").click()
    expect(page.get_by_text("“Diskusi” sekarang Rabu, 8 April 2026, 10.35–11.05 WITA")).to_be_visible()
    card(page, "Diskusi").locator("summary").click()
    card(page, "Diskusi").get_by_role("link", name="Pindah atau tukar").click()
    page.get_by_label("Tukar dengan").select_option(label="ISHOMA (Rabu, 8 April 2026, 12.00–13.00 WITA)")
    page.get_by_role("button", name="Tukar", exact=True).click()
    assert place("ISHOMA") == ("10.35–11.05 WITA", "")
    context.close()
