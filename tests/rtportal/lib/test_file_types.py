"""A file is what its content says, and is called so."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.file_types import LONGEST_NAME, FileRefused, FileType, recognise, safe_name
from tests.rtportal.lib.uploads import ODP, PDF, PNG, old_office, packed

PDF_TYPE = FileType("pdf", "application/pdf")

TAKEN = [
    ("bahan.pdf", PDF, "pdf"),
    ("BAHAN.PDF", b"\n\n" + PDF, "pdf"),
    ("foto.jpeg", b"\xff\xd8\xff\xe0" + b"x" * 20, "jpg"),
    ("foto.png", PNG, "png"),
    ("paparan.pptx", packed("ppt/presentation.xml"), "pptx"),
    ("makalah.docx", packed("word/document.xml"), "docx"),
    ("lembar.xlsx", packed("xl/workbook.xml"), "xlsx"),
    ("paparan.odp", ODP, "odp"),
    ("paparan.ppt", old_office("PowerPoint Document"), "ppt"),
    ("makalah.doc", old_office("WordDocument"), "doc"),
]


@pytest.mark.parametrize(("name", "content", "extension"), TAKEN)
def test_what_people_present_is_taken(name, content, extension):
    file = io.BytesIO(content)
    assert recognise(name, file).extension == extension
    assert file.tell() == 0


REFUSED = [
    ("bahan.pdf", b"", "kosong"),
    ("bahan", PDF, "tidak diterima"),
    ("bahan.pdf.exe", PDF, "tidak diterima"),
    ("bahan.zip", packed("ppt/presentation.xml"), "tidak diterima"),
    ("bahan.html", b"<script>", "tidak diterima"),
    ("bahan.svg", b"<svg/>", "tidak diterima"),
    ("bahan.pptm", packed("ppt/presentation.xml"), "tidak diterima"),
    ("bahan.pdf", b"MZ\x90\0 program", "bukan PDF"),
    ("bahan.pdf", b"<html><script>", "bukan PDF"),
    ("foto.jpg", PNG, "bukan JPG"),
    ("paparan.pptx", packed("word/document.xml"), "bukan PPTX"),
    ("paparan.pptx", b"PK\x03\x04 rusak", "bukan PPTX"),
    ("paparan.pptx", packed("ppt/presentation.xml")[:-30], "bukan PPTX"),
    ("paparan.odp", packed("content.xml"), "bukan ODP"),
    ("paparan.ppt", old_office("WordDocument"), "bukan PPT"),
    ("paparan.pptx", packed("ppt/presentation.xml", "ppt/vbaProject.bin"), "makro"),
    ("makalah.doc", old_office("WordDocument", "_VBA_PROJECT"), "makro"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED)
def test_anything_else_is_refused_in_a_sentence(name, content, sentence):
    with pytest.raises(FileRefused) as refused:
        recognise(name, io.BytesIO(content))
    assert sentence in refused.value.sentence


def test_a_package_that_unpacks_to_a_mountain_is_only_looked_at_from_outside():
    packet = io.BytesIO()
    with zipfile.ZipFile(packet, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", bytes(200_000_000))
    with pytest.raises(FileRefused):
        recognise("paparan.odp", packet)


NAMES = [
    ("Bahan Narkoba.pdf", "Bahan Narkoba.pdf"),
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ("C:\\Users\\Dandim\\bahan.pdf", "bahan.pdf"),
    ("surat.exe.pdf", "surat exe.pdf"),
    ("fdp\u202eexe.pdf", "fdpexe.pdf"),
    ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
    (".pdf", "materi.pdf"),
    ("…….pdf", "…….pdf"),
    ("x" * 300 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
]


@pytest.mark.parametrize(("typed", "kept"), NAMES)
def test_names_say_no_folder_and_one_extension(typed, kept):
    assert safe_name(typed, PDF_TYPE) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_can_be_kept(typed):
    name = safe_name(typed, PDF_TYPE)
    assert name.endswith(".pdf")
    assert len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\\r\n\0"')
    name.encode()


@given(st.sampled_from(["a.pdf", "a.pptx", "a.odp", "a.ppt", "a.png"]), st.binary(max_size=300))
def test_no_content_breaks_it(name, content):
    try:
        recognise(name, io.BytesIO(content))
    except FileRefused as refusal:
        assert refusal.sentence.endswith(".")
