"""Steps that more than one story takes."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

SPEAKERS = ("Bupati Tabalong", "Kepala BNNK Tabalong", "Tenaga ahli P3MD", "Dandim 1008/Tabalong")
AGENDA = (
    ("Pembukaan", "opening", "08:00", "08:45", "Bupati Tabalong"),
    ("Pencegahan narkoba", "material", "08:45", "10:15", "Kepala BNNK Tabalong"),
    ("Tugas pokok dan fungsi RT", "material", "10:15", "12:00", "Tenaga ahli P3MD"),
    ("ISHOMA", "break", "12:00", "13:00", ""),
    ("Wawasan kebangsaan", "material", "13:00", "14:30", "Dandim 1008/Tabalong"),
    ("Penutupan", "closing", "14:30", "15:00", ""),
)


def create_programme_and_venue(page: Page) -> None:
    page.goto("/program/tambah/")
    page.get_by_role("link", name="Tambah kantor").click()
    page.get_by_label("Nama kantor").fill("DPMD Kabupaten Tabalong")
    page.get_by_label("Narahubung", exact=False).first.fill("Ibu Nor Hayati")
    page.get_by_label("Telepon narahubung").fill("0526-2021234")
    page.get_by_role("button", name=re.compile("Simpan")).click()
    page.goto("/program/tambah/")
    page.get_by_label("Nama program").fill("Bimtek Ketua RT Tabalong")
    page.get_by_label("Nomor surat undangan").fill("400.10/123/DPMD")
    page.get_by_role("button", name="Simpan program").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bimtek Ketua RT Tabalong")
    page.goto("/tempat/tambah/")
    page.get_by_label("Nama tempat").fill("Aula Pendopo Bersinar Pembataan")
    page.get_by_label("Kapasitas").fill("350")
    page.get_by_role("button", name="Simpan tempat").click()


def add_speakers(page: Page) -> None:
    for position in SPEAKERS:
        page.goto("/narasumber/tambah/")
        page.get_by_label("Jabatan").fill(position)
        page.get_by_role("button", name="Simpan narasumber").click()


def choose(field: Locator, words: str) -> None:
    """Choose the option that says `words`, whatever else it says."""
    field.select_option(field.locator("option", has_text=words).first.get_attribute("value"))


def add_session(
    page: Page, wave: int, title: str, kind: str, begins: str, ends: str, speaker: str, room: str = ""
) -> None:
    page.goto(f"/gelombang/{wave}/agenda/tambah/")
    page.get_by_label("Judul").fill(title)
    page.get_by_label("Jenis").select_option(kind)
    page.get_by_label("Mulai").fill(begins)
    page.get_by_label("Selesai").fill(ends)
    if room:
        page.get_by_label("Ruang").fill(room)
    if speaker:
        choose(page.get_by_label("Narasumber").first, speaker)
    page.get_by_role("button", name="Simpan sesi").click()
    expect(page.get_by_role("navigation", name="Bagian gelombang")).to_be_visible()


def session_link(page: Page, title: str, words: str) -> Locator:
    """A link in the menu of a session of the agenda that is open; the menu opens on the way."""
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=re.compile(title)))
    card.locator("summary").click()
    return card.get_by_role("link", name=re.compile(f"^{words}"))


def publish(page: Page, wave: int) -> None:
    """Publish the wave's schedule, knowingly with whatever the calendar warns of."""
    page.goto(f"/gelombang/{wave}/terbitkan/")
    for box in page.locator("[name=setujui]").all():
        box.check()
    page.get_by_role("button", name=re.compile("^Terbitkan")).click()
    expect(page.locator("main")).to_contain_text(re.compile("[Tt]erbit"))


def expect_no_serious_barrier(page: Page) -> None:
    """Nothing that axe calls serious or critical, and nothing wider than the screen."""
    found = Axe().run(page).response["violations"]
    serious = [(rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")]
    assert not serious, (page.url, serious)
    too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not too_wide, page.url
