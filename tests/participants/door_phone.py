"""A committee's phone at the door, as a person holds it: for tests in a browser."""

from collections.abc import Iterable
from datetime import time

from playwright.sync_api import Page, expect

from participants.models import DoorDevice, Enrolment
from participants.presence.devices import token_of
from programs.models import Wave
from rtportal.lib import clock
from sessions.models import TrainingSession
from tests import factories
from tests.factories import MURUNG_PUDAK


def wave_of_today(people: int, **fields) -> tuple[Wave, TrainingSession, list[Enrolment]]:
    """A wave that is on today, its one session, and who is invited; `fields` are the programme's."""
    factories.regions(factories.TABALONG)
    program = factories.program(**fields)
    wave = factories.wave(program=program, on=clock.local_date(clock.now(), "WITA"))
    session = factories.session(wave=wave, title="Pembukaan", starts=time(8, 0), minutes=420)
    heads = factories.heads(people, district=MURUNG_PUDAK)
    return wave, session, [factories.enrolment(wave=wave, head=head) for head in heads]


class Phone:
    """One device; `url` is the portal's address."""

    def __init__(self, page: Page, url: str):
        self.page, self.url = page, url

    def become(self, desk: DoorDevice) -> "Phone":
        """Follows the link in the desk's QR code, and waits until the page works without a network."""
        return self.open(f"{self.url}/pintu/#{token_of(desk.link_id)}", desk.name)

    def open(self, link: str, name: str) -> "Phone":
        self.page.goto(link)
        expect(self.page.get_by_role("heading", name=name)).to_be_visible()
        expect(self.page.locator("#connection")).to_contain_text("Tersambung")
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return self

    def cut(self) -> None:
        self.page.context.set_offline(True)
        expect(self.page.locator("#connection")).to_contain_text("Tanpa jaringan")

    def reconnect(self) -> None:
        self.page.context.set_offline(False)
        expect(self.page.locator("#connection")).to_have_text("Tersambung", timeout=20_000)

    def way(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def type_code(self, code: str) -> str:
        """Types a code and returns what the whole screen says then."""
        if not self.page.locator("#code").is_visible():
            self.way("Ketik")
        self.page.locator("#code").fill(code)
        self.page.keyboard.press("Enter")
        return self.verdict()

    def verdict(self) -> str:
        # While it asks there is no way on yet.
        expect(self.page.locator("#verdict-next")).to_be_visible()
        return self.page.locator("#verdict").inner_text()

    def tone(self) -> str:
        return self.page.locator("#verdict").get_attribute("data-tone")

    def go_on(self) -> None:
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#verdict")).to_be_hidden()

    def type_codes(self, people: Iterable[Enrolment]) -> list[str]:
        """The first word for each."""
        words = []
        for person in people:
            words.append(self.type_code(person.short_code).splitlines()[0])
            self.go_on()
        return words

    def stored(self, store: str) -> list:
        """Rows of the device's own database, bytes as their length."""
        return self.page.evaluate(
            """async (store) => {
              const request = indexedDB.open("pintu");
              const database = await new Promise((done) => (request.onsuccess = () => done(request.result)));
              const rows = database.transaction(store).objectStore(store).getAll();
              const all = await new Promise((done) => (rows.onsuccess = () => done(rows.result)));
              database.close();
              const plain = (_, value) => value instanceof ArrayBuffer ? value.byteLength : value;
              return all.map((row) => row instanceof CryptoKey
                ? { type: row.type, extractable: row.extractable, name: row.algorithm.name }
                : JSON.parse(JSON.stringify(row, plain)));
            }""",
            store,
        )
