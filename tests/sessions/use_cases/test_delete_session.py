"""Taking sessions off the agenda."""

from datetime import timedelta

import pytest

from participants.models import Attendance
from participants.use_cases.mark_attendance import mark_attendance
from participants.use_cases.unmark_attendance import unmark_attendance
from programs.errors import StaleEdit
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from sessions.models import Material, Speaker, TrainingSession
from sessions.use_cases.delete_session import delete_session
from sessions.use_cases.move_session import move_session
from tests import factories
from tests.factories import NOW


@pytest.fixture
def session(db):
    factories.regions()
    return factories.session(wave=factories.wave(), speakers=[factories.speaker()])


def test_the_session_goes_and_its_speaker_stays(session):
    delete_session(session=session, version=1, actor=factories.user(), now=NOW)
    assert not TrainingSession.objects.exists()
    assert Speaker.objects.count() == 1
    line = AuditEvent.objects.get()
    assert line.sentence == "Menghapus sesi “Pencegahan narkoba” (Rabu, 8 April 2026, 09.00–10.00 WITA)."
    assert line.subject == session.wave.group


def test_deleting_twice_is_once(session):
    official = factories.user()
    delete_session(session=session, version=1, actor=official, now=NOW)
    delete_session(session=session, version=1, actor=official, now=NOW)
    assert AuditEvent.objects.count() == 1


def test_a_session_with_attendance_stays_and_says_why(session):
    official = factories.user()
    Attendance.objects.create(
        enrolment=factories.enrolment(wave=session.wave), session=session, marked_at=NOW, marked_by=official
    )
    with pytest.raises(InputError) as refusal:
        delete_session(session=session, version=1, actor=official, now=NOW)
    assert refusal.value.sentence == (
        "Sesi “Pencegahan narkoba” tidak dapat dihapus karena kehadiran 1 peserta sudah dicatat di dalamnya."
    )
    assert TrainingSession.objects.count() == 1
    assert not AuditEvent.objects.exists()


def test_a_session_keeps_what_was_recorded_and_taken_back_in_it(session):
    official = factories.user()
    people = [factories.enrolment(wave=session.wave)]
    mark_attendance(session=session, enrolments=people, actor=official, now=NOW)
    unmark_attendance(session=session, enrolments=people, actor=official, now=NOW)
    with pytest.raises(InputError, match="kehadiran pernah dicatat di dalamnya"):
        delete_session(session=session, version=1, actor=official, now=NOW)
    assert TrainingSession.objects.exists()


def test_a_session_with_materials_stays_and_says_why(session):
    Material.objects.create(session=session, uploaded_at=NOW, name="paparan.pdf", path="x", size=1)
    with pytest.raises(InputError) as refusal:
        delete_session(session=session, version=1, actor=factories.user(), now=NOW)
    assert "1 berkas materi sudah diunggah untuknya" in refusal.value.sentence
    assert TrainingSession.objects.exists()


def test_a_session_changed_meanwhile_is_not_deleted_unseen(session):
    official = factories.user(name="Hasan Basri")
    after = session.starts_at + timedelta(hours=1)
    move_session(
        session=session,
        version=1,
        starts_at=session.ends_at,
        ends_at=after + timedelta(hours=1),
        room="",
        actor=official,
        now=NOW,
    )
    with pytest.raises(StaleEdit) as refusal:
        delete_session(session=session, version=1, actor=official, now=NOW)
    assert [change.label for change in refusal.value.changes] == ["Waktu"]
    assert TrainingSession.objects.exists()
