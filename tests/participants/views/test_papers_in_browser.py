"""The pages about papers in a real browser: they fit a phone and a laptop, and can be used by everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from programs.models import CommitteeMember
from programs.use_cases.save_letterhead import save_letterhead
from tests import factories
from tests.factories import NOW
from tests.participants.letters import wave_by_letter
from tests.rtportal.lib.pictures import png

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture
def paths(live_server, page: Page) -> list[str]:
    wave = wave_by_letter(3)
    program, office = wave.program, wave.program.office
    signer = factories.signatory(office=office, gelar_depan="Drs. H.", gelar_belakang="M.Si.", rank="Pembina, IV/a")
    head = {"address": "Jalan Pangeran Antasari Nomor 1", "city": "Tanjung", "contact_lines": "Telepon (0526) 2021234"}
    save_letterhead(office=office, version=1, **head, logo=png(), actor=factories.user(), now=NOW)
    CommitteeMember.objects.create(program=program, place=1, name="H. Rahmadi, S.Sos.", duty="Ketua")
    client = Client()
    client.force_login(factories.user(role="admin"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return [
        f"{live_server.url}{path}"
        for path in (
            f"/kantor/{office.pk}/kop/",
            f"/penanda-tangan/{signer.pk}/ubah/",
            f"/program/{program.pk}/surat/",
            f"/program/{program.pk}/panitia/",
            f"/program/{program.pk}/kata-surat/",
            f"/program/{program.pk}/kata-surat/surat_undangan/",
            f"/gelombang/{wave.pk}/berkas/",
        )
    ]


def test_every_page_fits_its_screen_and_can_be_used_by_everybody(paths, page: Page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in paths:
        page.goto(path)
        violations = Axe().run(page).response["violations"]
        assert [(path, rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []
        for size in (PHONE, LAPTOP):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert complaints == []


def test_the_preview_of_a_letter_follows_what_is_typed(paths, page: Page):
    page.goto(paths[5])
    page.get_by_label("Hal atau judul").fill("Undangan ")
    page.get_by_role("button", name="Sisipkan nama", exact=True).click()
    page.locator("#preview .paper-subject", has_text="Undangan Warga").wait_for()
