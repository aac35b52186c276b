"""Bundles of letters, printed and read back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from participants.corrections import correct_told
from participants.letters import frame_of_letters
from participants.links import personal_url
from participants.models import Enrolment, RTHead
from programs.models import Program
from rtportal.audit.models import AuditEvent
from rtportal.documents import registry
from rtportal.documents.models import GeneratedFile
from rtportal.documents.use_cases import write_file
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from rtportal.lib.qr import qr_drawing
from rtportal.lib.short_codes import show_code
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JAMBI, MURUNG_PUDAK, NOW
from tests.participants.letters import ask, letters, pages, print_letters, village, wave_by_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return wave_by_letter(3)


@pytest.fixture
def official(wave):
    return factories.user(name="Siti Rahmah")


def test_every_person_has_a_sheet_behind_the_cover_of_the_own_village(wave, official):
    texts = pages(print_letters(wave, official))
    people = list(Enrolment.objects.select_related("head__rt", "village").order_by("village_id"))
    assert len(texts) == 2 * len(people)
    for person, cover, sheet in zip(people, texts[::2], texts[1::2], strict=True):
        for text in (cover, sheet):
            assert person.head.full_name in text
            assert show_code(person.short_code) in text
            assert person.village.full_name in text
        assert "Jumlah surat : 1 surat" in cover
        assert "TANDA TERIMA SURAT" in sheet


def test_an_invitation_says_where_when_and_how_to_answer(wave, official, settings):
    settings.BASE_URL = "https://portal.tabalongkab.go.id"
    sheet = pages(print_letters(wave, official))[1]
    for words in (
        "PEMERINTAH KABUPATEN TABALONG",
        "DPMD 63.09",
        "Nomor : 400.10/12/DPMD",
        "2 Maret 2026",
        "Rabu, 8 April 2026",
        "08.00–15.00 WITA",
        wave.venue.name,
        "Bimtek Ketua RT 2026, Gelombang 1",
        "portal.tabalongkab.go.id/k di HP",
        "Telepon Ibu Nor Hayati di 0526-2021-234.",
        "Mohon dijawab paling lambat Senin, 6 April 2026, 23.59 WITA.",
    ):
        assert words in sheet
    assert "pendamping" not in sheet


def test_the_qr_code_is_the_personal_link(wave, official, monkeypatch):
    drawn = []
    monkeypatch.setattr("participants.letters.qr_drawing", lambda text: drawn.append(text) or qr_drawing(text))
    print_letters(wave, official)
    assert sorted(drawn) == sorted(personal_url(one.link_id) for one in Enrolment.objects.all())


def test_where_everybody_brings_a_companion_the_letter_says_so(wave, official):
    Program.objects.update(companions=Program.Companions.REQUIRED)
    assert "satu orang pendamping" in pages(print_letters(wave, official))[1]


def test_the_longest_names_stay_on_one_sheet(official):
    long = "Bimbingan Teknis Peningkatan Kapasitas Ketua Rukun Tetangga " * 4
    program = Program.objects.get()
    program.name, program.letter_number = long[:200], "4" * 80
    program.companions = Program.Companions.REQUIRED
    program.save()
    program.office.name = ("Dinas Pemberdayaan Masyarakat dan Desa " * 4)[:150]
    program.office.save()
    wave = program.waves.get()
    wave.venue.name, wave.venue.address = "Gedung Serbaguna " * 8, "Jalan Perkantoran " * 11
    wave.venue.save()
    factories.publish(wave)
    RTHead.objects.update(name="Abdurrahman Wahid " * 6, gelar_depan="Prof. Dr. Drs. H.", gelar_belakang="S.Pd., M.M.")
    assert len(pages(print_letters(wave, official))) == 6


def test_a_letter_is_on_paper_once_its_file_is_there(wave, official):
    file = ask(wave, official)
    assert file.state == GeneratedFile.State.QUEUED
    assert {one.started_at for one in letters()} == {None}
    later = NOW + timedelta(minutes=5)
    write_waiting_files(clock=lambda: later)
    file.refresh_from_db()
    assert (file.state, file.rows_total) == ("ready", 3)
    assert {(one.state, one.started_at, one.edition) for one in letters()} == {("task", later, wave.publication_id)}
    line = AuditEvent.objects.get(action="file.exported")
    assert line.sentence.endswith("sebagai PDF, 3 surat")


class Killed(BaseException):
    pass


def test_a_worker_that_dies_before_the_file_is_there_leaves_every_letter_to_print(wave, official, monkeypatch):
    ask(wave, official)

    def die(*args):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(write_file, "put_in_place", die)
        with pytest.raises(Killed):
            write_waiting_files(clock=lambda: NOW)
    assert {one.started_at for one in letters()} == {None}
    assert len(pages(write_waiting_files(clock=lambda: NOW + timedelta(hours=1)))) == 6
    assert None not in {one.started_at for one in letters()}


def test_letters_that_are_on_paper_are_printed_again_only_when_asked(wave, official):
    print_letters(wave, official)
    nothing = print_letters(wave, official)
    assert nothing.state == "failed"
    assert nothing.failure.startswith("Tidak ada surat untuk dicetak")
    before = [one.started_at for one in letters()]
    texts = pages(print_letters(wave, official, again=True, now=NOW + timedelta(days=1)))
    assert len(texts) == 6
    assert all("CETAK ULANG" in cover for cover in texts[::2])
    assert [one.started_at for one in letters()] == before
    assert Message.objects.filter(channel="letter").count() == 3


def test_a_letter_printed_again_says_what_holds_now(wave, official):
    print_letters(wave, official)
    wave.starts_at += timedelta(days=7)
    wave.ends_at += timedelta(days=7)
    wave.save()
    factories.publish(wave, now=NOW + timedelta(hours=1))
    texts = pages(print_letters(wave, official, again=True, now=NOW + timedelta(hours=2)))
    assert "Rabu, 15 April 2026" in texts[1]
    assert {one.edition for one in letters() if one.kind == "invitation"} == {wave.publication_id}


def test_a_correction_is_a_letter_too_and_can_be_printed_again(wave, official):
    print_letters(wave, official)
    wave.starts_at += timedelta(days=7)
    wave.ends_at += timedelta(days=7)
    wave.save()
    factories.publish(wave, now=NOW + timedelta(hours=1))
    with transaction.atomic():
        correct_told(Enrolment.objects.all(), now=NOW + timedelta(hours=1))
    later = NOW + timedelta(hours=2)
    sheet = pages(print_letters(wave, official, now=later))[1]
    assert "Semula: Waktu: Rabu, 8 April 2026" in sheet
    assert "Sekarang: Waktu: Rabu, 15 April 2026" in sheet
    assert "/u/" not in sheet
    assert "(pindai kode QR pada surat ini)" in sheet
    Message.objects.filter(kind="invitation").update(state=Message.State.ACCEPTED)
    assert pages(print_letters(wave, official, again=True, now=later))[1] == sheet


def test_who_needs_no_letter_any_more_is_named_on_the_cover_and_closed(official):
    gone = letters()[0]
    twin = factories.head(village=gone.region_code, number="077", name="Budi Santoso")
    wave = Enrolment.objects.first().wave
    factories.enrolment(wave=wave, head=twin)
    Message.objects.filter(pk=letters()[1].pk).update(region_code=gone.region_code)
    Enrolment.objects.filter(pk=gone.about_id).update(link_revoked_at=NOW)
    cover = pages(print_letters(wave, official))[0]
    assert f"Tidak dicetak • {gone.recipient_name} ({gone.address})" in cover
    gone.refresh_from_db()
    assert (gone.state, gone.started_at) == ("withdrawn", None)


def test_a_letter_that_was_withdrawn_while_it_was_printed_is_named_in_the_history(wave, official, monkeypatch):
    late = letters()[0]

    def withdraw(*args, **kwargs):
        Message.objects.filter(pk=late.pk).update(state=Message.State.WITHDRAWN, detail="Diganti.")
        real(*args, **kwargs)

    real = registry._exports["surat"].written
    monkeypatch.setattr(registry._exports["surat"], "written", withdraw)
    print_letters(wave, official)
    late.refresh_from_db()
    assert (late.state, late.started_at) == ("withdrawn", NOW)
    line = AuditEvent.objects.get(action="letters.outdated")
    assert line.sentence == f"Surat untuk {late.recipient_name} sudah ditutup saat dicetak; jangan diserahkan."


def test_after_the_wave_has_begun_nothing_is_printed(wave, official):
    file = print_letters(wave, official, now=wave.starts_at)
    assert file.failure == "Tidak ada surat untuk dicetak: Terlambat: acaranya sudah dimulai."


def test_markup_and_strange_signs_in_names_are_only_signs(wave, official):
    RTHead.objects.update(name="#panic() *Ahmad* $x$ \u202e")
    assert "#panic() *Ahmad* $x$" in pages(print_letters(wave, official))[1]


def test_a_village_operator_prints_the_own_village_only(wave):
    operator = factories.user(role="village_operator", region=village().code)
    with pytest.raises(Http404):
        ask(wave, operator)
    file = print_letters(wave, operator, area=village().code)
    assert len(pages(file)) == 2
    assert [one.started_at is not None for one in letters()] == [True, False, False]


def test_strangers_find_nothing_and_viewers_are_refused(wave):
    with pytest.raises(Http404):
        ask(wave, factories.user(region=JAMBI))
    with pytest.raises(PermissionDenied):
        ask(wave, factories.user(role="viewer"))
    for area in ("", "63", "xx", "63.09.06.9999", "9" * 40):
        with pytest.raises(Http404):
            ask(wave, factories.user(), area=area)


def test_as_many_queries_for_one_letter_as_for_many(wave, official):
    assert queries_for(wave, official, village().code) == queries_for(wave, official, MURUNG_PUDAK)


def queries_for(wave, official, area: str) -> int:
    wave.refresh_from_db()  # nothing of it is known from the time before
    export = registry.open_export("surat", user=official, params={"wave": wave.pk, "area": area})
    with CaptureQueriesContext(connection) as captured:
        export._lay_out(list(export._rows), frame_of_letters(wave, now=NOW), NOW)
    return len(captured)


def test_it_is_not_offered_on_the_page_of_files(wave):
    assert "surat" not in [export.identifier for export in registry.exports_about("wave")]
