"""Cards, labels and lists of a wave, read back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pypdf import PdfReader

from participants.models import Enrolment
from participants.queries.card_people import code_of
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export
from rtportal.documents.storage import open_stored
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from rtportal.lib.qr import qr_drawing
from tests import factories
from tests.factories import JAMBI, JARO, MURUNG_PUDAK, NOW
from tests.participants.letters import pages

pytestmark = pytest.mark.django_db
EVERY = ("kartu-peserta", "kartu-nama", "label-kursi", "label-meja", "daftar-kelompok")


@pytest.fixture
def wave():
    factories.regions(MURUNG_PUDAK, JARO)
    made = factories.wave(program=factories.program(name="Bimtek Ketua RT 2026"), areas=(MURUNG_PUDAK, JARO))
    for number, district in enumerate((MURUNG_PUDAK, MURUNG_PUDAK, JARO), start=1):
        head = factories.head(number=f"{number:03d}", district=district, name=f"Warga {number}")
        factories.enrolment(wave=made, head=head, short_code=f"KQ73M{number + 1}")
    return made


@pytest.fixture
def official(wave):
    return factories.user(role="admin")


def printed(name, wave, by) -> GeneratedFile:
    export = open_export(name, user=by, params={"wave": wave.pk})
    file = request_export(export=export, file_format=FORMATS["pdf"], by=by, clock=lambda: NOW)
    write_waiting_files(clock=lambda: NOW)
    file.refresh_from_db()
    return file


def test_a_pass_says_who_and_carries_the_code_that_the_door_scans(wave, official):
    declined, substituted, revoked = wave.enrolments.order_by("pk")
    Enrolment.objects.filter(pk=declined.pk).update(answer="declined", answered_at=NOW)
    Enrolment.objects.filter(pk=revoked.pk).update(link_revoked_at=NOW, group="Kelompok A")
    Enrolment.objects.filter(pk=substituted.pk).update(
        answer="represented", answered_at=NOW, substitute_name="Budi #emph[x]"
    )
    [page] = pages(printed("kartu-peserta", wave, official))
    for words in ("Bimtek Ketua RT 2026, Gelombang 1", "Budi #emph[x]", "mewakili Warga 2", "RT 002", "KQ7-3M3"):
        assert words in page, words
    assert "Warga 1" not in page
    assert "KQ7-3M4" not in page
    assert "Kelompok A" in page
    substituted.refresh_from_db()
    assert code_of(substituted)["qr"] == qr_drawing("KQ7-3M3")


def test_ten_name_cards_or_twenty_four_labels_fill_a_sheet_and_names_shrink(wave, official):
    long = "Muhammad Abdurrahman Wahid Nurcahya " * 3
    factories.enrolment(wave=wave, head=factories.head(number="099", name=long.strip(), gelar_belakang="S.Pd., M.M."))
    for number in range(100, 107):
        factories.enrolment(wave=wave, head=factories.head(number=f"{number}", name="W" * 120))
    assert wave.enrolments.count() == 11
    names, labels = (pages(printed(name, wave, official)) for name in ("kartu-nama", "label-kursi"))
    assert (len(names), len(labels)) == (2, 1)
    for text in ("".join(names), labels[0]):
        assert long.strip() in text
        assert text.replace(" ", "").replace("\u200b", "").count("W" * 120) == 7


def test_there_is_a_sign_for_each_village_or_for_each_group(wave, official):
    villages = {person.village.full_name for person in wave.enrolments.select_related("village")}
    text = " ".join(pages(printed("label-meja", wave, official)))
    assert all(village in text for village in villages)
    first = wave.enrolments.order_by("pk").first()
    Enrolment.objects.exclude(pk=first.pk).update(group="Kelompok B")
    text = " ".join(pages(printed("label-meja", wave, official)))
    assert "Kelompok B" in text
    assert "2 peserta" in text
    assert "Tanpa kelompok" in text


def test_the_lists_are_by_group_and_without_groups_by_kecamatan(wave, official):
    jaro, murung_pudak = pages(printed("daftar-kelompok", wave, official))
    assert "Kecamatan Jaro" in jaro
    assert "Jumlah : 1 peserta" in jaro
    assert "Warga 1" in murung_pudak
    assert "Halaman 2 dari 2" in murung_pudak
    wave.enrolments.update(group="Kelompok A")
    file = printed("daftar-kelompok", wave, official)
    [page] = pages(file)
    assert "Jumlah : 3 peserta" in page
    with open_stored(file) as handle:
        assert PdfReader(handle).trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("name", EVERY)
def test_a_wave_with_nobody_says_so(wave, official, name):
    wave.enrolments.all().delete()
    file = printed(name, wave, official)
    assert (file.state, "Belum ada peserta" in file.failure) == ("failed", True)


@pytest.mark.parametrize("name", EVERY)
def test_only_who_schedules_in_the_programme_prints_them(wave, name):
    factories.regions(JAMBI)
    assert open_export(name, user=factories.user(), params={"wave": wave.pk}).count() == 3
    with pytest.raises(PermissionDenied):
        open_export(name, user=factories.user(role="viewer"), params={"wave": wave.pk})
    for user, key in ((factories.user(region=JAMBI), wave.pk), (factories.user(), "x"), (factories.user(), "9" * 30)):
        with pytest.raises(Http404):
            open_export(name, user=user, params={"wave": key})
