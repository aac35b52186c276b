"""The main job from end to end: a real browser, real processes, real mail; on SQLite and on PostgreSQL with Redis.

One function for each step of the story, in its order, on one portal; a step stands on what the steps before it did.
"""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from rtportal.lib.clock import date_words
from tests.e2e.steps import AGENDA, add_session, add_speakers, choose, create_programme_and_venue, publish, session_link
from tests.e2e.story import Story
from tests.e2e.tabalong import FAULTS, roster_rows, workbook
from tests.infra.portal import wait_until

pytestmark = pytest.mark.e2e


def test_an_office_runs_its_bimtek_from_the_roster_to_the_export(story: Story):
    official = story.sign_in("petugas@tabalong.test")
    import_the_roster(story, official)
    create_programme_and_venue(official)
    schedule_the_first_wave(story, official)
    fill_the_agenda(official)
    publish(official, 1)
    open_the_invitations(story, official)
    let_heads_answer(story)
    see_the_answers(story, official)
    remind_those_who_are_silent(story)
    mark_attendance(story, official)
    export_the_roster(story)
    keep_strangers_out(story)


def import_the_roster(story: Story, page: Page) -> None:
    rows = roster_rows()
    file = story.folder / "ketua-rt.xlsx"
    file.write_bytes(workbook([*rows, *FAULTS]))
    page.get_by_role("link", name="Unggah daftar ketua RT").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Unggah").click()
    expect(page.locator("[data-count=new]")).to_have_text("951", timeout=60_000)
    for number in (953, 954, 955):
        expect(page.get_by_role("row", name=re.compile(f"^{number}\\b"))).to_be_visible()
    expect(page.locator("main")).to_contain_text("Desa Yang Tidak Ada")
    page.get_by_role("button", name=re.compile("^Terapkan")).click()
    expect(page.locator("main")).to_contain_text("Daftar sudah diterapkan", timeout=60_000)
    # The same file again changes nothing.
    page.goto("/ketua-rt/impor/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Unggah").click()
    expect(page.locator("[data-count=unchanged]")).to_have_text("951", timeout=60_000)
    expect(page.locator("[data-count=new]")).to_have_text("0")
    page.goto("/ketua-rt/")
    expect(page.locator("main")).to_contain_text("951")


def schedule_the_first_wave(story: Story, page: Page) -> None:
    page.goto("/program/1/gelombang/tambah/")
    page.get_by_label("Tanggal", exact=False).first.fill(story.day.isoformat())
    page.get_by_label("Jam mulai").fill("08:00")
    page.get_by_label("Jam selesai").fill("15:00")
    choose(page.get_by_label("Tempat"), "Aula Pendopo Bersinar Pembataan")
    for district in ("Murung Pudak", "Muara Uya", "Jaro"):
        page.get_by_role("checkbox", name=re.compile(f"^{district}")).check()
    total = page.locator("#jumlah")
    expect(total).to_contain_text("= 337")
    expect(total).to_contain_text("350")
    assert {"143", "123", "71"} <= set(re.findall(r"\d+", total.inner_text()))
    page.get_by_role("button", name="Jadwalkan gelombang").last.click()
    page.goto("/gelombang/1/")
    expect(page.locator("main")).to_contain_text(f"{date_words(story.day)}, 08.00–15.00 WITA")
    expect(page.locator("main")).to_contain_text("337 dari 350 kursi")


def fill_the_agenda(page: Page) -> None:
    add_speakers(page)
    for entry in AGENDA:
        add_session(page, 1, *entry)
    expect(page.locator("main")).to_contain_text("Dandim 1008/Tabalong")
    expect(page.locator(".conflict")).to_have_count(0)
    # A second session in the same hall at the same time, with the same speaker, is shown as two conflicts.
    add_session(page, 1, "Salah jam", "material", "09:00", "10:00", "Kepala BNNK Tabalong")
    expect(page.locator(".conflict li")).to_have_count(2)
    session_link(page, "Salah jam", "Hapus").click()
    page.get_by_role("button", name="Ya, hapus sesi").click()
    expect(page.locator(".conflict")).to_have_count(0)


def open_the_invitations(story: Story, page: Page) -> None:
    story.wave_tab(page, "Undangan")
    page.get_by_role("button", name="Kirim undangan kepada 337 ketua RT").click()
    # The page counts by itself: nobody reloads.
    expect(page.locator("[data-count=told]")).to_have_text("337", timeout=120_000)
    expect(page.locator("[data-count=queued]")).to_have_text("0")
    expect(page.locator("[data-count=given_up]")).to_have_text("0")
    recipients = [received.recipients[0] for received in story.sink.messages]
    assert len(recipients) == len(set(recipients)) == 337
    for received in story.sink.messages:
        story.links[received.recipients[0]] = re.search(r"http\S+/u/\S+", received.text)[0]
    assert len(set(story.links.values())) == 337
    assert "WITA" in story.sink.messages[0].text
    story.sink.forget()


def let_heads_answer(story: Story) -> None:
    coming, declining, represented = sorted(story.links)[:3]
    page = story.answering_phone(coming)
    page.request.head(story.links[coming])
    page.reload()
    expect(page.locator("main")).to_contain_text("08.00 WITA")
    expect(page.locator("main")).to_contain_text("Dandim 1008/Tabalong")
    expect(page.get_by_role("button", name="Hadir", exact=True)).to_be_visible()
    assert not page.context.cookies()
    page.get_by_role("button", name="Hadir", exact=True).click()
    expect(page.locator("main")).to_contain_text("tercatat hadir")

    page = story.answering_phone(declining)
    page.get_by_text("Berhalangan", exact=True).click()
    page.get_by_label("Alasan berhalangan").fill("Menjaga cucu yang sakit")
    page.get_by_role("button", name="Saya berhalangan").click()
    expect(page.locator("main")).to_contain_text("tercatat berhalangan")

    page = story.answering_phone(represented)
    page.get_by_text("Diwakili", exact=True).click()
    page.get_by_label("Nama wakil").fill("Siti Aminah")
    page.get_by_label("Nomor HP wakil").fill("0526-2021234")
    page.get_by_label("Hubungan dengan Bapak/Ibu").select_option("Sekretaris RT")
    page.get_by_role("button", name="Saya diwakili").click()
    expect(page.get_by_label("Nama wakil")).to_have_value("Siti Aminah")
    expect(page.locator("main")).to_contain_text("rumah")
    page.get_by_label("Nomor HP wakil").fill("0812-9999-0001")
    page.get_by_role("button", name="Saya diwakili").click()
    expect(page.locator("main")).to_contain_text("tercatat diwakili")


def see_the_answers(story: Story, page: Page) -> None:
    story.wave_tab(page, "Undangan")
    expect(page.locator("[data-count=answered]")).to_have_text("3")
    expect(page.locator("main")).to_contain_text("Hadir 1 · Diwakili 1 · Berhalangan 1")
    story.wave_tab(page, "Peserta")
    page.get_by_label("Jawaban").select_option("wakil")
    page.get_by_role("button", name="Saring").click()
    expect(page.locator("main")).to_contain_text("Siti Aminah")


def remind_those_who_are_silent(story: Story) -> None:
    """The H-7 reminder falls due (its row is moved; no clock is); beat's sweep finds it within a minute."""
    story.portal.python(
        "from participants.models import Reminder; from rtportal.lib import clock;"
        "unanswered = Reminder.objects.filter(rule__audience='unanswered');"
        "unanswered.update(due_at=clock.now(), state='pending', closed_at=None)"
    )
    wait_until(lambda: len(story.sink.messages) >= 334, 120, "334 reminders")
    reminded = {received.recipients[0] for received in story.sink.messages}
    assert len(story.sink.messages) == 334
    assert not reminded & set(sorted(story.links)[:3])
    story.sink.forget()


def mark_attendance(story: Story, page: Page) -> None:
    story.wave_tab(page, "Kehadiran")
    page.get_by_label("Nama, RT, atau kelurahan/desa").fill("Warga Jaro 1")
    page.get_by_role("button", name="Tampilkan").click()
    row = page.get_by_role("row", name=re.compile("Warga Jaro 1 "))
    row.get_by_role("button", name=re.compile("^Hadir")).click()
    expect(row).to_contain_text("Petugas DPMD")
    page.reload()
    expect(page.get_by_role("row", name=re.compile("Warga Jaro 1 "))).to_contain_text("Petugas DPMD")


def export_the_roster(story: Story) -> None:
    page = story.sign_in("admin@tabalong.test")
    for words, ending in (("Excel", "xlsx"), ("CSV", "csv")):
        story.wave_tab(page, "Berkas")
        page.get_by_role("button", name=re.compile(f"{words}.*Daftar peserta")).click()
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile("^Unduh")).first.click()
        path = story.folder / f"daftar.{ending}"
        download.value.save_as(path)
        if ending == "xlsx":
            check_the_workbook(path.read_bytes())
        else:
            text = path.read_bytes().decode("utf-8-sig")
            assert len(text.strip().splitlines()) == 338
            assert "Siti Aminah" in text
    story.wave_tab(page, "Riwayat")
    expect(page.get_by_role("row", name=re.compile("Admin Tabalong.*337 baris"))).not_to_have_count(0)


def check_the_workbook(content: bytes) -> None:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    start = next(number for number, row in enumerate(rows) if row[0] == "No")
    headings, people = rows[start], [row for row in rows[start + 1 :] if isinstance(row[0], float)]
    assert len(people) == 337
    assert {"RT", "RW"} <= set(headings)
    phone = next(number for number, heading in enumerate(headings) if "HP" in str(heading))
    assert all(isinstance(row[phone], str) and row[phone].startswith("08") for row in people)
    text = [" ".join(map(str, row)) for row in people]
    assert sum("Siti Aminah" in line for line in text) == 1
    assert sum("Berhalangan" in line for line in text) == 1


def keep_strangers_out(story: Story) -> None:
    page = story.sign_in("petugas@jambi.test")
    expect(page.locator("main")).not_to_contain_text("Tabalong")
    for path in ("/gelombang/1/", "/gelombang/1/peserta/", "/program/1/", "/peserta/1/"):
        assert page.goto(path).status == 404
    page.goto("/ketua-rt/")
    expect(page.locator("main")).not_to_contain_text("Warga")
