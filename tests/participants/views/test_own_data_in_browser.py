"""The own data and the privacy notice on a small telephone: from the digits to a request, for everybody."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from participants.models import DataCorrection
from rtportal.lib import clock
from tests import factories
from tests.factories import MURUNG_PUDAK

pytestmark = pytest.mark.django_db(transaction=True)

# A link inside a sentence is as high as its line; the ones that stand alone are not.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), textarea")]
    .filter(one => !(one.tagName === "A" && one.closest("main p, main li")) || one.className)
    .filter(one => one.getBoundingClientRect().height < 48).map(one => one.outerHTML)"""


def check(page: Page) -> None:
    """Fits 320 px, and a telephone of 360 px at 200 %; targets of 48 px; axe finds nothing."""
    for width in (180, 320):
        page.set_viewport_size({"width": width, "height": 600})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL_TARGETS) == []
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_from_the_digits_to_a_request_every_page_fits_and_axe_finds_nothing(page: Page, live_server):
    factories.regions(MURUNG_PUDAK)
    wave = factories.wave(on=clock.local_date(clock.now(), "WITA") + timedelta(days=20))
    head = factories.head(number="005", email="ahmad.fauzi.ketua.rt.005@kelurahan-belimbing-raya.test")
    enrolment = factories.enrolment(wave=wave, head=head)

    page.goto(live_server.url + factories.personal_path(enrolment))
    page.get_by_role("link", name="Data saya").click()
    check(page)
    page.get_by_label("Empat angka terakhir nomor HP").fill("0000")
    page.get_by_role("button", name="Buka data saya").click()
    check(page)
    page.get_by_label("Empat angka terakhir nomor HP").fill("7890")
    page.get_by_role("button", name="Buka data saya").click()
    check(page)
    page.get_by_label("Nomor HP").fill("12")
    page.get_by_role("button", name="Kirim permintaan").click()
    check(page)
    page.get_by_label("Nomor HP").fill("0813-1111-2222")
    page.get_by_role("button", name="Kirim permintaan").click()
    check(page)
    assert DataCorrection.objects.get().wanted == {"phone": "+6281311112222"}
    assert not page.context.cookies()

    page.get_by_role("link", name="Pemberitahuan privasi").click()
    check(page)
    assert not page.context.cookies()
