"""Letterhead, signatories, paper settings and committee, as an official meets them."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs.models import CommitteeMember, Office, PaperSettings, Signatory
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.rtportal.lib.pictures import png

pytestmark = pytest.mark.django_db

HEAD = {"address": "Jalan Pangeran Antasari Nomor 1", "city": "Tanjung", "contact_lines": "Telepon (0526) 2021234"}
PAPERS = {
    "version": "0",
    "nature": "Segera",
    "copies_to": "Bupati Tabalong\n\n Inspektur  Daerah ",
    "transport_tax": "2,5",
}
PAPERS |= {"certificate_number": "{urut}/DPMD/{bulan_romawi}/{tahun}", "certificate_share": "80"}
PAPERS |= {"transport_amount": "150.000", "signer": "", "certificate_signer": "", "pptk": "", "treasurer": ""}


@pytest.fixture
def program(client):
    factories.regions(factories.TABALONG, factories.JAMBI)
    client.force_login(factories.user())
    return factories.program()


def upload(content: bytes, name: str = "lambang.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send_head(client, office, version=1, **more):
    return client.post(reverse("programs:office_letterhead", args=[office.pk]), HEAD | {"version": version} | more)


def test_the_head_is_kept_with_its_arms_which_are_shown(client, program):
    assert send_head(client, program.office, logo=upload(png())).status_code == 302
    office = Office.objects.get()
    assert (office.city, office.version) == ("Tanjung", 2)
    shown = client.get(reverse("programs:office_logo", args=[office.pk]))
    assert (shown["Content-Type"], b"".join(shown.streaming_content)) == ("image/png", png())
    assert (
        reverse("programs:office_logo", args=[office.pk])
        in client.get(reverse("programs:office_letterhead", args=[office.pk])).content.decode()
    )


def test_new_arms_take_the_place_of_the_old_and_can_be_taken_away(client, program, django_capture_on_commit_callbacks):
    send_head(client, program.office, logo=upload(png()))
    first = Office.objects.get().logo_path
    with django_capture_on_commit_callbacks(execute=True):
        send_head(client, program.office, version=2, logo=upload(png(9, 9)))
    second = Office.objects.get().logo_path
    assert not default_storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):
        send_head(client, program.office, version=3, removes_logo="on")
    assert not default_storage.exists(second)
    assert Office.objects.get().logo_path == ""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg/>", "bukan gambar PNG atau JPEG"),
        (png() + b"\0" * 1024 * 1024, "paling besar 1 MB"),
        (png()[:-5], "rusak atau terpotong"),
        (b"", "kosong"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_words_and_nothing_changes(client, program, content, sentence):
    response = send_head(client, program.office, logo=upload(content))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "Jalan Pangeran Antasari" in response.content.decode()
    assert Office.objects.get().address == ""


def test_the_second_editor_of_a_head_is_told(client, program):
    send_head(client, program.office)
    text = send_head(client, program.office, city="Murung Pudak").content.decode()
    assert "Isian Anda belum disimpan." in text
    assert 'value="Murung Pudak"' in text
    assert Office.objects.get().city == "Tanjung"


def test_a_signatory_is_added_changed_and_deleted(client, program):
    url = reverse("programs:signatory_create", args=[program.office_id])
    typed = {
        "name": "Drs. H. Ahmad Fauzi, M.Si.",
        "position": "Kepala Dinas",
        "rank": "",
        "nip": "19700101 199503 1 001",
    }
    client.post(url, typed)
    row = Signatory.objects.get()
    assert (row.name, row.full_name, row.nip) == ("Ahmad Fauzi", "Drs. H. Ahmad Fauzi, M.Si.", "197001011995031001")
    client.post(reverse("programs:signatory_update", args=[row.pk]), typed | {"position": "Camat", "version": 1})
    stale = client.post(reverse("programs:signatory_update", args=[row.pk]), typed | {"version": 1}).content.decode()
    assert "Isian Anda belum disimpan." in stale
    client.post(reverse("programs:signatory_delete", args=[row.pk]), {"version": 1})
    assert Signatory.objects.get().position == "Camat"
    client.post(reverse("programs:signatory_delete", args=[row.pk]), {"version": 2})
    assert not Signatory.objects.exists()
    deeds = list(
        AuditEvent.objects.filter(action__startswith="signatory").values_list("action", flat=True).order_by("pk")
    )
    assert deeds == ["signatory.created", "signatory.changed", "signatory.deleted"]


@pytest.mark.parametrize(
    "typed", [{"nip": "123"}, {"nip": "1970010119950310①1"}, {"name": "A" * 150}, {"position": ""}]
)
def test_a_signatory_who_cannot_be_printed_is_refused(client, program, typed):
    sent = {"name": "Rahmadi", "position": "Kepala Dinas", "rank": "", "nip": ""} | typed
    assert client.post(reverse("programs:signatory_create", args=[program.office_id]), sent).status_code == 200
    assert not Signatory.objects.exists()


def test_paper_settings_are_kept_and_the_second_editor_is_told(client, program):
    url = reverse("programs:paper_settings", args=[program.pk])
    assert client.get(url).status_code == 200
    signer = factories.signatory(office=program.office)
    assert client.post(url, PAPERS | {"signer": signer.pk}).status_code == 302
    kept = PaperSettings.objects.get()
    assert (kept.signer, kept.version, kept.copies_to) == (signer, 1, "Bupati Tabalong\nInspektur Daerah")
    assert str(kept.transport_tax) == "2.50"
    # With the point of thousands, as people write money.
    assert kept.transport_amount == 150_000
    assert "Isian Anda belum disimpan." in client.post(url, PAPERS | {"nature": "Biasa"}).content.decode()
    client.post(url, PAPERS | {"version": 1, "signer": signer.pk})
    assert AuditEvent.objects.filter(action="program.papers_changed").count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"certificate_number": "SERTIFIKAT/{tahun}"}, "harus memuat {urut}"),
        ({"certificate_number": "{urut}/{bulan_rowami}"}, "mungkin maksud Anda {bulan_romawi}"),
        ({"certificate_share": "101"}, "100"),
        ({"transport_tax": "60"}, "50"),
        ({"transport_amount": "-1"}, "0"),
        ({"signer": "999999"}, "Pilihan"),
    ],
)
def test_paper_settings_that_cannot_hold_are_refused(client, program, typed, sentence):
    response = client.post(reverse("programs:paper_settings", args=[program.pk]), PAPERS | typed)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not PaperSettings.objects.exists()


def test_nobody_of_another_region_signs(client, program):
    stranger = factories.signatory(office=factories.office(region=factories.JAMBI, name="DPMD Jambi"))
    client.post(reverse("programs:paper_settings", args=[program.pk]), PAPERS | {"signer": stranger.pk})
    assert not PaperSettings.objects.exists()


def committee(*members, version=1):
    sent = {"version": version, "panitia-TOTAL_FORMS": len(members), "panitia-INITIAL_FORMS": 0}
    for at, (name, duty, order) in enumerate(members):
        sent |= {f"panitia-{at}-name": name, f"panitia-{at}-duty": duty, f"panitia-{at}-ORDER": order}
    return sent


def test_the_committee_is_kept_in_its_order(client, program):
    url = reverse("programs:committee", args=[program.pk])
    client.post(url, committee(("Siti Aminah", "Sekretaris", 2), ("H. Rahmadi", "Ketua", 1), ("", "", "")))
    assert [(row.place, row.name) for row in CommitteeMember.objects.all()] == [(1, "H. Rahmadi"), (2, "Siti Aminah")]
    assert "Isian Anda belum disimpan." in client.post(url, committee(("Lain", "Ketua", 1))).content.decode()
    assert "Siti Aminah" in client.get(url).content.decode()
    client.post(url, committee(("Lain", "Ketua", 1), version=2))
    assert CommitteeMember.objects.get().name == "Lain"


def test_a_member_without_a_duty_is_refused(client, program):
    response = client.post(reverse("programs:committee", args=[program.pk]), committee(("H. Rahmadi", "", 1)))
    assert response.status_code == 200
    assert not CommitteeMember.objects.exists()


@pytest.mark.parametrize("typed", ["400/{bulan_rumawi}", "400/{", "400/{{tahun}}"])
def test_a_letter_number_with_an_unknown_word_is_refused_by_name(client, program, typed):
    url = reverse("programs:program_update", args=[program.pk])
    text = client.post(url, {"letter_number": typed}).content.decode()
    assert any(words in text for words in ("tidak dikenal", "belum ditutup", "satu kurung kurawal"))


def test_a_file_beyond_what_the_installation_takes_is_refused_in_words(client, program, settings):
    settings.LARGEST_UPLOAD = 1024
    text = send_head(client, program.office, logo=upload(png() + b"\0" * 200_000)).content.decode()
    assert "Berkas ini terlalu besar" in text
    assert "Jalan Pangeran Antasari" in text
    assert Office.objects.get().address == ""


def test_a_picture_whose_save_fails_is_not_left_behind(client, program):
    send_head(client, program.office, logo=upload(png()))
    kept, before = Office.objects.get().logo_path, default_storage.listdir("logos")
    assert "Isian Anda belum disimpan." in send_head(client, program.office, logo=upload(png(9, 9))).content.decode()
    assert (Office.objects.get().logo_path, default_storage.listdir("logos")) == (kept, before)
