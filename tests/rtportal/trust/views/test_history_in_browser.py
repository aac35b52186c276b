"""The history in a real browser: readable on a phone, nothing refused, nothing axe objects to."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from rtportal.audit.models import ChainCheck
from rtportal.audit.record import record
from rtportal.lib import clock
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(page: Page, live_server) -> Page:
    factories.regions()
    who = factories.user(role="admin", name="Rahmah, S.Sos.")
    client = Client()
    client.force_login(who)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    for action, sentence in (
        ("sign_in.done", "Rahmah, S.Sos. masuk."),
        ("wave.changed", "Mengubah Gelombang 1 Bimtek Ketua RT: hari Rabu, 8 November 2023 → Kamis, 9 November 2023."),
        ("refusal.no_right", "Ditolak, tidak berwenang: POST /gelombang/12/ubah/"),
        ("file.downloaded", "Mengunduh “Daftar peserta Gelombang 1, Bimtek Ketua RT” sebagai Excel, 337 baris"),
    ):
        fields = {"actor": who, "region_code": factories.TABALONG, "subject": "wave:1"}
        record(at=clock.now(), action=action, sentence=sentence, **fields)
    ChainCheck.objects.create(
        checked_at=clock.now(), sealed_count=4, unsealed_count=0, head_position=4, head_hash="a" * 64, fault_count=0
    )
    return page


@pytest.mark.parametrize("width", [360, 1440])
def test_the_history_is_read_and_narrowed_down(admin, live_server, width):
    admin.set_viewport_size({"width": width, "height": 800})
    admin.goto(f"{live_server.url}/riwayat/")
    expect(admin.get_by_role("heading", name="Riwayat", level=1)).to_be_visible()
    assert admin.evaluate("document.documentElement.scrollWidth <= innerWidth")
    violations = Axe().run(admin).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []
    admin.get_by_label("Jenis").select_option(label="Akses yang ditolak")
    admin.get_by_role("button", name="Saring").click()
    expect(admin.get_by_text("Ditolak, tidak berwenang")).to_be_visible()
    expect(admin.get_by_text("Mengubah Gelombang 1")).to_have_count(0)
    assert admin.complaints == []
