"""The door without a network: what waits, what is sealed, what is said, and what two desks come to afterwards."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Request, Route, expect

from participants.models import Attendance, AttendanceEvent, DoorDevice
from participants.views import door_page
from rtportal.lib import clock
from tests.infra.portal import wait_until
from tests.participants.door_phone import Phone, wave_of_today
from tests.participants.door_world import desk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phones(browser, live_server):
    """Makes phones, each a device of its own."""
    contexts = []

    def make() -> Phone:
        contexts.append(browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID"))
        return Phone(contexts[-1].new_page(), live_server.url)

    yield make
    for context in contexts:
        context.close()


def test_forty_scans_at_two_desks_without_a_network_come_to_one_conflict(phones):
    wave, _, people = wave_of_today(39)
    first, second = phones().become(desk(wave, "Meja 1")), phones().become(desk(wave, "Meja 2"))
    for phone in (first, second):
        phone.cut()
    words = first.type_codes(people[:20]) + second.type_codes(people[19:])
    assert set(words) == {"MENUNGGU KIRIM"}
    assert not AttendanceEvent.objects.exists()
    for phone in (first, second):
        expect(phone.page.locator("#connection")).to_contain_text("20 menunggu kirim")
    first.reconnect()
    expect(first.page.locator("#attention")).to_be_hidden()
    second.reconnect()
    expect(second.page.locator("#attention-list li")).to_have_count(1)
    conflict = second.page.locator("#attention-list").inner_text()
    assert people[19].head.full_name in conflict
    assert "Tampil di meja: hadir. Sudah tercatat hadir" in conflict
    assert "di Meja 1." in conflict
    assert Attendance.objects.count() == 39
    events = AttendanceEvent.objects.all()
    assert (events.count(), events.filter(was_offline=True, shown="present").count()) == (40, 40)
    assert list(events.exclude(problem="").values_list("problem", flat=True)) == ["double"]
    # A human has seen it, and it is gone.
    second.page.get_by_role("button", name="Sudah dilihat").click()
    expect(second.page.locator("#attention")).to_be_hidden()


def test_without_a_network_nothing_is_shown_as_verified_and_the_seats_are_warned_of(phones):
    wave, _, [person, *_] = wave_of_today(2)
    phone = phones().become(desk(wave))
    phone.cut()
    expect(phone.page.locator("#banners")).to_contain_text("Batas 350 kursi tidak dapat dijaga")
    said = phone.type_code(person.short_code)
    assert (said.splitlines()[0], phone.tone()) == ("MENUNGGU KIRIM", "waiting")
    assert "Menurut daftar di perangkat ini: hadir." in said
    phone.go_on()
    expect(phone.page.locator("#recent-list")).to_contain_text("Menunggu kirim")
    assert phone.type_code(person.short_code).splitlines()[0] == "SUDAH HADIR"
    assert "belum diperiksa server" in phone.page.locator("#verdict").inner_text()
    phone.go_on()
    said = phone.type_code("222222")
    assert (said.splitlines()[0], phone.tone()) == ("TIDAK DIKENAL", "bad")


def test_in_aeroplane_mode_the_page_opens_again_with_its_list_and_its_queue(phones):
    wave, _, people = wave_of_today(3)
    phone = phones().become(desk(wave, "Meja 2"))
    phone.cut()
    phone.type_codes(people[:2])
    phone.page.close()
    phone.page = phone.page.context.new_page()
    phone.page.goto(f"{phone.url}/pintu/")
    expect(phone.page.get_by_role("heading", name="Meja 2")).to_be_visible()
    expect(phone.page.locator("#connection")).to_contain_text("2 menunggu kirim")
    phone.way("Cari")
    phone.page.locator("#search").fill("warga")
    expect(phone.page.locator("#search-results button")).to_have_count(3)
    phone.reconnect()
    assert Attendance.objects.count() == 2


def test_a_scan_taken_back_before_it_was_sent_never_counts(phones):
    wave, _, [person, *_] = wave_of_today(1)
    phone = phones().become(desk(wave))
    phone.cut()
    phone.type_code(person.short_code)
    phone.page.get_by_role("button", name="Batalkan", exact=True).click()
    expect(phone.page.locator("#verdict-detail")).to_contain_text("Pembatalan tercatat di perangkat ini.")
    phone.go_on()
    expect(phone.page.locator("#counts")).to_contain_text("0 hadir")
    phone.reconnect()
    assert not Attendance.objects.exists()
    assert sorted(AttendanceEvent.objects.values_list("kind", flat=True)) == ["in", "undo"]
    expect(phone.page.locator("#attention")).to_be_hidden()


def test_what_the_device_keeps_is_sealed_with_a_key_that_no_script_reads(phones):
    wave, _, people = wave_of_today(3)
    phone = phones().become(desk(wave))
    phone.cut()
    phone.type_codes(people[:1])
    kept = {store: phone.stored(store) for store in ("desks", "lists", "events", "settings")}
    assert [len(kept[store]) for store in ("desks", "lists", "events")] == [1, 1, 1]
    text = json.dumps(kept)
    for secret in (people[0].head.name, people[1].short_code, people[0].head.rt.village.name):
        assert secret not in text
    assert set(kept["events"][0]) == {"uid", "desk", "state", "iv", "box"}
    assert set(kept["lists"][0]) == {"id", "iv", "box"}
    assert phone.stored("keys") == [{"type": "secret", "extractable": False, "name": "AES-GCM"}]


def test_at_the_desks_expiry_list_and_token_are_wiped_and_what_waits_is_still_sent(phones):
    wave, _, people = wave_of_today(2)
    phone = phones()
    phone.page.clock.install()
    phone.become(desk(wave, expires_at=clock.now() + timedelta(hours=1)))
    phone.cut()
    phone.type_codes(people[:1])
    phone.page.clock.fast_forward("02:00:00")
    expect(phone.page.get_by_text("Masa berlaku meja ini sudah habis. Daftar peserta sudah dihapus")).to_be_visible()
    assert phone.stored("lists") == []
    expect(phone.page.locator("#start-kept")).to_contain_text(people[0].head.full_name)
    phone.page.context.set_offline(False)
    wait_until(lambda: _tick(phone) and Attendance.objects.exists(), 20)
    wait_until(lambda: _tick(phone) and phone.stored("desks") == [], 20)
    expect(phone.page.locator("#start-kept")).to_be_hidden()


def _tick(phone: Phone) -> bool:
    phone.page.clock.run_for(5_000)
    return True


def test_a_revoked_desk_loses_its_list_and_still_says_what_it_could_not_send(phones):
    wave, _, people = wave_of_today(2)
    phone = phones().become(desk(wave))
    phone.cut()
    phone.type_codes(people[:1])
    DoorDevice.objects.update(revoked_at=clock.now())
    phone.page.context.set_offline(False)
    expect(phone.page.locator("#start-sentence")).to_contain_text("Meja ini sudah dicabut", timeout=20_000)
    expect(phone.page.locator("#start-kept")).to_contain_text(people[0].head.full_name)
    assert (phone.stored("lists"), phone.stored("desks")) == ([], [])
    # As another desk it still says what must be copied to paper.
    phone.become(desk(wave, "Meja 9"))
    expect(phone.page.locator("#attention-list")).to_contain_text("Salin ke kertas")


def test_a_clock_that_is_a_day_wrong_is_put_right(phones):
    wave, _, [person, *_] = wave_of_today(1)
    phone = phones()
    phone.page.clock.install(time=clock.now() + timedelta(days=1))
    phone.become(desk(wave))
    expect(phone.page.locator("#banners")).to_contain_text("berselisih 24 jam dari server")
    phone.cut()
    phone.type_code(person.short_code)
    phone.go_on()
    phone.page.context.set_offline(False)
    wait_until(lambda: _tick(phone) and AttendanceEvent.objects.exists(), 20)
    event = AttendanceEvent.objects.get()
    assert abs(event.at - clock.now()) < timedelta(minutes=2)
    assert event.device_at - event.at > timedelta(hours=23)
    assert event.problem == ""


@pytest.fixture
def lasting_phone(browser_type, browser_type_launch_args, live_server, tmp_path):
    """One whose storage is really on a disk, which can be full."""
    context = browser_type.launch_persistent_context(tmp_path / "profile", **browser_type_launch_args, locale="id-ID")
    yield Phone(context.new_page(), live_server.url)
    context.close()


def test_a_full_memory_is_said_and_what_it_could_not_take_is_sent_all_the_same(lasting_phone):
    wave, _, people = wave_of_today(3)
    phone = lasting_phone.become(desk(wave))
    phone.cut()
    # The browser asks anew how much room there is when it opens the database again.
    devtools = phone.page.context.new_cdp_session(phone.page.context.new_page())
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": phone.url, "quotaSize": 1})
    phone.page.goto("about:blank")
    phone.page.wait_for_timeout(4_000)
    phone.page.goto(f"{phone.url}/pintu/")
    said = phone.type_code(people[0].short_code)
    assert (said.splitlines()[0], phone.tone()) == ("BELUM TERSIMPAN", "bad")
    assert "jangan tutup halaman sebelum terkirim" in said
    phone.go_on()
    expect(phone.page.locator("#banners")).to_contain_text("Memori perangkat penuh: 1 catatan hanya ada di layar ini.")
    expect(phone.page.locator("#connection")).to_contain_text("1 menunggu kirim")
    phone.reconnect()
    assert Attendance.objects.get().enrolment == people[0]
    expect(phone.page.locator("#banners")).not_to_contain_text("Memori perangkat penuh")


def test_a_newer_version_takes_over_and_the_queue_stays(phones, monkeypatch):
    wave, _, people = wave_of_today(2)
    phone = phones().become(desk(wave))
    # From its second opening on the page belongs to its service worker.
    phone.page.reload()
    expect(phone.page.locator("#connection")).to_contain_text("Tersambung")
    older = phone.page.evaluate("caches.keys()")
    phone.page.route("**/api/**", lambda route: route.abort())
    phone.type_codes(people[:1])
    phone.page.evaluate("window.isOlder = true")
    newer = door_page._make_worker().replace('const VERSION = "', 'const VERSION = "newer-', 1)
    monkeypatch.setattr(door_page, "_worker", lambda: newer)
    with phone.page.expect_navigation():
        phone.page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => true)")
    expect(phone.page.locator("#connection")).to_contain_text("1 menunggu kirim")
    [version] = phone.page.evaluate("caches.keys()")
    assert [version] == [older[0].replace("pintu-", "pintu-newer-")]
    phone.page.unroute("**/api/**")
    phone.reconnect()
    assert Attendance.objects.get().enrolment == people[0]


def test_the_same_upload_twice_is_one_attendance(phones):
    wave, _, [person, *_] = wave_of_today(1)
    phone = phones().become(desk(wave))
    sent: list[Request] = []

    def lose_the_answer(route: Route, request: Request) -> None:
        sent.append(request)
        route.abort()

    phone.page.route("**/api/catat/", lose_the_answer)
    said = phone.type_code(person.short_code)
    assert said.splitlines()[0] == "MENUNGGU KIRIM"
    phone.go_on()
    # The portal had recorded it.
    headers = {"Authorization": sent[0].headers["authorization"]}
    first = Client().post("/pintu/api/catat/", sent[0].post_data, content_type="application/json", headers=headers)
    assert [result["verdict"] for result in first.json()["results"]] == ["present"]
    phone.page.unroute("**/api/catat/")
    phone.reconnect()
    expect(phone.page.locator("#recent-list")).to_contain_text("Hadir")
    expect(phone.page.locator("#attention")).to_be_hidden()
    assert AttendanceEvent.objects.count() == Attendance.objects.count() == 1
