"""Materials for officials: seen in scope, downloaded as files, never shown as pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programs.errors import Refusal
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from sessions import material_store
from sessions.models import Material
from sessions.use_cases.release_material import release_material
from sessions.use_cases.upload_material import MOST_PER_SESSION
from tests import factories
from tests.rtportal.lib.uploads import PDF, PPTX
from tests.sessions.speaker_world import lecture

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(client, db):
    factories.regions(factories.TABALONG, factories.JAMBI)
    client.force_login(factories.user(name="Siti Rahmah"))
    return client


@pytest.fixture
def session(official):
    wave = factories.wave(on=(clock.now() + timedelta(days=30)).date())
    return lecture(wave, factories.speaker())


def send(client, session, name="bahan.pdf", content=PDF):
    return client.post(f"/sesi/{session.pk}/materi/", {"upload": SimpleUploadedFile(name, content)})


def test_a_file_goes_in_and_comes_out_as_it_was(official, session):
    assert send(official, session, "Paparan.pptx", PPTX).status_code == 302
    material = Material.objects.get()
    assert (material.speaker, material.uploaded_by.name, material.size) == (None, "Siti Rahmah", len(PPTX))
    assert "Paparan.pptx" in official.get(f"/sesi/{session.pk}/materi/").content.decode()
    answer = official.get(f"/materi/{material.pk}/unduh/")
    assert b"".join(answer.streaming_content) == PPTX
    assert answer["Content-Disposition"] == 'attachment; filename="Paparan.pptx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Type"].endswith("presentationml.presentation")
    assert AuditEvent.objects.get(action="material.uploaded").subject == session.wave.group


BAD = [
    ("bahan.pdf", b"<html><script>", "bukan PDF"),
    ("bahan.html", b"<html>", "tidak diterima"),
    ("bahan.pdf", b"", "kosong"),
    ("bahan.pdf", bytes(26 * 1024**2), "paling besar 25 MB"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), BAD)
def test_a_bad_file_is_refused_beside_its_field(official, session, name, content, sentence):
    page = send(official, session, name, content).content.decode()
    assert sentence in page
    assert "error-summary" in page
    assert not Material.objects.exists()


def test_no_file_at_all_is_told(official, session):
    assert "Pilih berkasnya dahulu." in official.post(f"/sesi/{session.pk}/materi/").content.decode()


def test_a_session_holds_only_so_many(official, session):
    Material.objects.bulk_create(
        Material(session=session, uploaded_at=clock.now(), name="a.pdf", path="x", size=1)
        for _ in range(MOST_PER_SESSION)
    )
    assert f"sudah mempunyai {MOST_PER_SESSION} berkas" in send(official, session).content.decode()
    assert Material.objects.count() == MOST_PER_SESSION


def test_deleting_asks_for_a_reason_and_takes_the_file_away(official, session, django_capture_on_commit_callbacks):
    send(official, session)
    material = Material.objects.get()
    address = f"/materi/{material.pk}/hapus/"
    assert "bahan.pdf" in official.get(address).content.decode()
    assert "Isi alasan" in official.post(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        official.post(address, {"reason": "Diganti versi baru"})
    assert not Material.objects.exists()
    assert material_store.open_stored(material.path) is None
    line = AuditEvent.objects.get(action="material.deleted")
    assert line.sentence == "Menghapus materi “bahan.pdf” dari sesi “Bela negara”: Diganti versi baru."


def test_a_file_lost_from_the_folder_is_told(official, session):
    send(official, session)
    material = Material.objects.get()
    material_store.remove(material.path)
    answer = official.get(f"/materi/{material.pk}/unduh/", follow=True)
    assert "sudah tidak tersimpan" in answer.content.decode()


def test_scope_and_rights(official, client, session):
    send(official, session)
    material = Material.objects.get()
    client.force_login(factories.user(role="viewer"))
    page = client.get(f"/sesi/{session.pk}/materi/").content.decode()
    assert "bahan.pdf" in page
    assert 'type="file"' not in page
    assert client.get(f"/materi/{material.pk}/unduh/").status_code == 200
    assert send(client, session).status_code == client.get(f"/materi/{material.pk}/hapus/").status_code == 403
    client.force_login(factories.user(region=factories.JAMBI))
    for address in (f"/sesi/{session.pk}/materi/", f"/materi/{material.pk}/unduh/", f"/materi/{material.pk}/hapus/"):
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(f"/materi/{material.pk}/unduh/").status_code == 302
    assert Material.objects.count() == 1


def test_sharing_a_file_with_participants_and_taking_that_back(official, session):
    send(official, session)
    material = Material.objects.get()
    assert material.released_at is None
    page = official.post(f"/materi/{material.pk}/bagikan/", {"bagikan": "1"}, follow=True).content.decode()
    assert "dibagikan kepada peserta" in page
    assert "Berhenti membagikan" in page
    since = Material.objects.get().released_at
    official.post(f"/materi/{material.pk}/bagikan/", {"bagikan": "1"})
    assert Material.objects.get().released_at == since
    assert "Belum dibagikan" in official.post(f"/materi/{material.pk}/bagikan/", follow=True).content.decode()
    lines = AuditEvent.objects.filter(action__startswith="material.", subject=session.wave.group).order_by("pk")
    assert [line.action for line in lines] == ["material.uploaded", "material.released", "material.withheld"]


def test_a_file_deleted_meanwhile_cannot_be_shared(official, session):
    send(official, session)
    material = Material.objects.get()
    material.delete()
    assert official.post(f"/materi/{material.pk}/bagikan/", {"bagikan": "1"}).status_code == 404
    with pytest.raises(Refusal, match="sudah tidak ada"):
        release_material(material=material, is_released=True, actor=factories.user(), now=clock.now())
