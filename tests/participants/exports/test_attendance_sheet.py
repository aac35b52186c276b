"""The printed attendance sheet, read back."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pypdf import PdfReader

from participants.models import Enrolment
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import exports_about, open_export
from rtportal.documents.storage import open_stored
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from rtportal.lib.row_codes import make_row_code, show_row_code
from sessions.models import TrainingSession
from tests import factories
from tests.factories import JAMBI, JARO, NOW
from tests.participants.letters import pages
from tests.participants.papers import enrol_many, numbered, session_of


@pytest.fixture
def session(db):
    factories.regions(factories.MURUNG_PUDAK, JARO)
    return session_of(60)


@pytest.fixture
def official(session):
    return factories.user()


def printed(session, by) -> GeneratedFile:
    export = open_export("daftar-hadir", user=by, params={"session": session.pk})
    file = request_export(export=export, file_format=FORMATS["pdf"], by=by, clock=lambda: NOW)
    write_waiting_files(clock=lambda: NOW)
    file.refresh_from_db()
    return file


def code_of(number: int) -> str:
    return show_row_code(make_row_code(number))


def test_everybody_stands_once_with_code_and_name_under_the_own_village(session, official):
    numbered(session, official)
    file = printed(session, official)
    texts = pages(file)
    people = list(Enrolment.objects.select_related("head__rt", "village").order_by("row_number"))
    assert len({person.village_id for person in people}) == len(texts) == 10
    assert (file.rows_total, file.title) == (60, "Daftar hadir Pencegahan narkoba, Gelombang 1, Bimtek Ketua RT 2026")
    for person in people:
        [page] = [text for text in texts if f"{code_of(person.row_number)} {person.head.full_name} " in text]
        assert f"{person.village.full_name}, Kecamatan Murung Pudak: 6 orang" in page
        assert f"{person.head.full_name} {person.head.rt.label} 0812-••••-" in page
    assert "".join(texts).count("0812-••••-") == 60
    assert not [text for text in texts if people[0].head.phone[-9:] in text.replace("-", "")]


def test_the_head_says_programme_wave_session_day_place_and_how_many(session, official):
    TrainingSession.objects.filter(pk=session.pk).update(room="Ruang Anggrek", group="Kelompok A")
    numbered(session, official)
    texts = pages(printed(session, official))
    for number, text in enumerate(texts, start=1):
        for words in (
            "PEMERINTAH KABUPATEN TABALONG",
            "DAFTAR HADIR",
            "Acara : Bimtek Ketua RT 2026, Gelombang 1",
            "Sesi : Pencegahan narkoba (Kelompok A)",
            "Hari, tanggal : Rabu, 8 April 2026",
            "Waktu : 09.00–10.00 WITA",
            f"Tempat : Ruang Anggrek, {session.wave.venue.name}",
            "Seluruhnya 60 orang",
            f"Halaman {number} dari 10",
        ):
            assert words in text


def test_signatures_take_turns_left_and_right(session, official):
    numbered(session, official)
    with open_stored(printed(session, official)) as handle:
        page = PdfReader(handle).pages[0]
        places: dict[str, float] = {}

        def visit(text, matrix, transform, font, size):
            if re.fullmatch(r"\d+\.", text.strip()):
                places[text.strip()] = matrix[4] * transform[0] + transform[4]

        page.extract_text(visitor_text=visit)
    left, right = {places[f"{n}."] for n in (1, 3, 5)}, {places[f"{n}."] for n in (2, 4, 6)}
    assert (len(left), len(right)) == (1, 1)
    assert right.pop() - left.pop() > 60


def test_a_large_village_goes_on_with_its_headings_on_the_next_page(official, session):
    village = factories.villages_of(factories.MURUNG_PUDAK)[0]
    enrol_many(
        session.wave,
        [factories.head(village=village.code, number=f"{n:03d}", rw="001", name=f"Nama {n:03d}") for n in range(1, 61)],
    )
    numbered(session, official)
    texts = pages(printed(session, official))
    assert len(texts) > 11
    assert all(text.count("Tanda tangan") == 1 for text in texts)
    assert sum(f"{village.full_name}, Kecamatan Murung Pudak: 66 orang" in text for text in texts) == len(texts) - 9


def test_the_substitute_who_signs_stands_beside_the_head(session, official):
    numbered(session, official)
    Enrolment.objects.filter(row_number=3).update(answer="represented", answered_at=NOW, substitute_name="Budi Santoso")
    assert "diwakili oleh Budi Santoso" in pages(printed(session, official))[0]


def test_names_are_never_markup_and_the_longest_stay_on_the_sheet(session, official):
    session.wave.enrolments.first().head.__class__.objects.update(
        name="#strike[A] *B* $x$ " + "Abdurrahman Wahid " * 5, gelar_depan="Prof. Dr. Drs. H.", phone=""
    )
    numbered(session, official)
    texts = pages(printed(session, official))
    assert "#strike[A] *B* $x$" in texts[0]


def test_without_row_numbers_there_is_nothing_to_print_and_it_says_where_to_begin(session, official):
    file = printed(session, official)
    assert (file.state, "Lembar tanda tangan" in file.failure) == ("failed", True)


def opening(user, session):
    return open_export("daftar-hadir", user=user, params={"session": session.pk})


def test_only_who_marks_attendance_in_the_programme_prints_it(session):
    assert opening(factories.user(), session).count() == 0
    for who in (factories.user(role="viewer"), factories.user(role="district_operator", region=JARO)):
        with pytest.raises(PermissionDenied):
            opening(who, session)
    with pytest.raises(Http404):
        factories.regions(JAMBI)
        opening(factories.user(region=JAMBI), session)


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 30, "\0"])
def test_a_session_that_is_not_there_is_not_there(session, official, key):
    with pytest.raises(Http404):
        open_export("daftar-hadir", user=official, params={"session": key})


def test_a_break_has_no_sheet(session, official):
    with pytest.raises(Http404):
        opening(official, factories.session(wave=session.wave, kind=TrainingSession.Kind.BREAK))


def test_it_is_no_offer_among_the_files_of_a_wave():
    assert "daftar-hadir" not in [export.identifier for export in exports_about("wave")]
