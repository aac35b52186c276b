"""The frame in a real browser: nothing refused by the policy, nothing wider than the screen, nothing axe objects to."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def screen(page: Page, request) -> Page:
    page.set_viewport_size(request.param)
    return page


def visit(page: Page, address: str) -> None:
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    # A page that is not found is always named on the console.
    assert [text for text in complaints if "status of 404" not in text] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    violations = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []


@pytest.mark.parametrize(
    "path", ["/akun/masuk/", "/akun/daftar/", "/akun/kata-sandi/lupa/", "/akun/kata-sandi/baru/1-abc/", "/tidak/ada/"]
)
def test_pages_before_signing_in(screen, live_server, path):
    visit(screen, live_server.url + path)


def test_the_frame_after_signing_in(screen, live_server):
    factories.regions()
    official = factories.user(name="Siti Rahmah")
    screen.goto(f"{live_server.url}/akun/masuk/?next=/akun/kata-sandi/")
    screen.get_by_label("E-mail").fill(official.email)
    screen.get_by_label("Kata sandi").fill(factories.PASSWORD)
    screen.get_by_role("button", name="Masuk").click()
    expect(screen.get_by_role("heading", name="Ganti kata sandi")).to_be_visible()
    visit(screen, f"{live_server.url}/akun/kata-sandi/")

    # The menu opens by itself (no script needed) and Escape closes it.
    screen.locator("summary", has_text="Menu akun").click()
    expect(screen.get_by_role("button", name="Keluar")).to_be_visible()
    screen.keyboard.press("Escape")
    expect(screen.get_by_role("button", name="Keluar")).to_be_hidden()


def test_every_word_of_the_menu_is_reached_on_a_phone(page, live_server):
    page.set_viewport_size(PHONE)
    factories.regions()
    official = factories.user()
    page.goto(f"{live_server.url}/akun/masuk/?next=/akun/kata-sandi/")
    page.get_by_label("E-mail").fill(official.email)
    page.get_by_label("Kata sandi").fill(factories.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_text("Lainnya").click()
    for word in ["Beranda", "Program", "Kalender", "Ketua RT", "Narasumber", "Pesan", "Berkas", "Pengaturan"]:
        expect(page.get_by_role("link", name=word, exact=True)).to_be_visible()
