"""From two taps on a phone to the door of the hall and the signed sheet: real browsers, real processes.

One function for each step, in its order, on one portal; a step stands on what the steps before it did.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from rtportal.lib import clock
from rtportal.lib.row_codes import make_row_code
from tests.e2e.story import Story
from tests.participants.door_phone import Phone

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PEOPLE = 60
SEED = """
from datetime import date, time
from participants.links import personal_url
from participants.models import Enrolment, RTHead
from participants.use_cases.invite_participants import invite_participants
from rtportal.accounts.models import User
from rtportal.lib import clock
from tests import factories
program = factories.program(name="Bimtek Ketua RT Tabalong", substitutes="approved", bring="KTP dan alat tulis")
wave = factories.wave(program=program, on=date.fromisoformat("{day}"), areas=(factories.JARO,))
factories.session(wave=wave, title="Pembukaan", starts=time(8), minutes=60)
factories.publish(wave)
for number, head in enumerate(factories.heads({people}, district=factories.JARO)):
    # In letters, because digits in a search are a telephone number.
    letters = "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{{number:03d}}")
    RTHead.objects.filter(pk=head.pk).update(name=f"Warga {{letters}}")
invite_participants(wave_id=wave.pk, by=User.objects.first(), now=clock.now())
for one in Enrolment.objects.select_related("head").order_by("village_id", "head__rt__number"):
    print(one.pk, personal_url(one.link_id), one.short_code, one.head.name, sep="|")
"""
# The rows are moved; no clock is.
THE_DAY_COMES = """
from datetime import timedelta
from programs.models import Wave
from rtportal.lib import clock
from tests import factories
wave, now = Wave.objects.get(), clock.now()
wave.starts_at, wave.ends_at = now - timedelta(minutes=30), now + timedelta(hours=6)
wave.save()
wave.training_sessions.update(starts_at=wave.starts_at, ends_at=wave.ends_at)
factories.publish(wave, now=now)
"""
ROWS = (
    "from participants.models import Enrolment;"
    "[print('row', *row) for row in Enrolment.objects.values_list('pk', 'row_number')]"
)
LINK_OF = (
    "from participants.links import personal_url; from participants.models import Enrolment;"
    "one = Enrolment.objects.get(pk={pk}); print(personal_url(one.link_id), one.short_code, sep='|')"
)
DOOR_OF = (
    "from participants.models import DoorDevice; from participants.presence.devices import door_url;"
    "print(door_url(DoorDevice.objects.get(name='{name}')))"
)


@dataclass
class Head:
    pk: int
    link: str
    code: str
    name: str


def test_heads_answer_on_their_phones_and_come_through_the_door(story: Story):
    lines = story.portal.python(SEED.format(day=story.day.isoformat(), people=PEOPLE)).splitlines()
    heads = [Head(int(pk), *rest) for pk, *rest in (line.split("|") for line in lines if "/u/" in line)]
    official = story.sign_in("petugas@tabalong.test")
    answer_in_two_taps(story, heads[0])
    send_a_substitute(story, official, heads[1])
    answer_on_behalf(official, heads[2])
    let_the_successor_inherit(story, official, heads[3])
    story.portal.python(THE_DAY_COMES)
    desks = [open_a_desk(story, official, f"Meja {number}") for number in (1, 2)]
    record_with_a_network(desks, heads)
    record_forty_without_a_network(desks, heads)
    decide_what_two_desks_recorded(official, heads[30])
    enter_the_paper(story, official, heads)
    see_the_board(official)


def phone_of(story: Story, link: str) -> Page:
    """No script, no cookie."""
    page = story.browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    page.goto(link)
    return page


def answer_in_two_taps(story: Story, head: Head) -> None:
    # The first tap opens the link.
    page = phone_of(story, head.link)
    expect(page.locator("main")).to_contain_text(f"Apakah Anda {head.name}")
    expect(page.locator("main")).to_contain_text("KTP dan alat tulis")
    page.get_by_role("button", name=re.compile("hadir", re.IGNORECASE)).first.click()
    expect(page.locator("main")).to_contain_text("tercatat hadir")
    expect(page.locator("main")).to_contain_text(f"{head.code[:3]}-{head.code[3:]}")
    expect(page.get_by_role("img", name=re.compile("Kode QR"))).to_be_visible()
    assert not page.context.cookies()


def send_a_substitute(story: Story, official: Page, head: Head) -> None:
    page = phone_of(story, head.link)
    page.get_by_text(re.compile("^(Ya, )?[Dd]iwakili")).first.click()
    page.get_by_label("Nama wakil").fill("Siti Aminah")
    page.get_by_label("Nomor HP wakil").fill("0812-9999-0001")
    page.get_by_label("Hubungan dengan Bapak/Ibu").select_option("Sekretaris RT")
    page.get_by_role("button", name="Saya diwakili").click()
    expect(page.locator("main")).to_contain_text("menunggu persetujuan")
    official.goto(f"/peserta/{head.pk}/")
    official.get_by_role("button", name=re.compile("Setujui")).click()
    page.reload()
    expect(page.locator("main")).to_contain_text("sudah disetujui")


def answer_on_behalf(official: Page, head: Head) -> None:
    official.goto(f"/jawaban/?keadaan=semua&cari={head.name}")
    row = official.get_by_role("listitem").filter(has=official.get_by_role("heading", name=head.name))
    row.get_by_text("Catat jawaban").click()
    row.get_by_label("telepon").check()
    row.get_by_role("button", name="Hadir", exact=True).click()
    expect(official.get_by_text("Baru saja dicatat")).to_be_visible()
    official.goto(f"/peserta/{head.pk}/")
    expect(official.locator("main")).to_contain_text("telepon")
    expect(official.locator("main")).to_contain_text("Petugas DPMD")


def let_the_successor_inherit(story: Story, official: Page, head: Head) -> None:
    official.goto(f"/peserta/{head.pk}/")
    official.get_by_role("link", name=re.compile("Ganti ketua")).click()
    official.get_by_label("Nama ketua RT yang baru").fill("Hj. Rusmini")
    official.get_by_label("Nomor HP").fill("0812-7777-0001")
    official.get_by_label("Awal masa bakti").fill(clock.local_date(clock.now(), "Asia/Makassar").isoformat())
    official.get_by_role("button", name=re.compile("Ganti ketua dan alihkan 1 undangan")).click()
    expect(official.locator("main")).to_contain_text("Rusmini")
    page = phone_of(story, head.link)
    expect(page.locator("main")).to_contain_text("ketua RT yang baru")
    expect(page.get_by_role("button")).to_have_count(0)
    head.link, head.code = story.portal.python(LINK_OF.format(pk=head.pk)).strip().split("|")
    head.name = "Rusmini"
    page.goto(head.link)
    expect(page.locator("main")).to_contain_text("Rusmini")


def open_a_desk(story: Story, official: Page, name: str) -> Phone:
    official.goto("/gelombang/1/pintu/")
    official.get_by_label("Nama meja").fill(name)
    official.get_by_role("button", name="Buat meja dan tampilkan kodenya").click()
    expect(official.get_by_role("img", name=re.compile(f"Kode QR untuk membuka {name}"))).to_be_visible()
    page = story.browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID").new_page()
    return Phone(page, story.portal.base_url).open(story.portal.python(DOOR_OF.format(name=name)).strip(), name)


def record_with_a_network(desks: list[Phone], heads: list[Head]) -> None:
    first, second = desks
    assert first.type_code(heads[0].code).splitlines()[0] == "HADIR"
    first.go_on()
    assert "Siti Aminah" in first.type_code(heads[1].code)
    first.go_on()
    assert "Rusmini" in first.type_code(heads[3].code)
    first.go_on()
    said = second.type_code(heads[0].code)
    assert said.splitlines()[0] == "SUDAH HADIR"
    assert "Meja 1" in said
    second.go_on()


def record_forty_without_a_network(desks: list[Phone], heads: list[Head]) -> None:
    for desk in desks:
        desk.cut()
    # Twenty at each; one pass is shown at both.
    for desk, part in zip(desks, (heads[11:31], heads[30:50]), strict=True):
        for head in part:
            said = desk.type_code(head.code)
            # Nothing is called present that the portal has not confirmed.
            assert said.splitlines()[0] == "MENUNGGU KIRIM"
            assert head.name in said
            desk.go_on()
    for desk in reversed(desks):
        desk.reconnect()
        expect(desk.page.locator("#connection")).to_have_text("Tersambung", timeout=20_000)


def decide_what_two_desks_recorded(official: Page, head: Head) -> None:
    official.goto("/gelombang/1/pintu/periksa/")
    for _ in range(40):
        if official.get_by_text("dicatat masuk di dua meja").count():
            break
        official.wait_for_timeout(500)
        official.reload()
    row = official.get_by_role("row", name=re.compile(head.name))
    expect(row).to_have_count(1)
    expect(row).to_contain_text("tanpa jaringan")
    row.get_by_role("button", name=re.compile(r"^Hadir\b")).click()
    expect(official.locator("main")).to_contain_text("Tidak ada yang perlu diperiksa")


def enter_the_paper(story: Story, official: Page, heads: list[Head]) -> None:
    """One of those the door saw did not sign; one it never saw did."""
    official.goto("/gelombang/1/kehadiran/lembar/")
    official.get_by_role("button", name="Cetak daftar hadir").click()
    official.goto("/gelombang/1/kehadiran/lembar/")
    not_seen = {4, 5, 6, 7, 8, 9, 10, *range(50, PEOPLE), 2}
    unsigned = sorted((not_seen - {50}) | {11})
    lines = [line.split() for line in story.portal.python(ROWS).splitlines() if line.startswith("row")]
    rows = {int(pk): int(number) for _, pk, number in lines}
    for index in unsigned:
        official.keyboard.type(make_row_code(rows[heads[index].pk]))
        official.keyboard.press("Enter")
        expect(official.locator("[data-said]")).to_contain_text(heads[index].name)
    official.keyboard.press("Enter")
    official.keyboard.press("Enter")
    expect(official.locator("main")).to_contain_text(f"{PEOPLE - len(unsigned)} tanda tangan, {len(unsigned)} tidak")
    official.goto("/gelombang/1/kehadiran/lembar/beda/")
    for index in (11, 50):
        expect(official.get_by_role("row", name=re.compile(heads[index].name))).to_have_count(1)
    expect(official.get_by_role("row")).to_have_count(3)
    official.get_by_role("row", name=re.compile(heads[50].name)).get_by_role("checkbox").check()
    official.get_by_role("button", name="Hadir", exact=True).click()
    expect(official.get_by_role("row")).to_have_count(2)


def see_the_board(official: Page) -> None:
    official.goto("/gelombang/1/pintu/layar/")
    # Three with a network, thirty-nine without (one at both desks), one on paper.
    expect(official.locator("main")).to_contain_text("43")
    expect(official.locator("main")).to_contain_text("Meja 2")
