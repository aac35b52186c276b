"""Payments, report and bundle of a wave in a real browser."""

import random
import struct
import zlib
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from participants.models import Payment, WavePhoto, WaveReport
from programs.models import Wave
from rtportal.documents import kept_files
from rtportal.lib import clock
from rtportal.lib.pictures import picture_of
from sessions.models import SpeakerFee
from tests import factories
from tests.infra.portal import wait_until
from tests.participants.spj import held_wave, paid, pays, photographed, signed

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
PAGES = ["/gelombang/{wave}/pembayaran/", "/gelombang/{wave}/laporan/", "/gelombang/{wave}/berkas/"]


@pytest.fixture
def world():
    """A wave that is over, partly paid, with a speaker, a report, a photo and a signed paper."""
    wave, people, official = held_wave(count=6, came=5)
    ended = clock.now() - timedelta(days=1)
    Wave.objects.update(starts_at=ended - timedelta(hours=7), ends_at=ended)
    pays(wave, 112_500)
    paid(people[0], by=official)
    paid(people[1], by=official)
    speaker = factories.speaker(name="Rusmadi", institution="Badan Narkotika Nasional Kabupaten Tabalong")
    wave.training_sessions.get().session_speakers.create(speaker=speaker, status="confirmed")
    SpeakerFee.objects.create(wave=wave, speaker=speaker, amount=1_500_000, tax_percent=5)
    WaveReport.objects.create(wave=wave, minutes="Dibuka Sekda.\n\nTanya jawab.", version=1)
    photographed(wave, by=official)
    signed(wave, by=official)
    return wave


def sign_in(page: Page, server: str) -> None:
    client = Client()
    client.force_login(factories.user(role="admin", email="admin@dpmd.test"))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server}])


def test_pages_fit_phone_and_laptop_and_pass_axe(live_server, page: Page, world):
    sign_in(page, live_server.url)
    for address in PAGES:
        page.goto(live_server.url + address.format(wave=world.pk))
        for size in (PHONE, LAPTOP):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (address, size)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_all_are_paid_but_the_ticked_one_and_a_large_photo_arrives_small(live_server, page: Page, world):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/gelombang/{world.pk}/pembayaran/?keadaan=belum")
    page.get_by_label("kecuali").first.check()
    page.get_by_text("Catat 3 orang sudah dibayar…").click()
    page.get_by_role("button", name="Ya, catat sudah dibayar").click()
    page.get_by_text("Uang transpor 2 orang dicatat sudah dibayar.").wait_for()
    assert Payment.objects.count() == 4
    page.goto(f"{live_server.url}/gelombang/{world.pk}/laporan/")
    page.get_by_label("Foto*").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": wide_png()})
    name = "document.querySelector('input[data-shrink]').files[0].name"
    # Playwright's own waiting evaluates words inside the page, which the portal's policy refuses.
    wait_until(lambda: page.evaluate(name) == "foto.jpg", 30)
    page.get_by_role("button", name="Tambah foto").click()
    page.get_by_text("Foto disimpan.").wait_for()
    with kept_files.open_kept(WavePhoto.objects.exclude(path__endswith=".png").get().path) as kept:
        picture = picture_of(kept.read())
    assert (picture.kind, picture.width) == ("jpeg", 1920)


def wide_png() -> bytes:
    """Three thousand pixels wide, each of another colour, so that packing does not help."""
    rows = b"".join(b"\0" + random.Random(line).randbytes(9_000) for line in range(40))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 3_000, 40, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
