"""The publish page and the versions in a real browser: narrow and wide, nothing refused, nothing axe objects to."""

from datetime import time, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from programs.models import SpecialDay, Wave
from sessions.models import TrainingSession
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def screen(page: Page, request, live_server) -> Page:
    page.set_viewport_size(request.param)
    factories.regions()
    official = factories.user(name="Siti Rahmah")
    page.goto(f"{live_server.url}/akun/masuk/?next=/akun/kata-sandi/")
    page.get_by_label("E-mail").fill(official.email)
    page.get_by_label("Kata sandi").fill(factories.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Ganti kata sandi")).to_be_visible()
    return page


@pytest.fixture
def wave() -> Wave:
    """A Friday that is a local holiday, with a lesson during prayer and a speaker in two sessions at once."""
    day = factories.WAVE_DAY + timedelta(days=366)
    SpecialDay.objects.create(region_id="63.09", name="Hari jadi Tabalong", kind="local", starts_on=day, ends_on=day)
    made = factories.wave(on=day, venue=factories.venue(name="Aula Pendopo Bersinar Pembataan"), published=False)
    who = factories.speaker()
    factories.session(wave=made, title="Pencegahan narkoba", speakers=[who])
    factories.session(wave=made, title="Tugas pokok dan fungsi RT", starts=time(11), room="Ruang 2")
    return made


def check(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    violations = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []


def test_a_schedule_is_published_with_its_warnings_and_then_changed(screen, live_server, wave):
    address = f"{live_server.url}/gelombang/{wave.pk}/terbitkan/"
    screen.goto(address)
    check(screen)
    publish = screen.get_by_role("button", name="Terbitkan jadwal")
    publish.click()
    expect(screen.get_by_role("alert")).to_contain_text("2 belum dicentang")
    check(screen)
    for box in screen.get_by_role("checkbox").all():
        box.check()
    publish.click()
    expect(screen.get_by_text("Terbit (versi 1)")).to_be_visible()

    TrainingSession.objects.filter(wave=wave, room="").update(room="Ruang 1")
    screen.goto(address)
    check(screen)
    screen.get_by_role("button", name="Terbitkan perubahan").click()
    screen.get_by_role("link", name="Lihat semua versi").click()
    expect(screen.get_by_role("heading", name="Versi 2")).to_be_visible()
    check(screen)


def test_what_must_not_be_published_has_no_button(screen, live_server, wave):
    factories.session(wave=wave, title="Bahaya narkoba", room="Ruang 3", speakers=[factories.speaker()])
    factories.wave(program=factories.program(name="Retret Ketua RT"), venue=wave.venue, on=wave.local_day, areas=())
    screen.goto(f"{live_server.url}/gelombang/{wave.pk}/terbitkan/")
    expect(screen.get_by_role("button", name="Terbitkan jadwal")).to_be_disabled()
    check(screen)
