"""The scheduling desk from end to end: Tabalong split into three waves with proof, published, and one of them moved.

A real browser, real processes, real mail; on SQLite and on PostgreSQL with Redis. One function for each step.
"""

import re
from collections import Counter
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from rtportal.lib.clock import date_words
from tests.e2e.steps import (
    AGENDA,
    add_session,
    add_speakers,
    choose,
    create_programme_and_venue,
    expect_no_serious_barrier,
    publish,
    session_link,
)
from tests.e2e.story import Story
from tests.infra.portal import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

WEEK = timedelta(days=7)
# Heads of wave 2 who say yes before it is moved.
CONFIRMING = 4
PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


def test_an_office_plans_publishes_and_moves_its_waves(story: Story):
    story.portal.python("from tests.e2e.tabalong import seed_heads; seed_heads()")
    official = story.sign_in("petugas@tabalong.test")
    create_programme_and_venue(official)
    plan_three_waves(story, official)
    adjust_by_keyboard(official)
    accept_the_plan(official)
    fill_and_copy_the_agenda(official)
    meet_and_mend_a_speaker_clash(official)
    for wave in (1, 2, 3):
        publish(official, wave)
    invite_the_second_wave(story, official)
    let_some_confirm(story)
    move_the_second_wave_by_a_week(story, official)
    see_that_each_was_corrected_once(story, official)
    look_at_the_pages(official)


def plan_three_waves(story: Story, page: Page) -> None:
    page.goto("/program/1/")
    page.get_by_role("link", name=re.compile("Bagi gelombang")).first.click()
    page.goto("/program/1/rencana/tambah/")
    page.get_by_label("Nama rencana").fill("Tiga gelombang")
    page.get_by_label(re.compile("Aula Pendopo Bersinar")).check()
    for number, days in enumerate((0, 7, 21), start=1):
        page.get_by_label(f"Tanggal {number}", exact=True).fill((story.day + timedelta(days=days)).isoformat())
    page.get_by_label(re.compile("Jam mulai")).fill("08:00")
    page.get_by_label(re.compile("Jam selesai")).fill("15:00")
    page.get_by_label("Jumlah gelombang").fill("3")
    page.get_by_role("button", name=re.compile("[Bb]agi|[Hh]itung")).first.click()
    expect(page.locator("#plan-proof")).to_contain_text("Terbukti optimal", timeout=30_000)
    # With whole kecamatan nobody comes closer to 317 each; by hand it had been 337 in the first wave.
    assert sorted(loads(page)) == [316, 317, 318]


def loads(page: Page) -> list[int]:
    return [int(text) for text in page.locator(".plan-load strong").all_inner_texts()]


def adjust_by_keyboard(page: Page) -> None:
    """One kecamatan goes to the next wave with an arrow key; totals and gap follow."""
    before, first = loads(page), page.locator("[data-slot]").first
    heads = {
        item.get_attribute("data-area"): int(item.locator(".num").inner_text())
        for item in first.locator("[data-area]").all()
    }
    code, people = min(heads.items(), key=lambda pair: pair[1])
    page.locator(f"[data-area='{code}'] input").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".plan-load strong").first).to_have_text(str(before[0] - people))
    expect(page.locator("[data-slot]").nth(1).locator(f"[data-area='{code}']")).to_be_visible()
    assert loads(page) == [before[0] - people, before[1] + people, before[2]]
    if before[1] + people > 350:
        expect(page.locator("main")).to_contain_text("Melanggar permintaan")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".plan-load strong").first).to_have_text(str(before[0]))
    expect(page.locator("#plan-proof")).to_contain_text("Terbukti optimal")


def accept_the_plan(page: Page) -> None:
    page.get_by_role("button", name="Terima: buat 3 gelombang untuk 951 ketua RT").click()
    page.goto("/program/1/")
    for number in (1, 2, 3):
        expect(page.locator("main")).to_contain_text(f"Gelombang {number}")
    page.goto("/gelombang/2/")
    expect(page.locator("main")).to_contain_text(re.compile(r"31[678] dari 350 kursi"))
    expect(page.locator("main")).to_contain_text("Draf")


def fill_and_copy_the_agenda(page: Page) -> None:
    add_speakers(page)
    for entry in AGENDA:
        add_session(page, 1, *entry)
    page.goto("/gelombang/1/agenda/salin-ke/")
    for box in page.locator("[name=ke]").all():
        box.check()
    page.get_by_role("button", name="Salin agenda").click()
    page.goto("/gelombang/3/agenda/")
    for title, *_ in AGENDA:
        expect(page.locator("main")).to_contain_text(title)
    expect(page.locator("main")).to_contain_text("JP")


def meet_and_mend_a_speaker_clash(page: Page) -> None:
    """The Dandim is asked to be in two rooms of the first wave at once; giving the group another hour mends it."""
    add_session(page, 1, "Diskusi kelompok", "discussion", "13:30", "14:15", "Dandim 1008/Tabalong", room="Ruang 2")
    clash = page.locator(".conflict")
    expect(clash).to_contain_text("Dandim 1008/Tabalong")
    expect(clash).to_contain_text("Diskusi kelompok")
    page.goto("/gelombang/1/terbitkan/")
    expect(page.locator("main")).to_contain_text("Dandim 1008/Tabalong")
    page.goto("/gelombang/1/agenda/")
    session_link(page, "Diskusi kelompok", "Ubah").click()
    choose(page.get_by_label("Narasumber").first, "Tenaga ahli P3MD")
    page.get_by_role("button", name="Simpan sesi").click()
    expect(page.locator("main")).to_contain_text("Diskusi kelompok")
    expect(page.locator(".conflict", has_text="Dandim")).to_have_count(0)


def invite_the_second_wave(story: Story, page: Page) -> None:
    page.goto("/gelombang/2/undangan/")
    page.get_by_role("button", name=re.compile(r"Kirim undangan kepada 31[678] ketua RT")).click()
    expect(page.locator("[data-count=told]")).to_have_text(re.compile("31[678]"), timeout=120_000)
    for received in story.sink.messages:
        story.links[received.recipients[0]] = re.search(r"http\S+/u/\S+", received.text)[0]
    assert len(story.links) in (316, 317, 318)
    story.sink.forget()


def let_some_confirm(story: Story) -> None:
    for address in sorted(story.links)[:CONFIRMING]:
        page = story.answering_phone(address)
        page.get_by_role("button", name="Hadir", exact=True).click()
        expect(page.locator("main")).to_contain_text("tercatat hadir")


def move_the_second_wave_by_a_week(story: Story, page: Page) -> None:
    people = len(story.links)
    page.goto("/gelombang/2/ubah/")
    page.get_by_label("Tanggal", exact=False).first.fill((story.day + 2 * WEEK).isoformat())
    page.get_by_role("button", name=re.compile("^Simpan")).last.click()
    # Nothing has happened yet: first the official sees who was told what.
    expect(page.locator("main")).to_contain_text("Belum ada yang berubah")
    expect(page.locator("main")).to_contain_text(f"{people} orang sudah diberi tahu lewat E-mail")
    expect(page.locator("main")).to_contain_text(f"{CONFIRMING} sudah menjawab hadir")
    expect_no_serious_barrier(page)
    assert not story.sink.messages
    for box in page.locator("[name=setujui]").all():
        box.check()
    page.get_by_role("button", name=f"Terapkan dan beri tahu {people} orang").click()
    expect(page.locator("main")).to_contain_text(date_words(story.day + 2 * WEEK))


def see_that_each_was_corrected_once(story: Story, page: Page) -> None:
    wait_until(lambda: len(story.sink.messages) >= len(story.links), 120, "a correction for each")
    page.goto("/gelombang/2/riwayat/")
    expect(page.locator("main")).to_contain_text(date_words(story.day + 2 * WEEK))
    counts = Counter(received.recipients[0] for received in story.sink.messages)
    assert set(counts) == set(story.links)
    assert set(counts.values()) == {1}
    confirmed = sorted(story.links)[:CONFIRMING]
    for received in story.sink.messages:
        assert date_words(story.day + 2 * WEEK) in received.text
        assert date_words(story.day + WEEK) in received.text
    # The answer still stands, on the new day.
    phone = story.answering_phone(confirmed[0])
    expect(phone.locator("main")).to_contain_text(date_words(story.day + 2 * WEEK))
    expect(phone.locator("main")).to_contain_text("tercatat hadir")


def look_at_the_pages(page: Page) -> None:
    pages = ("/program/1/rencana/", "/rencana/1/", "/kalender/", "/kalender/?tampilan=daftar", "/hari-khusus/")
    pages += ("/gelombang/1/agenda/", "/gelombang/2/", "/gelombang/2/terbitan/", "/gelombang/2/peserta/")
    pages += ("/gelombang/2/narasumber/", "/gelombang/2/batalkan/", "/narasumber/1/")
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        for path in pages:
            assert page.goto(path).status == 200, path
            expect_no_serious_barrier(page)
