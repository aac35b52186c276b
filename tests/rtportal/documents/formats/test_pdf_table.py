"""A table as PDF, read back."""

import pytest
from pypdf import PdfReader

from rtportal.documents.formats import pdf_table
from rtportal.documents.tables import A4, Column, Imprint, Sheet

COLUMNS = [Column("No", 6), Column("Nama", 30), Column("Keterangan", 20)]


def test_each_page_repeats_the_heading_and_says_who_has_it_and_what_for(tmp_path):
    rows = [(number, f"Nama {number} #let [*tebal*]", "x" * 200 if number == 3 else "") for number in range(1, 90)]
    imprint = Imprint("Daftar peserta", "Diekspor oleh Siti. Keperluan: rapat.", [("Data pada", "hari ini")])
    sheets = [
        Sheet("Daftar", COLUMNS, iter(rows)),
        Sheet("Rekap", [Column("Kecamatan"), Column("Jumlah")], [("Jaro", 1_650)], totals=("Jumlah", 1_650)),
    ]
    target = tmp_path / "berkas.pdf"
    pdf_table.write_pdf_table(target, sheets, imprint)
    reader = PdfReader(target)
    texts = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert len(texts) > 1
    for number, text in enumerate(texts, start=1):
        assert "Diekspor oleh Siti. Keperluan: rapat." in text
        assert f"Halaman {number} dari {len(texts)}" in text
    assert all("Nama Keterangan" in text for text in texts[:-1])
    assert "Data pada: hari ini" in texts[0] and "#let [*tebal*]" in texts[0]
    assert "Rekap" in texts[-1] and texts[-1].count("1.650") == 2
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (330, 215)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.metadata.title == "Daftar peserta"


def test_a_table_without_rows_is_a_page_on_the_paper_that_was_asked_for(tmp_path):
    target = tmp_path / "berkas.pdf"
    pdf_table.write_pdf_table(target, [Sheet("Daftar", COLUMNS, [])], Imprint("Kosong", paper=A4))
    [page] = PdfReader(target).pages
    assert round(float(page.mediabox[2]) / 72 * 25.4) == 297
    assert "Tidak ada baris." in page.extract_text()


def test_more_rows_than_anybody_prints_are_refused_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_table, "MOST_ROWS", 2)
    with pytest.raises(pdf_table.TooLongForPaper, match="paling banyak 2 baris"):
        pdf_table.write_pdf_table(tmp_path / "x.pdf", [Sheet("Daftar", COLUMNS, [(1, "a", "b")] * 3)], Imprint())
    assert not list(tmp_path.iterdir())
