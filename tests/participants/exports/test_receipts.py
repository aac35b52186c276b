"""Lists on which money is signed for, read back."""

import pytest
from django.core.exceptions import PermissionDenied

from participants.use_cases.record_payments import record_payments
from rtportal.documents.formats import FORMATS
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from sessions.models import SpeakerFee
from tests import factories
from tests.factories import NOW
from tests.participants.certified import after, attended
from tests.participants.letters import pages
from tests.participants.spj import held_wave, pays

pytestmark = pytest.mark.django_db


def printed(name, wave, by):
    export = open_export(name, user=by, params={"wave": wave.pk})
    file = request_export(export=export, file_format=FORMATS["pdf"], by=by, clock=lambda: NOW)
    write_waiting_files(clock=lambda: NOW)
    file.refresh_from_db()
    return file


def test_who_was_paid_signs_and_the_sum_stands_in_words():
    wave, people, official = held_wave(count=4, came=3)
    settings = pays(wave, 112_500, "4")
    settings.pptk = factories.signatory(office=wave.program.office, name="Rahmadi", nip="197001012000031001")
    settings.save()
    record_payments(wave=wave, by=official, now=after(wave), leave_out=[people[2].pk])
    file = printed("tanda-terima-transpor", wave, official)
    text = " ".join(pages(file))
    assert (file.state, file.rows_total) == ("ready", 2)
    for words in (
        "TANDA TERIMA UANG TRANSPOR",
        people[0].head.name,
        "112.500 4.500 108.000",
        "Jumlah 225.000 9.000 216.000",
        "Terbilang: dua ratus dua puluh lima ribu rupiah",
        "PPTK",
        "NIP 197001012000031001",
        "Bendahara",
    ):
        assert words in text
    assert people[2].head.name not in text


def test_before_anything_is_paid_the_list_is_for_everybody_who_came():
    wave, people, official = held_wave(count=3, came=2)
    pays(wave)
    export = open_export("tanda-terima-transpor", user=official, params={"wave": wave.pk})
    assert [row["name"] for row in export.data(NOW)["rows"]] == [person.head.full_name for person in people[:2]]
    assert "Belum ada uang transpor" in export.lacks()


def test_without_people_or_an_amount_there_is_no_list_and_it_says_why():
    wave, people, official = held_wave(count=1, came=0)
    assert "belum ada peserta" in printed("tanda-terima-transpor", wave, official).failure.lower()
    attended(wave.training_sessions.get(), *people, by=official)
    assert "belum diisi" in printed("tanda-terima-transpor", wave, official).failure


def test_speakers_sign_for_their_fees_after_tax():
    wave, _, official = held_wave()
    pays(wave)
    speaker = factories.speaker(name="Budi Santoso", gelar_depan="Dr.", institution="BNNK Tabalong")
    SpeakerFee.objects.create(wave=wave, speaker=speaker, amount=1_500_000, tax_percent=5)
    text = " ".join(pages(printed("tanda-terima-honor", wave, official)))
    assert "Dr. Budi Santoso Kepala BNNK Tabalong, BNNK Tabalong 1.500.000 75.000 1.425.000" in text
    assert "satu juta lima ratus ribu rupiah" in text


@pytest.mark.parametrize("name", ["tanda-terima-transpor", "tanda-terima-honor"])
def test_only_who_schedules_in_the_programme_has_them(name):
    wave, _, _ = held_wave()
    with pytest.raises(PermissionDenied):
        open_export(name, user=factories.user(role="viewer"), params={"wave": wave.pk})
