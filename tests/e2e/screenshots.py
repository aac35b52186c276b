"""Makes the README's screenshots from the demo of a real portal: `make screenshots`."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from rtportal.env import BASE_DIR
from tests.infra.chromium import ARGUMENTS, find_chromium
from tests.infra.portal import Portal

FOLDER = BASE_DIR / ".readme"
OFFICIAL = "petugas.tabalong@contoh.invalid"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
# The first wave of the coming bimtek: the fourth that the demo makes.
LIVE_WAVE = "/gelombang/4/"
PAGES = (
    ("/", "beranda"),
    (LIVE_WAVE, "gelombang"),
    ("/rencana/1/", "bagi-gelombang"),
    (f"{LIVE_WAVE}agenda/", "agenda"),
    ("/gelombang/1/kehadiran/", "kehadiran"),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with Portal() as portal, sync_playwright() as playwright:
        portal.manage("load_regions")
        portal.manage("demo")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        page = _signed_in(browser, portal)
        page.goto(f"{LIVE_WAVE}undangan/")
        page.get_by_role("button", name="Kirim undangan").click()
        expect(page.locator("[data-count=queued]")).to_have_text("0", timeout=120_000)
        _take(page, "undangan")
        page.goto("/kotak-masuk/")
        page.locator("main table a").first.click()
        link = page.locator("main a[href*='/u/']").first.get_attribute("href")
        phone = browser.new_context(viewport=PHONE).new_page()
        phone.goto(link)
        _take(phone, "halaman-ketua-rt")
        phone.get_by_role("button", name="Hadir", exact=True).click()
        _take(phone, "sudah-menjawab")
        for path, name in PAGES:
            page.goto(path)
            _take(page, name)
        browser.close()


def _signed_in(browser: Browser, portal: Portal) -> Page:
    page = browser.new_context(base_url=portal.base_url, viewport=DESK).new_page()
    page.goto("/")
    page.get_by_label("E-mail").fill(OFFICIAL)
    password = portal.python("from participants.management.demo.accounts import PASSWORD; print(PASSWORD)")
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name="Yang perlu dikerjakan hari ini").wait_for()
    return page


def _take(page: Page, name: str) -> None:
    page.screenshot(path=Path(FOLDER) / f"{name}.png")


if __name__ == "__main__":
    main()
