"""Berita acara, notulen and laporan kegiatan, read back."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from participants.models import Enrolment, WavePhoto, WaveReport
from rtportal.documents.registry import open_export
from rtportal.documents.storage import open_stored
from tests import factories
from tests.factories import NOW
from tests.infra.pdfs import is_tagged
from tests.participants.certified import after, taught_wave
from tests.participants.exports.test_receipts import printed
from tests.participants.letters import pages
from tests.participants.spj import held_wave, paid
from tests.rtportal.lib.pictures import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    wave, people, official = held_wave(count=4, came=3)
    Enrolment.objects.filter(pk=people[0].pk).update(
        answer="represented", answered_at=NOW, substitute_name="Budi Santoso"
    )
    wave.training_sessions.get().session_speakers.create(
        speaker=factories.speaker(name="Budi Rahman"), status="confirmed"
    )
    return wave, people, official


def data_of(name, wave, official):
    return open_export(name, user=official, params={"wave": wave.pk}).data(after(wave))


def test_the_record_counts_target_against_present_by_kecamatan(world):
    wave, _, official = world
    data = data_of("berita-acara", wave, official)
    assert [row["name"] for row in data["table"]] == ["Murung Pudak", "Jumlah"]
    # Sasaran, diundang, menjawab, hadir sendiri, diwakili, hadir seluruhnya, tidak hadir.
    assert data["table"][0]["counts"] == data["table"][1]["counts"] == ["4", "4", "1", "2", "1", "3", "1"]


def test_the_record_is_printed_with_the_words_of_the_programme(world):
    wave, _, official = world
    text = " ".join(pages(printed("berita-acara", wave, official)))
    assert "BERITA ACARA" in text
    assert "Dari 4 ketua RT yang diundang, hadir 3 orang" in text
    assert "Murung Pudak 4" in text


def test_the_minutes_hold_agenda_and_what_was_written(world):
    wave, _, official = world
    WaveReport.objects.create(wave=wave, minutes="Dibuka Sekda.\n\n#strike[Tanya] jawab *hangat*.")
    text = " ".join(pages(printed("notulen", wave, official)))
    assert "09.00–10.00 Pencegahan narkoba Budi Rahman" in text
    assert "#strike[Tanya] jawab *hangat*." in text


def test_the_report_tells_results_evaluation_and_photos(world):
    wave, people, official = world
    WaveReport.objects.create(wave=wave, evaluation="Peserta puas.", conclusion="Dilanjutkan.")
    path = default_storage.save("photos/uji.png", ContentFile(png()))
    WavePhoto.objects.create(wave=wave, path=path, caption="Pembukaan", uploaded_by=official, uploaded_at=NOW)
    WavePhoto.objects.create(wave=wave, path="photos/hilang.png", uploaded_by=official, uploaded_at=NOW)
    paid(people[0], by=official)
    file = printed("laporan-kegiatan", wave, official)
    text = " ".join(pages(file))
    for words in ("3 dari 4 undangan (75%)", "Rp100.000 kepada 1 orang", "Peserta puas.", "Dilanjutkan.", "Pembukaan"):
        assert words in text
    with open_stored(file) as handle:
        assert is_tagged(handle.read())


def test_a_wave_with_nobody_has_no_record_and_it_says_why():
    wave, _, _ = taught_wave(0)
    assert printed("berita-acara", wave, factories.user()).failure == "Belum ada peserta pada gelombang ini."
