"""The words of a programme's papers: listed, changed, previewed, and printed as a sample."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from participants.models import Enrolment
from participants.paper_words import PAPER_KINDS, paper_text
from rtportal.audit.models import AuditEvent
from rtportal.lib.short_codes import show_code
from rtportal.messaging.models import Wording
from tests import factories
from tests.participants.letters import wave_by_letter

pytestmark = pytest.mark.django_db

GOOD = {"number": "0", "subject": "Undangan kegiatan", "text": "Yth. {nama}, mohon hadir.\n\n{rincian}\n\nSekian."}


@pytest.fixture
def wave():
    return wave_by_letter(3)


@pytest.fixture
def admin(client, wave):
    client.force_login(factories.user(role="admin"))
    return client


def editor(wave, paper: str = "surat_undangan") -> str:
    return reverse("participants:paper_wording_update", args=[wave.program_id, paper])


def save(client, wave, paper: str = "surat_undangan", **typed):
    return client.post(editor(wave, paper), GOOD | {"aksi": "simpan"} | typed)


def test_the_list_names_every_paper_with_its_words(admin, wave):
    url = reverse("participants:paper_wording_list", args=[wave.program_id])
    text = admin.get(url).content.decode()
    assert all(kind.label in text for kind in PAPER_KINDS.values())
    assert "versi 1" not in text
    save(admin, wave)
    assert "versi 1" in admin.get(url).content.decode()


def test_saved_words_hold_for_the_programme_and_earlier_ones_come_back(admin, wave):
    assert save(admin, wave).status_code == 302
    values = {"nama": "H. Rahmadi", "gelombang": "Gelombang 1", "pendamping": ""}
    text = paper_text("surat_undangan", wave.program, values)
    assert (text.subject, text.paragraphs[0]) == ("Undangan kegiatan", "Yth. H. Rahmadi, mohon hadir.")
    assert AuditEvent.objects.get(action="wording.saved").sentence.startswith("Mengubah kata-kata “Surat undangan”")
    default = admin.get(editor(wave) + "?versi=0").context["form"].initial
    save(admin, wave, number=1, subject=default["subject"], text=default["text"])
    assert paper_text("surat_undangan", wave.program, values).subject == "Undangan Bimtek Ketua RT 2026"
    assert Wording.objects.filter(kind="paper_surat_undangan").count() == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": "Yth. {nma}.\n\n{rincian}"}, "mungkin maksud Anda {nama}"),
        ({"text": "Tanpa tabel."}, "harus memuat {rincian}"),
        ({"text": "Acara: {rincian}"}, "Beri {rincian} paragraf tersendiri"),
        ({"text": "{rincian}\n\n{"}, "belum ditutup"),
        ({"text": "{rincian}\n\nNIK 6309061203850001"}, "NIK"),
        ({"subject": ""}, "Perihal"),
        ({"subject": "{kode}"}, "tidak dikenal"),
        ({"text": "{rincian}" + "x" * 5_001}, "5000"),
    ],
)
def test_words_that_cannot_be_printed_are_refused_by_name(admin, wave, typed, sentence):
    response = save(admin, wave, **typed)
    assert response.status_code == 200
    assert sentence.casefold() in response.content.decode().casefold() or sentence == "Perihal"
    assert not Wording.objects.exists()


def test_the_second_editor_is_told_and_loses_nothing_typed(admin, wave):
    save(admin, wave)
    text = save(admin, wave, subject="Undangan saya").content.decode()
    assert "Isian Anda belum disimpan" in text
    assert "Undangan saya" in text


def test_the_preview_speaks_to_a_real_person_while_somebody_types(admin, wave):
    person = Enrolment.objects.select_related("head").order_by("pk").last()
    text = admin.post(editor(wave), GOOD | {"penerima": person.pk}, headers={"HX-Request": "true"}).content.decode()
    assert f"Yth. {person.head.full_name}, mohon hadir." in text
    assert "Di sini rincian surat" in text
    assert "tidak dikenal" in admin.post(editor(wave), GOOD | {"text": "{nma}"}).content.decode()
    assert not Wording.objects.exists()


def test_the_sample_is_what_would_be_printed_without_a_code_that_answers(admin, wave):
    person = Enrolment.objects.select_related("head").order_by("pk").last()
    response = admin.post(editor(wave), GOOD | {"aksi": "pdf", "penerima": person.pk})
    assert response["Content-Type"] == "application/pdf"
    text = " ".join(PdfReader(io.BytesIO(response.content)).pages[1].extract_text().split())
    assert f"Yth. {person.head.full_name}, mohon hadir." in text
    assert "Hari, tanggal : Rabu, 8 April 2026" in text
    assert show_code(person.short_code) not in text
    assert not Wording.objects.exists()
    assert not AuditEvent.objects.filter(action__startswith="wording").exists()


def test_where_there_is_nothing_to_print_the_reason_is_said(admin, wave):
    words = {"number": 0, "subject": "Surat Tugas", "text": "{rincian}", "aksi": "pdf"}
    assert "Panitia program ini belum diisi." in admin.post(editor(wave, "surat_tugas"), words).content.decode()
    assert not Wording.objects.exists()


@pytest.mark.parametrize("paper", sorted(PAPER_KINDS))
def test_every_paper_has_its_editor(admin, wave, paper):
    assert admin.get(editor(wave, paper)).status_code == 200


def test_officials_read_and_do_not_change(client, wave):
    client.force_login(factories.user())
    assert "Hanya admin" in client.get(editor(wave)).content.decode()
    assert save(client, wave).status_code == 403
    assert client.get(editor(wave, "unheard_of")).status_code == 404


def test_the_sample_of_letters_to_many_is_the_first_of_them(admin, wave):
    words = {"number": 0, "subject": "Undangan", "text": "Kepada {wilayah}.\n\n{rincian}", "aksi": "pdf"}
    reader = PdfReader(io.BytesIO(admin.post(editor(wave, "surat_camat"), words).content))
    assert len(reader.pages) == 2
    assert "Kepada Kecamatan Murung Pudak." in reader.pages[0].extract_text()
