"""Marking people present: once, whoever taps and how often."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from participants.models import Attendance
from participants.use_cases.mark_attendance import mark_attendance
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from sessions.models import TrainingSession
from sessions.use_cases.delete_session import delete_session
from tests import factories
from tests.factories import NOW


def prepare():
    factories.regions()
    wave = factories.wave()
    person = factories.enrolment(wave=wave, head=factories.head(gelar_depan="H.", number="005", rw="002"))
    return factories.session(wave=wave), person, factories.user()


@pytest.fixture
def scene(db):
    return prepare()


def sentences() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("sentence", flat=True))


def test_one_person_is_marked_and_named_in_the_history(scene):
    session, person, official = scene
    assert mark_attendance(session=session, enrolments=[person], actor=official, now=NOW) == [person]
    row = Attendance.objects.get()
    assert (row.enrolment, row.session, row.marked_by, row.marked_at) == (person, session, official, NOW)
    line = AuditEvent.objects.get()
    assert line.sentence == (
        f"Mencatat hadir H. Ahmad Fauzi (RT 005/RW 002 {person.village.full_name}) pada sesi “Pencegahan narkoba”."
    )
    assert (line.subject, line.actor) == (session.wave.group, official)


def test_marking_twice_is_once_and_the_first_mark_stays(scene):
    session, person, official = scene
    mark_attendance(session=session, enrolments=[person], actor=official, now=NOW)
    later = NOW + timedelta(minutes=5)
    assert mark_attendance(session=session, enrolments=[person], actor=factories.user(), now=later) == []
    assert (Attendance.objects.get().marked_by, Attendance.objects.get().marked_at) == (official, NOW)
    assert len(sentences()) == 1


def test_a_substitute_is_named_beside_the_head(scene):
    session, person, official = scene
    person.answer, person.substitute_name = "represented", "Budi Santoso"
    mark_attendance(session=session, enrolments=[person], actor=official, now=NOW)
    assert "diwakili oleh Budi Santoso, pada sesi" in sentences()[0]


def test_many_at_once_leave_one_line_with_their_number(scene):
    session, person, official = scene
    others = [
        factories.enrolment(wave=session.wave, head=factories.head(number=f"{number:03d}")) for number in range(3)
    ]
    mark_attendance(session=session, enrolments=[person], actor=official, now=NOW)
    assert mark_attendance(session=session, enrolments=[person, *others], actor=official, now=NOW) == others
    assert Attendance.objects.count() == 4
    assert sentences()[-1] == "Mencatat hadir 3 peserta pada sesi “Pencegahan narkoba”."
    assert AuditEvent.objects.first().data["enrolments"] == [other.pk for other in others]


def test_present_in_the_morning_is_not_present_in_the_afternoon(scene):
    session, person, official = scene
    mark_attendance(session=session, enrolments=[person], actor=official, now=NOW)
    afternoon = factories.session(wave=session.wave, title="Penutupan")
    assert mark_attendance(session=afternoon, enrolments=[person], actor=official, now=NOW) == [person]


def refused(session, person, official) -> str:
    with pytest.raises(InputError) as refusal:
        mark_attendance(session=session, enrolments=[person], actor=official, now=NOW)
    assert not Attendance.objects.exists()
    return refusal.value.sentence


def test_nobody_is_marked_in_a_break(scene):
    session, person, official = scene
    pause = factories.session(wave=session.wave, kind=TrainingSession.Kind.BREAK)
    assert refused(pause, person, official) == "Kehadiran tidak dicatat pada waktu istirahat."


def test_nobody_of_another_wave_is_marked(scene):
    session, _, official = scene
    stranger = factories.enrolment(wave=factories.wave(), head=factories.head(number="077"))
    assert refused(session, stranger, official) == "Peserta ini terdaftar pada gelombang lain."


def test_nobody_is_marked_in_a_session_that_was_just_deleted(scene):
    session, person, official = scene
    row = TrainingSession.objects.get(pk=session.pk)
    delete_session(session=row, version=row.version, actor=official, now=NOW)
    assert "baru saja dihapus" in refused(session, person, official)


@pytest.mark.django_db(transaction=True)
def test_the_same_tap_on_eight_devices_is_one_row_one_line_and_no_error():
    session, person, official = prepare()
    start, outcomes = threading.Barrier(8), []

    def tap():
        try:
            start.wait()
            outcomes.append(len(mark_attendance(session=session, enrolments=[person], actor=official, now=NOW)))
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    taps = [threading.Thread(target=tap) for _ in range(8)]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()
    assert sorted(outcomes, key=str) == [0] * 7 + [1]
    assert Attendance.objects.count() == 1
    assert len(sentences()) == 1
