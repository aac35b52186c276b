"""Papers that came back signed."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rtportal.audit.models import AuditEvent
from rtportal.documents.models import SignedPaper
from tests import factories
from tests.participants.certified import taught_wave
from tests.participants.spj import A_PDF, paper_file, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    wave, _, _ = taught_wave(1)
    official = factories.user()
    client.force_login(official)
    return wave, paper_file(wave, by=official), official


def at(name: str, *args) -> str:
    return reverse(f"documents:{name}", args=args)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def send(client, file, content: bytes, name: str = "notulen ttd.exe.pdf"):
    upload = SimpleUploadedFile(name, content)
    return text(client.post(at("signed_paper_add", file.pk), {"signed": upload}, follow=True))


def test_it_lies_beside_its_paper_and_comes_back_byte_for_byte(world, client):
    _, file, _ = world
    assert "“notulen ttd exe.pdf” disimpan." in send(client, file, A_PDF)
    kept = SignedPaper.objects.get()
    assert kept.name in text(client.get(at("file_detail", file.pk)))
    response = client.get(at("signed_paper_download", kept.pk))
    assert b"".join(response) == A_PDF
    assert response.headers["Content-Disposition"].startswith("attachment")
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"signed_paper.kept", "signed_paper.downloaded"} <= actions


def test_the_same_file_again_is_one(world, client):
    _, file, _ = world
    send(client, file, A_PDF)
    send(client, file, A_PDF)
    assert SignedPaper.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"PK\x03\x04 %PDF", "bukan PDF"),
        (b"MZ" + b"\0" * 2_000 + A_PDF, "bukan PDF"),
        (A_PDF[:20], "terpotong"),
        (A_PDF + b"\0" * 20 * 1024**2, "paling besar 20 MB"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(world, client, content, complaint):
    assert complaint in send(client, world[1], content)
    assert not SignedPaper.objects.exists()


def test_nothing_chosen_is_said(world, client):
    assert "Pilih berkas PDF" in text(client.post(at("signed_paper_add", world[1].pk), follow=True))


def test_deleting_takes_the_file_along(world, client, django_capture_on_commit_callbacks):
    wave, _, official = world
    kept = signed(wave, by=official)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("signed_paper_delete", kept.pk))
    assert not SignedPaper.objects.exists()
    assert not Path(default_storage.path(kept.path)).exists()


def test_a_copy_whose_file_is_gone_says_so(world, client):
    wave, _, official = world
    kept = signed(wave, by=official)
    default_storage.delete(kept.path)
    assert "sudah tidak tersimpan" in text(client.get(at("signed_paper_download", kept.pk), follow=True))


def test_tables_have_no_signed_copy(world, client):
    _, file, _ = world
    file.__class__.objects.update(export="daftar-peserta")
    client.force_login(factories.user(role="admin", email="admin@dpmd.test"))
    assert client.post(at("signed_paper_add", file.pk)).status_code == 404
