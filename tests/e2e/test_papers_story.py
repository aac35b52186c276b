"""From a damaged roster to the bundle for the accounts: a real browser, real processes, papers and tables read back.

On PostgreSQL with Redis; SQLite has the main story.
"""

import csv
import hashlib
import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.e2e.damaged_roster import AMBIGUOUS, FAULTS, MEANT, damaged_workbook, truth
from tests.e2e.papers_world import HELD, SCHEDULE
from tests.e2e.story import Story
from tests.infra.missing import not_tested_here
from tests.infra.pdfs import is_tagged, pages_of, qr_codes_on
from tests.infra.spreadsheets import find_spreadsheet_program, shown_in_spreadsheet

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
FIRST_WAVE, CAME = 337, 224
TABLES = (
    *("Daftar peserta", "Belum menjawab", "Kehadiran per sesi", "Narasumber", "Agenda", "Rekap per kecamatan"),
    "Pesan dan keadaannya",
)


@pytest.mark.parametrize("portal_database", ["postgresql"], indirect=True)
def test_an_office_repairs_its_roster_and_has_every_paper_of_its_first_wave(story: Story):
    if not find_spreadsheet_program():
        not_tested_here("LibreOffice: no spreadsheet program on this machine")
    admin = story.sign_in("admin@tabalong.test")
    import_the_damaged_roster(story, admin)
    take_it_back(admin)
    import_the_damaged_roster(story, admin)
    read_the_roster_back_equal(story, admin)
    print(story.portal.python(SCHEDULE.format(day=story.day.isoformat())))  # noqa: T201 - shown when a step fails
    print_the_letters_of_one_village(story, admin)
    assert story.portal.python(HELD) == str(CAME)
    issue_the_certificates(story, admin)
    pay_who_came(admin)
    see_that_everything_adds_up(admin)
    open_every_table_in_a_spreadsheet_program(story, admin)
    make_the_bundle_for_the_accounts(story, admin)


def import_the_damaged_roster(story: Story, page: Page) -> None:
    file = story.folder / "ketua-rt.xlsx"
    file.write_bytes(damaged_workbook())
    page.goto("/ketua-rt/impor/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Unggah").click()
    # Two villages are called so: nobody guesses.
    question = page.get_by_role("group", name=re.compile(AMBIGUOUS))
    expect(question).to_be_visible(timeout=60_000)
    question.get_by_label(re.compile(rf"{MEANT}\b(?!I)")).check()
    page.get_by_role("button", name="Pakai pilihan ini dan periksa").click()
    expect(page.locator("[data-count=new]")).to_have_text("951", timeout=60_000)
    expect(page.locator("[data-count=faults]")).to_have_text(str(len(FAULTS)))
    expect(page.locator("main")).to_contain_text("Kelurahan Pembataan")
    page.get_by_role("button", name=re.compile("^Terapkan")).click()
    expect(page.locator("main")).to_contain_text("Daftar sudah diterapkan", timeout=60_000)


def take_it_back(page: Page) -> None:
    page.get_by_text("Urungkan impor ini").first.click()
    page.get_by_role("button", name="Ya, urungkan impor ini").click()
    expect(page.locator("main")).to_contain_text("Impor ini sudah diurungkan", timeout=60_000)
    page.goto("/ketua-rt/")
    expect(page.get_by_role("heading", name="Belum ada ketua RT")).to_be_visible()


def read_the_roster_back_equal(story: Story, page: Page) -> None:
    page.goto("/ketua-rt/")
    expect(page.locator("main")).to_contain_text("951 ketua RT")
    page.get_by_role("link", name="Ekspor daftar ini").click()
    page.get_by_label("NIK dan nomor HP lengkap", exact=False).check()
    page.get_by_label("Keperluan", exact=False).fill("Mencocokkan daftar dengan berkas kecamatan")
    page.get_by_role("button", name="Buat berkas").click()
    file = downloaded(story, page)
    rows = table_of(file.read_bytes())
    columns = ("Nama", "Gelar depan", "Gelar belakang", "RT", "Kode wilayah", "Nomor HP", "E-mail")
    assert {tuple(row[column] for column in columns) for row in rows} == truth()
    shown = shown_in_spreadsheet(file)
    assert {row[shown["Daftar ketua RT"][0].index("Nomor HP")] for row in shown["Daftar ketua RT"][1:952]} == {
        row["Nomor HP"] for row in rows
    }


def print_the_letters_of_one_village(story: Story, page: Page) -> None:
    page.goto("/pesan/surat/1/")
    line = page.get_by_role("row", name=re.compile("^Kelurahan Pembataan"))
    line.get_by_role("button", name=re.compile("^Cetak")).click()
    content = downloaded(story, page).read_bytes()
    cover, *letters = pages_of(content)
    heads = int(story.portal.python(_COUNT_PEMBATAAN))
    assert len(letters) == heads
    assert f"{heads} surat" in cover and "Kelurahan Pembataan" in cover
    assert is_tagged(content)
    for at, letter in enumerate(letters, start=1):
        assert "NIP 197001011990032001" in letter and re.search(r"400\.10/123/DPMD/[IVX]+/20\d\d", letter)
        if at <= 3:
            [link] = qr_codes_on(content, at)
            assert page.request.get(link).ok
            assert page.request.get(link).text().count("Apakah Anda") == 1


_COUNT_PEMBATAAN = """
from participants.models import Enrolment
print(Enrolment.objects.filter(village__name="Pembataan").count())
"""


def issue_the_certificates(story: Story, page: Page) -> None:
    page.goto("/gelombang/1/sertifikat/")
    page.get_by_text(f"Terbitkan {CAME} sertifikat").click()
    page.get_by_role("button", name="Ya, terbitkan sekarang").click()
    page.get_by_role("button", name=f"Buat ZIP {CAME} sertifikat").click()
    with zipfile.ZipFile(downloaded(story, page, seconds=240)) as archive:
        papers = [archive.read(name) for name in archive.namelist() if name.endswith(".pdf")]
    assert len(papers) == CAME
    texts = [pages_of(content) for content in papers]
    assert all(len(pages) == 2 and "JP" in pages[1] for pages in texts)
    # The substitute's bears her own name, and says whom she came for.
    [front] = [pages[0] for pages in texts if "Siti Aminah" in pages[0]]
    assert "mewakili" in front
    assert is_tagged(papers[0])
    [address] = qr_codes_on(papers[0])
    stranger = story.browser.new_page()
    stranger.goto(address)
    expect(stranger.locator("main")).to_contain_text("Bimtek Ketua RT Tabalong")
    expect(stranger.locator("main")).to_contain_text("berlaku")
    stranger.close()


def pay_who_came(page: Page) -> None:
    page.goto("/gelombang/1/pembayaran/")
    page.get_by_text(f"Catat {CAME} orang sudah dibayar").click()
    page.get_by_role("button", name="Ya, catat sudah dibayar").click()
    expect(page.locator("main")).to_contain_text("22.400.000")


def see_that_everything_adds_up(page: Page) -> None:
    page.goto("/gelombang/1/rekonsiliasi/")
    total = page.get_by_role("row", name=re.compile("^Jumlah")).first.inner_text().split()
    assert total.count(str(FIRST_WAVE)) >= 3
    assert {str(CAME - 1), "1", str(FIRST_WAVE - CAME), str(CAME)} <= set(total)


def open_every_table_in_a_spreadsheet_program(story: Story, page: Page) -> None:
    for label in TABLES:
        for words, ending in (("Excel", "xlsx"), ("CSV", "csv")):
            page.goto("/gelombang/1/berkas/")
            page.get_by_role("button", name=re.compile(f"{words}.*: {label}$")).click()
            file = downloaded(story, page)
            assert file.suffix == f".{ending}"
            shown, told = shown_in_spreadsheet(file), _told(file)
            assert shown.keys() == told.keys()
            for name, rows in told.items():
                assert [list(map(_plain, row)) for row in shown[name] if any(row)] == rows, (label, ending, name)


def _told(file: Path) -> dict[str, list[list[str]]]:
    """The rows of each sheet as the portal wrote them."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as handle:
            return {file.stem: [list(map(_plain, row)) for row in csv.reader(handle, delimiter=";")]}
    book = CalamineWorkbook.from_path(file)
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: [list(map(_plain, row)) for row in rows if any(row)] for name, rows in sheets.items()}


def _plain(cell: object) -> str:
    """Numbers without what a program puts before and between their digits."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return re.sub(r"^0+(?=\d)", "", str(cell))


def make_the_bundle_for_the_accounts(story: Story, page: Page) -> None:
    page.goto("/gelombang/1/berkas/")
    page.get_by_role("button", name="Buat bundel SPJ").click()
    with zipfile.ZipFile(downloaded(story, page, seconds=300)) as archive:
        names = archive.namelist()
        sums = archive.read(next(name for name in names if name.endswith("SHA256SUMS"))).decode()
        for line in sums.splitlines():
            digest, name = line.split(maxsplit=1)
            assert hashlib.sha256(archive.read(name.lstrip("*"))).hexdigest() == digest
        papers = {name: archive.read(name) for name in names if name.endswith(".pdf")}
    told = {name: pages_of(content) for name, content in papers.items()}
    assert all(is_tagged(content) for content in papers.values())
    for words in ("daftar-hadir", "transpor", "berita-acara", "laporan", "surat-tugas", "sertifikat"):
        assert any(words in name for name in told), (words, sorted(told))
    receipt = next(pages for name, pages in told.items() if "transpor" in name)
    assert "dua puluh dua juta empat ratus ribu rupiah" in " ".join(receipt).lower()
    story.portal.python("from participants.models import Payment; Payment.objects.first().delete()")
    page.goto("/gelombang/1/berkas/")
    expect(page.locator("main")).to_contain_text("Data berubah sejak bundel ini dibuat")


def downloaded(story: Story, page: Page, *, seconds: int = 120) -> Path:
    """The file whose page is open, once it is ready."""
    link = page.get_by_role("link", name=re.compile("^Unduh")).first
    expect(link).to_be_visible(timeout=seconds * 1_000)
    with page.expect_download() as download:
        link.click()
    path = story.folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def table_of(content: bytes) -> list[dict]:
    """The rows of a workbook's first sheet by their headings."""
    headings, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [dict(zip(headings, row, strict=True)) for row in rows if row[0]]
