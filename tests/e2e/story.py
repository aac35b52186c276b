"""What the steps of a story share."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.infra.portal import Portal
from tests.infra.smtp import SmtpSink

PASSWORD = "kata-sandi-uji-tabalong"
ACCOUNTS = (
    ("petugas@tabalong.test", "Petugas DPMD", "official", "63.09"),
    ("admin@tabalong.test", "Admin Tabalong", "admin", "63.09"),
    ("petugas@jambi.test", "Petugas Jambi", "official", "15.71"),
)


def coming_wednesday() -> date:
    day = date.today() + timedelta(days=14)  # noqa: DTZ011 - any Wednesday about two weeks ahead will do
    return day + timedelta(days=(2 - day.weekday()) % 7)


@dataclass
class Story:
    """What the steps share."""

    portal: Portal
    sink: SmtpSink
    browser: Browser
    folder: Path
    day: date
    links: dict[str, str] = field(default_factory=dict)

    def sign_in(self, email: str) -> Page:
        page = self.browser.new_context(base_url=self.portal.base_url, locale="id-ID").new_page()
        page.goto("/")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Yang perlu dikerjakan hari ini")
        return page

    def wave_tab(self, page: Page, tab: str) -> None:
        page.goto("/gelombang/1/")
        page.get_by_role("navigation", name="Bagian gelombang").get_by_role("link", name=tab).click()

    def answering_phone(self, address: str) -> Page:
        """An RT head's telephone: no script, no cookie, the link from the mail."""
        context = self.browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
        page = context.new_page()
        page.goto(self.links[address])
        return page
