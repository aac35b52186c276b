"""Attendance per session as a file."""

from datetime import time

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from participants.models import Attendance
from rtportal.documents.registry import open_export
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    return factories.wave(areas=(MURUNG_PUDAK, JARO), invitations_opened_at=NOW)


@pytest.fixture
def admin(wave):
    return factories.user(role="admin", name="Noor Laila")


def opened(admin, wave, **params):
    return open_export("kehadiran", user=admin, params={"wave": wave.pk, **params})


def records(export) -> list[dict]:
    headings = [column.heading for column in export.columns()]
    rows = [dict(zip(headings, row, strict=True)) for row in export.rows()]
    assert len(rows) == export.count()
    return rows


def test_everybody_has_a_row_for_each_session_with_who_recorded_it(wave, admin):
    morning = factories.session(wave=wave, title="Pembukaan", starts=time(8, 0))
    factories.session(wave=wave, title="ISHOMA", starts=time(12, 0), kind="break")
    factories.session(wave=wave, title="Wawasan kebangsaan", starts=time(13, 0))
    person = factories.enrolment(wave=wave, head=factories.head(phone="+6281234567890"))
    Attendance.objects.create(enrolment=person, session=morning, marked_at=NOW, marked_by=admin, minutes=55)
    export = opened(admin, wave)
    first, second = records(export)
    assert (first["Sesi"], first["Kehadiran"], first["Hadir sejak"]) == ("Pembukaan", "Hadir", "2 Mar 2026 10.00 WITA")
    assert (first["Dicatat oleh"], first["Menit hadir"], first["Nomor HP"]) == ("Noor Laila", 55, "0812-••••-7890")
    assert (second["Sesi"], second["Kehadiran"], second["Dicatat oleh"]) == ("Wawasan kebangsaan", "Tidak hadir", "")
    [sheet] = export.closing_sheets()
    assert [row[1:] for row in sheet.rows] == [("Pembukaan", 1, 1, 0), ("Wawasan kebangsaan", 1, 0, 1)]


def test_the_list_of_a_tab_is_carried_with_its_filters(wave, admin):
    session, other = factories.session(wave=wave), factories.session(wave=wave, title="Lain", starts=time(13, 0))
    came, absent = (factories.enrolment(wave=wave, head=head) for head in factories.heads(2, district=JARO))
    for one in (session, other):
        Attendance.objects.create(enrolment=came, session=one, marked_at=NOW, marked_by=admin)
    export = opened(admin, wave, sesi=str(session.pk), status="belum", cari="jaro")
    assert [row["Nama"] for row in records(export)] == [absent.head.full_name]
    assert export.narrowed_to() == [("Sesi", session.title), ("Kehadiran", "Belum hadir"), ("Dicari", "jaro")]
    with pytest.raises(Http404):
        opened(admin, wave, sesi="999999")


def test_nobody_is_absent_from_the_session_of_another_group(wave, admin):
    factories.session(wave=wave, title="Kelas A", group="Kelompok A")
    one, two = factories.heads(2)
    factories.enrolment(wave=wave, head=one, group="Kelompok A")
    factories.enrolment(wave=wave, head=two, group="Kelompok B")
    assert [row["Nama"] for row in records(opened(admin, wave))] == [one.full_name]


def test_many_rows_cost_as_many_queries_as_few(wave, admin):
    factories.session(wave=wave)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            list(opened(admin, wave).rows())
        return len(seen)

    heads = factories.heads(20, district=JARO)
    factories.enrolment(wave=wave, head=heads[0])
    opened(admin, wave)
    one = queries()
    for head in heads[1:]:
        factories.enrolment(wave=wave, head=head)
    assert queries() == one


def test_counting_asks_as_often_for_one_session_as_for_many_and_counts_guests_of_another_group(wave, admin):
    first = factories.session(wave=wave, title="Kelas A", group="Kelompok A")
    one, two, three = factories.heads(3, district=JARO)
    factories.enrolment(wave=wave, head=one, group="Kelompok A")
    factories.enrolment(wave=wave, head=two)
    other = factories.enrolment(wave=wave, head=three, group="Kelompok B")
    assert len(records(opened(admin, wave))) == 2
    Attendance.objects.create(enrolment=other, session=first, marked_at=NOW, marked_by=admin)
    with CaptureQueriesContext(connection) as few:
        assert opened(admin, wave).count() == 3
    for number in range(5):
        factories.session(wave=wave, title=f"Sesi {number}", starts=time(10 + number, 0))
    with CaptureQueriesContext(connection) as many:
        assert opened(admin, wave).count() == 3 + 5 * 3
    assert len(many) == len(few)
    assert len(records(opened(admin, wave))) == 18
