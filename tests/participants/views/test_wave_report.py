"""The report of a wave and its photos."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from participants.models import WavePhoto, WaveReport
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.participants.certified import taught_wave
from tests.rtportal.lib.pictures import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(client):
    wave, _, _ = taught_wave(1)
    client.force_login(factories.user())
    return wave


def at(name: str, *args) -> str:
    return reverse(f"participants:{name}", args=args)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def words(version: int = 0, **changes) -> dict:
    return {"minutes": "Dibuka pukul 08.00.", "evaluation": "Baik.", "conclusion": "", "version": version} | changes


def test_the_report_is_kept_and_the_same_again_changes_nothing(wave, client):
    url = at("wave_report", wave.pk)
    assert "Laporan disimpan." in text(client.post(url, words(), follow=True))
    assert WaveReport.objects.get().minutes == "Dibuka pukul 08.00."
    client.post(url, words(version=1))
    assert WaveReport.objects.get().version == 1
    assert AuditEvent.objects.filter(action="wave.report_changed").count() == 1


def test_who_saves_second_is_told_what_the_first_wrote_and_loses_nothing(wave, client):
    url = at("wave_report", wave.pk)
    client.post(url, words())
    response = client.post(url, words(minutes="Isian saya sendiri."))
    assert response.status_code == 422
    assert "Dibuka pukul 08.00." in text(response)
    assert "Isian saya sendiri." in text(response)
    assert WaveReport.objects.get().minutes == "Dibuka pukul 08.00."


def send(client, wave, content: bytes, name: str = "foto.png"):
    photo = SimpleUploadedFile(name, content)
    return client.post(at("wave_photo_add", wave.pk), {"photo": photo, "caption": "Pembukaan"}, follow=True)


def test_a_photo_is_kept_shown_and_deleted(wave, client):
    assert "Foto disimpan." in text(send(client, wave, png()))
    photo = WavePhoto.objects.get()
    response = client.get(at("wave_photo", photo.pk))
    assert (response.headers["Content-Type"], b"".join(response)) == ("image/png", png())
    client.post(at("wave_photo_delete", photo.pk))
    assert not WavePhoto.objects.exists()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"<svg/>", "bukan gambar"),
        (b"GIF89a", "bukan gambar"),
        (png(9_000, 10), "piksel"),
        (png()[:40], "rusak"),
        (png() + b"\0" * 5 * 1024**2, "paling besar 5 MB"),
        (b"", "kosong"),
    ],
)
def test_what_is_no_photo_is_refused_and_nothing_is_kept(wave, client, content, complaint):
    response = send(client, wave, content)
    assert response.status_code == 422
    assert complaint in text(response)
    assert not WavePhoto.objects.exists()


def test_the_thirteenth_photo_is_refused(wave, client):
    by = factories.user(email="lain@dpmd.test")
    WavePhoto.objects.bulk_create(
        WavePhoto(wave=wave, path=f"photos/{n}.png", uploaded_by=by, uploaded_at=factories.NOW) for n in range(12)
    )
    assert "paling banyak 12 foto" in text(send(client, wave, png()))


def test_who_only_looks_reads_the_report_without_a_form(wave, client):
    client.post(at("wave_report", wave.pk), words())
    client.force_login(factories.user(role="viewer"))
    page = text(client.get(at("wave_report", wave.pk)))
    assert "Dibuka pukul 08.00." in page
    assert "Simpan laporan" not in page
