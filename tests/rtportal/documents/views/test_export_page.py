"""Putting a file together: columns, order, paper, purpose, data in full."""

import csv
import io
from dataclasses import replace

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from python_calamine import CalamineWorkbook

from participants import nik_store
from rtportal.accounts.models import Assignment
from rtportal.accounts.scope import RIGHTS, Right
from rtportal.audit.models import AuditEvent
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import ExportPreset, GeneratedFile
from tests import factories

pytestmark = pytest.mark.django_db
PURPOSE = "Verifikasi data ke Disdukcapil"


@pytest.fixture
def wave():
    factories.regions()
    wave = factories.wave(invitations_opened_at=factories.NOW)
    head = factories.head(phone="+6281234567890", nik_encrypted=nik_store.sealed("6309061203700001"))
    factories.enrolment(wave=wave, head=head)
    return wave


@pytest.fixture
def admin(wave, client):
    user = factories.user(role="admin", name="Noor Laila")
    client.force_login(user)
    return user


def page_of(client, wave, export="daftar-peserta", **query) -> str:
    response = client.get(reverse("documents:export_choose", args=[export]), {"wave": wave.pk, **query})
    assert response.status_code == 200
    return response.content.decode()


def make(client, wave, **fields):
    wishes = {"wave": wave.pk, "susun": "1", "format": "csv", "kolom": ["nama"], **fields}
    return client.post(reverse("documents:export_create", args=["daftar-peserta"]), wishes)


def lines_of(file: GeneratedFile) -> list[list[str]]:
    text = default_storage.open(file.path).read().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_every_column_is_offered_ticked_and_numbered(client, wave, admin):
    text = page_of(client, wave)
    columns = text.split('<ol class="column-list"')[1].split("</ol>")[0]
    assert columns.count('name="kolom"') == columns.count('name="urutan-') == columns.count(" checked>") > 10
    assert 'name="urutan-nama" value="2"' in text
    assert "F4 (215 × 330 mm)" in text and "NIK dan nomor HP lengkap" in text


def test_the_file_has_the_ticked_columns_in_the_order_of_their_numbers(client, wave, admin):
    numbers = {"urutan-nama": "9", "urutan-rt": " 1 ", "urutan-kecamatan": "besok"}
    response = make(client, wave, kolom=["kecamatan", "nama", "rt", "gaji"], paper="a4", **numbers)
    file = GeneratedFile.objects.get()
    assert response.url == reverse("documents:file_detail", args=[file.pk])
    assert file.params == {"wave": wave.pk, "columns": "rt,nama,kecamatan", "paper": "a4"}
    assert lines_of(file)[0] == ["RT", "Nama", "Kecamatan"]


def test_all_columns_as_they_come_are_no_choice(client, wave, admin):
    plain = {"wave": wave.pk, "format": "csv"}
    client.post(reverse("documents:export_create", args=["daftar-peserta"]), plain)
    names = [part.split('"')[0] for part in page_of(client, wave).split('name="kolom" value="')[1:]]
    make(client, wave, kolom=names)
    first, second = GeneratedFile.objects.all()
    assert first.params == second.params == {"wave": wave.pk}


@pytest.mark.parametrize("ticked", [[], ["gaji"]])
def test_without_a_column_nothing_is_made_and_nothing_typed_is_lost(client, wave, admin, ticked):
    response = make(client, wave, kolom=ticked, purpose=PURPOSE, paper="a4")
    text = response.content.decode()
    assert response.status_code == 422 and "Pilih paling sedikit satu kolom." in text
    assert PURPOSE in text and '<option value="a4" selected>' in text
    assert not GeneratedFile.objects.exists()


@pytest.mark.parametrize("fields", [{"format": "doc"}, {"paper": "a0"}, {"purpose": "x" * 201}, {"purpose": "a\0b"}])
def test_what_nobody_can_choose_is_refused_on_the_page(client, wave, admin, fields):
    response = make(client, wave, **fields)
    assert response.status_code == 422 and "Ada yang perlu diperbaiki" in response.content.decode()
    assert not GeneratedFile.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"format": "xlsx"}, "Tulis keperluannya paling sedikit 10 huruf"),
        ({"format": "xlsx", "purpose": "  rapat    "}, "Tulis keperluannya paling sedikit 10 huruf"),
        ({"format": "csv", "purpose": PURPOSE}, "tidak diberikan sebagai CSV"),
    ],
)
def test_data_in_full_need_a_purpose_and_a_format_that_tells_it(client, wave, admin, fields, sentence):
    response = make(client, wave, full="on", **fields)
    assert response.status_code == 422 and sentence in response.content.decode()
    assert not GeneratedFile.objects.exists()


def test_data_in_full_carry_their_purpose_into_file_page_and_history(client, wave, admin):
    make(client, wave, full="on", format="xlsx", purpose=PURPOSE, kolom=["nik", "hp"])
    file = GeneratedFile.objects.get()
    assert (file.is_unmasked, file.purpose, file.state) == (True, PURPOSE, "ready")
    book = CalamineWorkbook.from_filelike(default_storage.open(file.path))
    assert book.get_sheet_by_name("Daftar peserta").to_python()[1] == ["6309061203700001", "0812-3456-7890"]
    told = dict(row[:2] for row in book.get_sheet_by_name("Keterangan").to_python())
    assert (told["Diekspor oleh"], told["Keperluan"], told["Isi"]) == (str(admin), PURPOSE, "NIK dan nomor HP lengkap")
    event = AuditEvent.objects.get(action="file.exported")
    assert event.sentence.endswith(f", NIK dan nomor HP lengkap, untuk: {PURPOSE}")
    assert (event.data["unmasked"], event.data["purpose"]) == (True, PURPOSE)
    text = client.get(reverse("documents:file_detail", args=[file.pk])).content.decode()
    assert PURPOSE in text and "Dihapus pada" in text


def test_who_may_export_but_not_in_full_gets_neither_the_box_nor_the_file(client, wave, monkeypatch):
    monkeypatch.setitem(RIGHTS, "official", RIGHTS["official"] | {Right.EXPORT})
    admin, official = factories.user(role="admin"), factories.user(role="official", email="b@kantor.test")
    client.force_login(official)
    assert "id_full" not in page_of(client, wave)
    assert make(client, wave, full="on", format="xlsx", purpose=PURPOSE).status_code == 403
    client.force_login(admin)
    make(client, wave, full="on", format="xlsx", purpose=PURPOSE)
    download = reverse("documents:file_download", args=[GeneratedFile.objects.get().pk])
    assert client.get(download).status_code == 200
    client.force_login(official)
    assert client.get(download).status_code == 403
    assert (
        "Daftar peserta Gelombang" not in client.get(reverse("documents:file_list")).content.decode().split("<main")[1]
    )
    Assignment.objects.filter(user=admin).update(role="official")
    client.force_login(admin)
    assert client.get(download).status_code == 403


def test_the_filters_of_the_list_are_carried_into_the_file(client, wave, admin):
    other = factories.head(number="009", name="Budi Santoso", district=factories.JARO)
    factories.enrolment(wave=wave, head=other, answer="confirmed", answered_at=factories.NOW)
    query = {"jawaban": "hadir", "cari": "budi", "hal": "1"}
    tab = client.get(reverse("participants:enrolment_list", args=[wave.pk]), query).content.decode()
    link = reverse("documents:export_choose", args=["daftar-peserta"])
    assert f"{link}?jawaban=hadir&amp;cari=budi&amp;wave={wave.pk}" in tab
    text = page_of(client, wave, **query)
    assert "Jawaban <strong>Hadir</strong>, Dicari <strong>budi</strong>." in text and "1 baris" in text
    make(client, wave, jawaban="hadir", cari="budi")
    assert lines_of(GeneratedFile.objects.get())[1:] == [[other.full_name]]


def test_more_rows_than_a_pdf_takes_are_refused_with_a_way_out(client, wave, admin, monkeypatch):
    monkeypatch.setitem(FORMATS, "pdf", replace(FORMATS["pdf"], most_rows=1))
    factories.enrolment(wave=wave, head=factories.head(number="002"))
    response = make(client, wave, format="pdf")
    assert "PDF memuat paling banyak 1 baris, sedangkan ini 2 baris." in response.content.decode()
    assert not GeneratedFile.objects.exists()


def test_a_paper_has_no_columns_to_choose(client, wave, admin):
    session = factories.session(wave=wave)
    url = reverse("documents:export_choose", args=["daftar-hadir"])
    assert client.get(url, {"session": session.pk}).status_code == 404


def test_a_refusal_stands_beside_its_field_and_kept_choices_lead_back_to_the_page(client, wave, admin):
    fields = {"region_id": factories.TABALONG, "export": "daftar-peserta", "columns": ["nama"]}
    preset = ExportPreset.objects.create(name="Ringkas", saved_by=admin, saved_at=factories.NOW, **fields)
    text = make(client, wave, full="on", format="xlsx", jawaban="belum").content.decode()
    assert 'href="#id_purpose"' in text
    link = f"{reverse('documents:export_choose', args=['daftar-peserta'])}?wave={wave.pk}&amp;jawaban=belum"
    assert f'href="{link}&amp;susunan={preset.pk}"' in text and f'href="{link}"' in text
