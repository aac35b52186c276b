"""Pages about speakers in a browser: no wider than the screen, nothing axe objects to, fingers find the buttons."""

from datetime import time, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from rtportal.lib import clock
from sessions.models import Material, SessionSpeaker, SpeakerBooking
from tests import factories
from tests.rtportal.lib.uploads import PDF
from tests.sessions.speaker_world import invite, lecture, page_of, publish, with_link

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {"old phone": (320, 640), "phone": (360, 740), "laptop": (1440, 900)}
_SMALL = """() => [...document.querySelectorAll('button, .button, summary, input:not([type=hidden])')]
    .filter((each) => each.offsetHeight && each.offsetHeight < 48).map((each) => each.outerHTML)"""


@pytest.fixture
def wave():
    factories.regions(factories.TABALONG)
    return factories.wave(on=(clock.now() + timedelta(days=20)).date())


@pytest.fixture
def minister(wave):
    who = factories.speaker(name="Bima Arya Sugiarto", position="Wakil Menteri Dalam Negeri", topics="Asta Cita")
    declined = lecture(wave, who, title="Asta Cita dan peran ketua RT", status="declined", decline_reason="Sidang")
    camat = factories.speaker(position="Camat Jaro", institution="Kecamatan Jaro")
    SessionSpeaker.objects.create(session=declined, speaker=camat, role="standby", status="confirmed")
    lecture(wave, who, title="Tanya jawab", starts=time(13), status="tentative")
    lecture(wave, who, title="Kampung bersih", starts=time(14))
    publish(wave)
    invite(wave, now=clock.now())
    return with_link(who)


def look(page: Page, address: str) -> None:
    page.goto(address)
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        violations = Axe().run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []


def test_a_speaker_answers_and_hands_in_on_a_phone_without_script(browser, live_server, wave, minister):
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    page.goto(live_server.url + page_of(minister))
    section = page.get_by_role("region", name="Kampung bersih")
    section.get_by_role("button", name="Bersedia").click()
    expect(section.get_by_role("status")).to_contain_text("bersedia")
    section.get_by_text("Unggah materi").click()
    section.get_by_label("Berkas materi").set_input_files({"name": "a.pdf", "mimeType": "x", "buffer": PDF})
    section.get_by_role("button", name="Unggah").click()
    expect(section.get_by_text("a.pdf", exact=False).first).to_be_visible()
    assert SpeakerBooking.objects.get().speaker == minister
    assert Material.objects.get().name == "a.pdf"


def test_the_page_of_a_speaker_suits_every_screen(page, live_server, minister):
    look(page, live_server.url + page_of(minister))
    assert page.evaluate(_SMALL) == []


def test_the_pages_for_officials_suit_every_screen(page, live_server, wave, minister):
    official = factories.user()
    page.goto(f"{live_server.url}/akun/masuk/?next=/narasumber/")
    page.get_by_label("E-mail").fill(official.email)
    page.get_by_label("Kata sandi").fill(factories.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    session = wave.training_sessions.first()
    for path in (
        "/narasumber/",
        f"/narasumber/{minister.pk}/",
        f"/narasumber/{minister.pk}/ubah/",
        f"/gelombang/{wave.pk}/narasumber/",
        f"/sesi/{session.pk}/materi/",
    ):
        look(page, live_server.url + path)
    page.goto(f"{live_server.url}/gelombang/{wave.pk}/narasumber/")
    page.get_by_role("button", name="Jadikan narasumber utama").click()
    expect(page.get_by_text("Camat Jaro menjadi narasumber utama")).to_be_visible()
