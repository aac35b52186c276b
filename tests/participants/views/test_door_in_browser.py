"""The door with a network: a real pass before a camera, codes by hand, names, guests, and taking back."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from participants.models import Attendance, AttendanceEvent, RetiredPass, WalkIn
from participants.presence.devices import token_of
from rtportal.lib import clock
from rtportal.lib.short_codes import show_code
from tests import factories
from tests.infra.fake_camera import camera_arguments, film_qr
from tests.infra.portal import wait_until
from tests.participants.door_phone import Phone, wave_of_today
from tests.participants.door_world import desk

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return tmp_path / "pass.y4m"


@pytest.fixture
def camera_page(browser_type, browser_type_launch_args, film):
    """A phone whose camera sees what `film` shows."""
    arguments = browser_type_launch_args["args"] + camera_arguments(film)
    browser = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    yield browser.new_page(viewport=PHONE, locale="id-ID")
    browser.close()


def test_a_real_pass_before_the_camera_is_one_attendance(camera_page, live_server, film):
    wave, session, [person, *_] = wave_of_today(3)
    film_qr(film, show_code(person.short_code))
    phone = Phone(camera_page, live_server.url).become(desk(wave, "Meja 2"))
    camera_page.get_by_role("button", name="Nyalakan kamera").click()
    said = phone.verdict()
    assert said.splitlines()[0] == "HADIR"
    assert person.head.full_name in said
    assert "Tercatat hadir." in said
    assert phone.tone() == "good"
    # It makes room by itself, and the pass that is still in view is not read again and again.
    expect(camera_page.locator("#verdict")).to_be_hidden(timeout=6_000)
    camera_page.wait_for_timeout(1_500)
    expect(camera_page.locator("#verdict")).to_be_hidden()
    event = AttendanceEvent.objects.get()
    assert (event.shown, event.was_offline, event.session) == ("present", False, session)
    assert Attendance.objects.get().enrolment == person


def test_the_personal_link_as_a_qr_code_is_a_pass_too_and_its_token_stays_on_the_phone(camera_page, live_server, film):
    wave, _, [person, *_] = wave_of_today(2)
    film_qr(film, f"https://portal.example{factories.personal_path(person)}")
    phone = Phone(camera_page, live_server.url).become(desk(wave))
    bodies = []
    camera_page.on("request", lambda request: bodies.append(request.post_data or ""))
    camera_page.get_by_role("button", name="Nyalakan kamera").click()
    assert phone.verdict().splitlines()[0] == "HADIR"
    assert person.link_hash[:16] in "".join(bodies)
    assert factories.token_of(person.link_id) not in "".join(bodies)
    assert Attendance.objects.get().enrolment == person


def test_a_qr_code_of_something_else_is_no_pass_and_is_not_sent_anywhere(camera_page, live_server, film):
    wave, *_ = wave_of_today(1)
    film_qr(film, "https://qris.example/bayar?id=93600")
    phone = Phone(camera_page, live_server.url).become(desk(wave))
    camera_page.get_by_role("button", name="Nyalakan kamera").click()
    assert phone.verdict().splitlines()[0] == "BUKAN PAS"
    assert phone.tone() == "bad"
    assert not AttendanceEvent.objects.exists()
    assert phone.stored("events") == []


def test_a_desks_own_qr_code_makes_the_page_a_desk(camera_page, live_server, film):
    from participants.presence.devices import door_url

    wave, *_ = wave_of_today(1)
    film_qr(film, door_url(desk(wave, "Meja 7")))
    camera_page.goto(f"{live_server.url}/pintu/")
    camera_page.get_by_role("button", name="Pindai QR meja").click()
    expect(camera_page.get_by_role("heading", name="Meja 7")).to_be_visible()


def test_each_verdict_has_its_word_its_colour_and_its_sentence(page: Page, live_server):
    wave, _, people = wave_of_today(5)
    here, declined, represented, revoked, unapproved = people
    represented.answer, represented.substitute_name = "represented", "Rizky Ananda"
    unapproved.answer, unapproved.substitute_name, unapproved.substitute_state = "represented", "Budi", "pending"
    declined.answer = "declined"
    for person in (declined, represented, unapproved):
        person.answered_at = clock.now()
        person.save()
    RetiredPass.objects.create(
        enrolment=revoked, short_code="RRRRRR", link_hash="f" * 64, cause="reissued", at=clock.now()
    )
    other = factories.wave(program=wave.program, number=2, areas=(factories.JARO,))
    elsewhere = factories.enrolment(wave=other, head=factories.head(district=factories.JARO))
    phone = Phone(page, live_server.url).become(desk(wave, "Meja 2"))
    for code, tone, *words in (
        (here.short_code, "good", "HADIR", here.head.full_name, "Kelurahan"),
        (here.short_code, "care", "SUDAH HADIR", "Sudah tercatat hadir", "di Meja 2"),
        (declined.short_code, "care", "BERHALANGAN, TETAPI DATANG", declined.head.full_name),
        (represented.short_code, "good", "DIWAKILI", "Diwakili oleh Rizky Ananda."),
        (unapproved.short_code, "care", "DIWAKILI", "Wakil ini belum disetujui."),
        ("rrr-rrr", "bad", "DICABUT", "Cari namanya."),
        (elsewhere.short_code, "bad", "SALAH GELOMBANG", "Terdaftar pada Gelombang 2."),
        ("222 222", "bad", "TIDAK DIKENAL", "catat sebagai tamu"),
    ):
        said = phone.type_code(code)
        assert (code, said.splitlines()[0], phone.tone()) == (code, words[0], tone)
        for word in words[1:]:
            assert word in said
        # Screen readers hear the same.
        assert words[0].capitalize() in page.locator("#announcement").inner_text()
        phone.go_on()
    expect(page.locator("#counts")).to_contain_text("4 hadir dari 5")


def test_a_code_that_cannot_be_one_is_explained_beside_the_field(page: Page, live_server):
    wave, *_ = wave_of_today(1)
    Phone(page, live_server.url).become(desk(wave)).way("Ketik")
    page.locator("#code").fill("KQ0-3MT")
    page.keyboard.press("Enter")
    expect(page.locator("#code-fault")).to_contain_text("angka 0; lihat lagi")
    expect(page.locator("#code")).to_be_focused()


def test_a_hand_scanner_types_one_code_after_the_other(page: Page, live_server):
    wave, _, people = wave_of_today(3)
    phone = Phone(page, live_server.url).become(desk(wave))
    for person in people:
        if page.locator("#verdict").is_visible():
            page.keyboard.type(person.short_code + "\n")
        else:
            phone.type_code(person.short_code)
        expect(page.locator("#verdict-name")).to_have_text(person.head.full_name)
    expect(page.locator("#counts")).to_contain_text("3 hadir dari 3")


def test_somebody_without_a_pass_is_found_by_name_and_taken_back_within_two_minutes(page: Page, live_server):
    wave, _, people = wave_of_today(4, companions="required")
    person = people[2]
    phone = Phone(page, live_server.url).become(desk(wave))
    page.get_by_role("button", name="Tambah pendamping").click()
    phone.way("Cari")
    page.get_by_label("Nama, RT, atau kelurahan/desa").fill(person.head.name.rpartition(" ")[2])
    page.get_by_role("button", name=person.head.full_name).click()
    page.get_by_role("button", name="Catat masuk").click()
    said = phone.verdict()
    assert said.splitlines()[0] == "HADIR"
    assert "Pendamping: 1." in said
    assert Attendance.objects.get().companions == 1
    page.get_by_role("button", name="Batalkan", exact=True).click()
    expect(page.locator("#verdict-word")).to_have_text("Dibatalkan")
    assert not Attendance.objects.exists()
    assert list(AttendanceEvent.objects.values_list("kind", flat=True).order_by("seq")) == ["in", "undo"]


def test_a_guest_is_taken_in_by_name(page: Page, live_server):
    wave, session, _ = wave_of_today(1)
    phone = Phone(page, live_server.url).become(desk(wave))
    phone.way("Tamu")
    page.get_by_label("Nama", exact=True).fill("Kai Syahdan")
    page.get_by_label("RT, misalnya RT 5 RW 2").fill("RT 9")
    page.get_by_role("button", name="Catat tamu").click()
    assert phone.verdict().splitlines()[0] == "TAMU DICATAT"
    guest = WalkIn.objects.get()
    assert (guest.name, guest.unit, guest.attendance_events.get().session) == ("Kai Syahdan", "RT 9", session)


def test_going_out_is_recorded_where_the_programme_keeps_hours(page: Page, live_server):
    wave, _, [person, stays] = wave_of_today(2, records_hours=True)
    phone = Phone(page, live_server.url).become(desk(wave))
    phone.type_code(person.short_code)
    phone.go_on()
    page.get_by_text("Keluar", exact=True).click()
    assert phone.type_code(person.short_code).splitlines()[0] == "KELUAR"
    phone.go_on()
    assert "Belum tercatat masuk" in phone.type_code(stays.short_code)
    assert Attendance.objects.get().left_at


def test_sound_and_vibration_have_switches_that_stay(page: Page, live_server):
    wave, *_ = wave_of_today(1)
    phone = Phone(page, live_server.url).become(desk(wave))
    phone.way("Menu")
    page.get_by_label("Suara").uncheck()
    page.reload()
    phone.way("Menu")
    expect(page.get_by_label("Suara")).not_to_be_checked()
    expect(page.get_by_label("Getaran")).to_be_checked()


def test_the_link_of_a_stranger_opens_nothing(page: Page, live_server):
    wave_of_today(1)
    page.goto(f"{live_server.url}/pintu/#{'A' * 27}")
    expect(page.get_by_text("Perangkat ini tidak dikenal. Pindai lagi kode QR meja dari petugas.")).to_be_visible()
    assert page.url.endswith("/pintu/")


def test_a_list_that_comes_after_another_desk_was_opened_is_not_that_desks(page: Page, live_server):
    wave, _, _ = wave_of_today(1)
    first, second = desk(wave, "Meja 1"), desk(wave, "Meja 2")
    late = []

    def hold(route):
        is_first = token_of(first.link_id) in route.request.headers["authorization"] and not late
        late.append(route) if is_first else route.continue_()

    page.route("**/pintu/api/daftar/", hold)
    page.goto(f"{live_server.url}/pintu/#{token_of(first.link_id)}")
    expect(page.locator("#start-sentence")).to_contain_text("Mengambil daftar peserta")
    page.evaluate(f"location.hash = '{token_of(second.link_id)}'")
    wait_until(lambda: not page.evaluate("location.hash"), 30)
    late[0].continue_()
    expect(page.get_by_role("heading", name="Meja 2")).to_be_visible()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_there_is_a_sentence(page: Page, live_server):
    page.goto(f"{live_server.url}/pintu/")
    expect(page.get_by_text("nyalakan JavaScript")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_over_plain_http_there_is_a_sentence(browser_type, browser_type_launch_args, live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    arguments = [*browser_type_launch_args["args"], "--host-resolver-rules=MAP portal.test 127.0.0.1"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    page = browser.new_page()
    page.goto(f"{live_server.url.replace('localhost', 'portal.test')}/pintu/")
    expect(page.get_by_text("Halaman ini hanya dapat dipakai lewat alamat https.")).to_be_visible()
    browser.close()


# What the browser says by itself of each request without a network, whenever it gets to it.
OFFLINE = "ERR_INTERNET_DISCONNECTED"


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_it_fits_keeps_the_policy_and_axe_has_nothing_to_object(page: Page, live_server, size):
    wave, _, [person, *_] = wave_of_today(3, records_hours=True, companions="required")
    page.set_viewport_size(size)
    complaints = []
    page.on("console", lambda message: None if OFFLINE in message.text else complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def look(what: str) -> None:
        assert (what, complaints) == (what, [])
        assert (what, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (what, True)
        violations = Axe().run(page).response["violations"]
        assert (what, [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]) == (what, [])

    page.goto(f"{live_server.url}/pintu/")
    expect(page.get_by_role("button", name="Pindai QR meja")).to_be_visible()
    look("start")
    phone = Phone(page, live_server.url).become(desk(wave))
    phone.way("Menu")
    look("scan")
    for name in ("Ketik", "Tamu", "Cari"):
        phone.way(name)
        look(name)
    page.locator("#search").fill("warga")
    page.locator("#search-results button").first.click()
    look("pick")
    page.keyboard.press("Escape")
    for code, tone in ((person.short_code, "good"), (person.short_code, "care"), ("222222", "bad")):
        phone.type_code(code)
        assert phone.tone() == tone
        page.wait_for_timeout(200)
        look(tone)
        phone.go_on()
    page.context.set_offline(True)
    phone.type_code(show_code(person.short_code))
    phone.go_on()
    phone.way("Tamu")
    page.get_by_label("Nama", exact=True).fill("Kai Syahdan")
    page.keyboard.press("Enter")
    assert phone.verdict().splitlines()[0] == "MENUNGGU KIRIM"
    page.wait_for_timeout(200)
    look("waiting")
    phone.go_on()
    look("offline")
