"""Letters to camat and speakers, the committee's assignment and decree: printed and read back."""

import pytest
from django.http import Http404

from participants.paper_words import PAPER_KINDS
from programs.models import CommitteeMember, Office, PaperSettings
from rtportal.documents.formats import FORMATS
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from tests import factories
from tests.factories import JAMBI, MURUNG_PUDAK, NOW
from tests.participants.letters import pages, wave_by_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    made = wave_by_letter(3)
    Office.objects.update(city="Tanjung")
    signer = factories.signatory(office=made.program.office)
    PaperSettings.objects.create(program=made.program, signer=signer, copies_to="Bupati Tabalong")
    return made


@pytest.fixture
def admin(wave):
    return factories.user(role="admin")


def printed(identifier: str, wave, by, **params):
    export = open_export(identifier, user=by, params={"wave": wave.pk} | params)
    file = request_export(export=export, file_format=FORMATS["pdf"], by=by, clock=lambda: NOW)
    write_waiting_files(clock=lambda: NOW)
    file.refresh_from_db()
    return file


def committee(wave) -> None:
    for place, (name, duty) in enumerate((("H. Rahmadi, S.Sos.", "Ketua"), ("Siti Aminah", "Sekretaris")), start=1):
        CommitteeMember.objects.create(program=wave.program, place=place, name=name, duty=duty, position="Analis")


def test_the_camat_gets_one_letter_with_everybody_of_the_kecamatan_on_its_list(wave, admin):
    letter, attached = pages(printed("surat-camat", wave, admin))
    for words in (
        "Yth. Camat Murung Pudak",
        "Nomor : 400.10/12/DPMD",
        "Lampiran : 1 (satu) berkas",
        "3 ketua RT di Kecamatan Murung Pudak",
        "Hari, tanggal : Rabu, 8 April 2026",
        "Tanjung, 2 Maret 2026",
        "1. Bupati Tabalong",
        "NIP 197001011995031001",
    ):
        assert words in letter
    assert "Kecamatan Murung Pudak: 3 orang" in attached
    for person in wave.enrolments.select_related("head__rt"):
        assert person.head.full_name in attached


def test_every_lurah_and_kepala_desa_gets_only_the_own_people(wave, admin):
    texts = pages(printed("surat-camat", wave, admin, untuk="kelurahan"))
    people = list(wave.enrolments.select_related("head", "village").order_by("village_id"))
    assert len(texts) == 6
    for person, letter, attached in zip(people, texts[::2], texts[1::2], strict=True):
        assert (
            f"Yth. {'Lurah' if person.village.kind == 'kelurahan' else 'Kepala Desa'} {person.village.name}" in letter
        )
        assert [one.head.full_name in attached for one in people].count(True) == 1


def test_what_is_not_there_or_not_ones_own_is_not_found(wave, admin):
    for area in ("15.71", "xx", "63", "63.090", "63.09.99"):
        with pytest.raises(Http404):
            open_export("surat-camat", user=admin, params={"wave": wave.pk, "area": area})
    with pytest.raises(Http404):
        open_export("surat-tugas", user=factories.user(region=JAMBI), params={"wave": wave.pk})
    assert open_export("surat-camat", user=admin, params={"wave": wave.pk, "area": MURUNG_PUDAK}).count() == 3


def test_a_speaker_is_asked_for_the_own_sessions_with_day_hour_and_topic(wave, admin):
    speaker = factories.speaker(name="Budi Raharjo", gelar_belakang="S.H.")
    factories.session(wave=wave, title="Pencegahan narkoba", speakers=[speaker])
    factories.session(wave=wave, title="Administrasi RT", speakers=[factories.speaker(position="Kepala BPS")])
    factories.publish(wave)
    first, second = pages(printed("permohonan-narasumber", wave, admin))
    for words in ("Yth. Bapak/Ibu Budi Raharjo, S.H.", "menjadi narasumber", "Rabu, 8 April 2026", "09.00–10.00 WITA"):
        assert words in first
    assert ("Pencegahan narkoba" in first, "Administrasi RT" in first) == (True, False)
    assert "Yth. Kepala BPS" in second


def test_the_committee_is_sent_to_the_wave(wave, admin):
    committee(wave)
    (sheet,) = pages(printed("surat-tugas", wave, admin))
    for words in ("SURAT TUGAS", "H. Rahmadi, S.Sos.", "Siti Aminah", "Sekretaris", "Rabu, 8 April 2026"):
        assert words in sheet


def test_the_committee_is_appointed_and_its_list_attached(wave, admin):
    committee(wave)
    decree, attached = pages(printed("sk-panitia", wave, admin))
    for words in ("KEPUTUSAN KEPALA DINAS", "TENTANG", "Menimbang", "MEMUTUSKAN", "KEEMPAT", "{"):
        assert (words in decree) == (words != "{")
    assert "Lampiran keputusan Kepala Dinas" in attached
    assert "1 H. Rahmadi, S.Sos. Analis Ketua" in attached


@pytest.mark.parametrize(
    ("identifier", "sentence"),
    [
        ("surat-tugas", "Panitia program ini belum diisi."),
        ("sk-panitia", "Panitia program ini belum diisi."),
        ("permohonan-narasumber", "Belum ada narasumber"),
    ],
)
def test_where_there_is_nobody_the_reason_is_said_in_words(wave, admin, identifier, sentence):
    file = printed(identifier, wave, admin)
    assert file.state == "failed"
    assert sentence in file.failure
    assert sentence in open_export(identifier, user=admin, params={"wave": wave.pk}).lacks()


def test_nobody_is_invited_yet_and_no_schedule_is_published(admin):
    draft = factories.wave(number=2, areas=(factories.JARO,), published=False, program=factories.program(name="Lain"))
    assert open_export("surat-camat", user=admin, params={"wave": draft.pk}).lacks().startswith("Belum ada ketua RT")
    assert "belum diterbitkan" in open_export("permohonan-narasumber", user=admin, params={"wave": draft.pk}).lacks()


def test_markup_and_two_hundred_letters_in_names_stay_names(wave, admin):
    for place, name in enumerate(("#panic() $x$ *tebal*", "Abdurrahman" * 18, "Siti " * 40), start=1):
        CommitteeMember.objects.create(program=wave.program, place=place, name=name, duty="Anggota " * 12)
    (sheet,) = pages(printed("surat-tugas", wave, admin))
    assert "#panic() $x$ *tebal*" in sheet


def test_the_words_of_all_papers_are_known():
    assert {"surat_undangan", "surat_camat", "surat_narasumber", "surat_tugas", "sk_panitia"} <= set(PAPER_KINDS)
