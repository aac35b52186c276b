"""Taking sessions off the agenda."""

import pytest

from participants.models import Attendance
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from sessions.models import Speaker, TrainingSession
from sessions.use_cases.delete_session import delete_session
from tests import factories
from tests.factories import NOW


@pytest.fixture
def session(db):
    factories.regions()
    return factories.session(wave=factories.wave(), speakers=[factories.speaker()])


def test_the_session_goes_and_its_speaker_stays(session):
    delete_session(session=session, actor=factories.user(), now=NOW)
    assert not TrainingSession.objects.exists()
    assert Speaker.objects.count() == 1
    line = AuditEvent.objects.get()
    assert line.sentence == "Menghapus sesi “Pencegahan narkoba” (Rabu, 8 April 2026, 09.00–10.00 WITA)."
    assert line.subject == session.wave.group


def test_deleting_twice_is_once(session):
    official = factories.user()
    delete_session(session=session, actor=official, now=NOW)
    delete_session(session=session, actor=official, now=NOW)
    assert AuditEvent.objects.count() == 1


def test_a_session_with_attendance_stays_and_says_why(session):
    official = factories.user()
    Attendance.objects.create(
        enrolment=factories.enrolment(wave=session.wave), session=session, marked_at=NOW, marked_by=official
    )
    with pytest.raises(InputError) as refusal:
        delete_session(session=session, actor=official, now=NOW)
    assert refusal.value.sentence == (
        "Sesi “Pencegahan narkoba” tidak dapat dihapus karena kehadiran 1 peserta sudah dicatat di dalamnya."
        " Batalkan dahulu catatan kehadiran itu."
    )
    assert TrainingSession.objects.count() == 1
    assert not AuditEvent.objects.exists()
