"""The personal page on a small telephone: two taps without script, large type and targets, nothing that leaks."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from participants.models import Attendance, Enrolment
from participants.use_cases.reissue_link import reissue_link
from programs.models import Program, Venue, Wave
from rtportal.lib import clock
from rtportal.messaging.models import Reply
from sessions.models import Material, TrainingSession
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db(transaction=True)

# The second is a telephone of 360 px whose owner zooms to 200 %.
SMALL, ZOOMED = {"width": 320, "height": 568}, {"width": 180, "height": 370}
STATES = {
    "unanswered": {"answer": "", "answered_at": None},
    "confirmed": {"answer": "confirmed"},
    "represented": {"answer": "represented", "substitute_name": "Budi Santoso", "substitute_phone": "+6281311112222"},
    "declined": {"answer": "declined", "reason": "Menikahkan anak"},
    "revoked": {"answer": "confirmed", "link_revoked_at": NOW},
}
# What is too small to be hit or read, with what it is.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
    .filter(one => one.checkVisibility())
    .map(one => [one.getBoundingClientRect(), one.outerHTML])
    .filter(([box]) => box.height < 48 || box.width < 48)
    .map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
SMALL_WORDS = """() => [...document.querySelectorAll("body *")]
    .filter(one => [...one.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
    .filter(one => parseFloat(getComputedStyle(one).fontSize) < 18).map(one => one.outerHTML)"""
# Whatever one would have to scroll sideways for.
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth).map(one => one.outerHTML.slice(0, 200))"""


@pytest.fixture
def enrolment():
    factories.regions(MURUNG_PUDAK)
    program = factories.program(
        name="Bimtek Peningkatan Kapasitas Ketua RT Tahun 2026",
        letter_number="400.10/123/DPMD",
        bring="Surat undangan ini, alat tulis, dan KTP",
    )
    hall = factories.venue(name="Aula Pendopo Bersinar")
    Venue.objects.update(latitude=-2.17, longitude=115.38, address="Jalan Tanjung Selatan Nomor 1, Pembataan")
    hall.refresh_from_db()
    wave = factories.wave(program=program, venue=hall, on=clock.local_date(clock.now(), "WITA") + timedelta(days=20))
    session = factories.session(wave=wave, title="Pencegahan narkoba", speakers=[factories.speaker()])
    factories.publish(wave)
    Material.objects.create(
        session=session, uploaded_at=NOW, released_at=NOW, name="Paparan-narkoba-terlengkap.pdf", path="x", size=1
    )
    head = factories.head(number="005", rw="002", gelar_depan="H.", gelar_belakang="S.Pd.")
    return factories.enrolment(wave=wave, head=head, short_code="KQ73MT")


def stand(enrolment: Enrolment, state: str) -> str:
    """Puts it into one of STATES; returns the page's path."""
    Enrolment.objects.filter(pk=enrolment.pk).update(**{"answered_at": NOW} | STATES[state])
    return factories.personal_path(enrolment)


@pytest.fixture
def complaints(page: Page):
    """What the browser objects to, and whatever it asks of others."""
    heard = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: "//localhost" in request.url or heard.append(request.url))
    return heard


@pytest.mark.parametrize("state", STATES)
def test_everything_fits_is_large_and_axe_finds_nothing(page: Page, live_server, enrolment, complaints, state):
    path = stand(enrolment, state)
    for each in (path, f"{path}bukan-saya/"):
        page.set_viewport_size(SMALL)
        page.goto(live_server.url + each)
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate(SMALL_TARGETS) == []
        assert page.evaluate(SMALL_WORDS) == []
        assert page.evaluate(TOO_WIDE) == []
        violations = Axe().run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []
        page.set_viewport_size(ZOOMED)
        assert page.evaluate(TOO_WIDE) == []
        page.set_viewport_size(SMALL)
        page.evaluate("document.documentElement.style.fontSize = '38px'")
        assert page.evaluate(TOO_WIDE) == []
    assert [words for words in complaints if "410" not in words] == []


@pytest.mark.browser_context_args(java_script_enabled=False, viewport=SMALL)
def test_two_taps_without_script_and_without_a_cookie(page: Page, live_server, enrolment):
    headers = []
    page.on("response", lambda response: headers.append(response.headers))
    page.goto(live_server.url + factories.personal_path(enrolment))
    expect(page.get_by_role("heading", name="Apakah Anda H. Ahmad Fauzi, S.Pd.")).to_be_visible()
    page.get_by_role("button", name="Hadir", exact=True).click()
    expect(page.get_by_text("Terima kasih, Bapak/Ibu H. Ahmad Fauzi, S.Pd. tercatat hadir.")).to_be_visible()
    expect(page.get_by_role("img", name="Kode QR dari kode KQ7-3MT")).to_be_visible()
    assert page.context.cookies() == []
    assert not [one for one in headers if "set-cookie" in one]
    assert Enrolment.objects.get().answer == "confirmed"


@pytest.mark.browser_context_args(java_script_enabled=False, viewport=SMALL)
def test_whoever_is_not_meant_tells_the_office_and_answers_nothing(page: Page, live_server, enrolment):
    page.goto(live_server.url + factories.personal_path(enrolment))
    page.get_by_role("link", name="Bukan saya").click()
    page.get_by_role("link", name="Kembali ke undangan").click()
    page.get_by_role("link", name="Bukan saya").click()
    page.get_by_label("Pesan untuk kantor").fill("Nomor ini milik saya sejak 2024")
    page.get_by_role("button", name="Ya, ini bukan saya").click()
    expect(page.get_by_text("kantor kami sudah diberi tahu")).to_be_visible()
    assert Reply.objects.get().text.endswith("Nomor ini milik saya sejak 2024")
    assert Enrolment.objects.get().answer == ""


@pytest.mark.browser_context_args(java_script_enabled=False, viewport=SMALL)
def test_without_its_style_the_page_reads_in_order(page: Page, live_server, enrolment):
    page.route("**/*.css", lambda route: route.abort())
    Attendance.objects.create(
        enrolment=enrolment, session=TrainingSession.objects.get(), marked_at=NOW, marked_by=factories.user()
    )
    for state, order in (
        ("unanswered", "DPMD|Surat nomor|Ahmad Fauzi|Undangan Bimtek|Waktu|Tempat|peta|Apakah Anda|Hadir|dibawa|Acara"),
        ("confirmed", "Ahmad Fauzi|Terima kasih|Pas masuk|KQ7-3MT|Waktu|Ubah jawaban|Acara|kalender|Kehadiran|Materi"),
    ):
        page.goto(live_server.url + stand(enrolment, state))
        words = page.locator("body").inner_text()
        places = [words.find(part, 0) for part in order.split("|")]
        assert -1 not in places, (words, places)
        assert places == sorted(places), (words, places)
        assert words.rstrip().endswith("Pemberitahuan privasi")


def test_the_pass_prints_on_one_sheet_without_what_cannot_be_tapped(page: Page, live_server, enrolment):
    page.goto(live_server.url + stand(enrolment, "confirmed"))
    page.emulate_media(media="print")
    for words in ("H. Ahmad Fauzi, S.Pd.", "KQ7-3MT", "Aula Pendopo Bersinar", "Pencegahan narkoba"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_role("img", name="KQ7-3MT")).to_be_visible()
    for words in ("Ubah jawaban", "Masukkan ke kalender", "Lihat di peta", "bukan untuk Anda", "Data saya"):
        expect(page.get_by_text(words).first).to_be_hidden()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4"))) == 1


def test_the_map_opens_on_a_tap_alone_and_learns_nothing_of_the_link(page: Page, live_server, enrolment, complaints):
    page.goto(live_server.url + factories.personal_path(enrolment))
    assert complaints == []
    asked = []

    def answer(route):
        asked.append(route.request)
        route.fulfill(body="peta", content_type="text/plain")

    page.route("https://www.google.com/**", answer)
    page.get_by_role("link", name="Lihat di peta").click()
    expect(page.get_by_text("peta")).to_be_visible()
    assert asked[0].url == "https://www.google.com/maps/search/?api=1&query=-2.17%2C115.38"
    assert "referer" not in asked[0].all_headers()


def test_a_replaced_link_leads_to_a_person(page: Page, live_server, enrolment, complaints):
    old = factories.personal_path(enrolment)
    reissue_link(enrolment=enrolment, by=factories.user(), now=NOW)
    page.set_viewport_size(SMALL)
    assert page.goto(live_server.url + old).status == 410
    expect(page.get_by_role("link", name="0526")).to_be_visible()
    assert page.evaluate(SMALL_TARGETS) == []


def test_a_cancelled_wave_fits_too(page: Page, live_server, enrolment):
    Program.objects.update(name="Bimbingan-Teknis-Peningkatan-Kapasitas-Ketua-Rukun-Tetangga")
    Wave.objects.update(cancelled_at=NOW, cancel_reason="Banjir")
    page.set_viewport_size(ZOOMED)
    page.goto(live_server.url + stand(enrolment, "confirmed"))
    assert page.evaluate(TOO_WIDE) == []
    expect(page.get_by_role("heading", name="Dibatalkan")).to_be_visible()
