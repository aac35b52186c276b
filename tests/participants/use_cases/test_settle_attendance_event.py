from datetime import timedelta

import pytest

from participants.models import Attendance, AttendanceEvent
from participants.queries.attendance_problems import open_problems
from participants.use_cases.settle_attendance_event import settle_attendance_event
from participants.use_cases.unmark_attendance import unmark_attendance
from programs.errors import Refusal
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW
from tests.participants.door_world import desk, doubtful, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK)
    return factories.user()


@pytest.fixture
def session(official):
    return factories.session(wave=factories.wave())


@pytest.fixture
def person(session):
    return factories.enrolment(wave=session.wave)


@pytest.fixture
def desks(session, official):
    return desk(session.wave, "Meja 1", by=official), desk(session.wave, "Meja 2", by=official)


@pytest.fixture
def double(session, person, desks):
    """Let in at both desks as somebody new."""
    scan(session, desks[0], person)
    return scan(session, desks[1], person, at=session.starts_at + timedelta(minutes=1))


def settle(event, decision, official, **wishes):
    now = wishes.pop("now", event.session.ends_at)
    return settle_attendance_event(event_id=event.pk, decision=decision, actor=official, now=now, **wishes)


def test_a_pass_at_two_desks_is_asked_about_until_somebody_decides(double, official, session):
    assert list(open_problems(session.wave)) == [double]
    assert settle(double, "hadir", official, note="  Pas dipindai  dua kali ")
    assert not open_problems(session.wave).exists()
    double.refresh_from_db()
    assert double.settled_note == "Dinyatakan hadir. Pas dipindai dua kali"
    assert (double.settled_by, double.settled_at) == (official, session.ends_at)
    assert (
        "dicatat masuk di dua meja): Dinyatakan hadir." in AuditEvent.objects.get(subject=session.wave.group).sentence
    )


def test_who_is_present_already_stays_so_without_another_record(double, official):
    before = AttendanceEvent.objects.count(), Attendance.objects.get().marked_at
    settle(double, "hadir", official)
    assert (AttendanceEvent.objects.count(), Attendance.objects.get().marked_at) == before


def test_who_was_not_there_is_taken_off_and_scans_that_arrive_later_do_not_change_it(double, official, session, desks):
    settle(double, "tidak-hadir", official)
    assert not Attendance.objects.exists()
    scan(session, desks[0], double.enrolment, at=session.starts_at + timedelta(minutes=5), seq=9)
    assert not Attendance.objects.exists()
    assert not open_problems(session.wave).exists()


def test_nothing_changes_where_it_is_left(double, official):
    settle(double, "biarkan", official)
    assert Attendance.objects.count() == 1
    double.refresh_from_db()
    assert double.settled_note == "Dibiarkan seperti tercatat."


def test_the_first_decision_stands(double, official):
    assert settle(double, "biarkan", official)
    assert not settle(double, "tidak-hadir", official)
    assert Attendance.objects.count() == 1
    assert AuditEvent.objects.filter(action="attendance.settled").count() == 1


def test_who_went_out_without_coming_in_was_there_from_the_beginning(session, person, desks, official):
    out = scan(session, desks[0], person, kind="out", at=session.starts_at + timedelta(minutes=30))
    assert out.problem == "not_in"
    settle(out, "hadir", official)
    mark = Attendance.objects.get()
    assert (mark.marked_at, mark.minutes, mark.marked_by) == (session.starts_at, 30, official)


def test_who_was_cleared_before_is_present_again(double, official, session):
    unmark_attendance(session=session, enrolments=[double.enrolment], actor=official, now=session.ends_at)
    AttendanceEvent.objects.filter(pk=double.pk).update(problem="double")
    settle(double, "hadir", official, now=session.ends_at + timedelta(hours=1))
    assert Attendance.objects.get().marked_by == official


def test_the_same_unknown_code_at_several_desks_is_one_question(session, desks, official):
    first = doubtful(session, desks[0])
    doubtful(session, desks[1])
    other = doubtful(session, desks[1], code="ABC234")
    assert list(open_problems(session.wave)) == [first, other]
    settle(first, "biarkan", official)
    assert list(open_problems(session.wave)) == [other]


def test_nobody_can_be_present_by_a_code_of_nobody(session, desks, official):
    event = doubtful(session, desks[0])
    with pytest.raises(Refusal, match="daftar hadir"):
        settle(event, "hadir", official)
    assert open_problems(session.wave).count() == 1
    assert settle(event, "biarkan", official)


def test_whose_code_it_is_and_who_has_come_to_this_wave_since_can_be_present(session, person, desks, official):
    event = doubtful(session, desks[0], problem="wrong_wave", code=person.short_code)
    settle(event, "hadir", official)
    assert Attendance.objects.get().enrolment == person


def test_who_is_in_another_wave_must_be_moved_first(session, person, desks, official):
    other = factories.wave(program=session.wave.program, number=2, areas=())
    type(person).objects.update(wave=other)
    event = doubtful(session, desks[0], problem="wrong_wave", code=person.short_code)
    with pytest.raises(Refusal, match=r"terdaftar di Gelombang 2\. .* pindahkan dahulu"):
        settle(event, "hadir", official)
    assert not Attendance.objects.exists()


def test_a_cancelled_wave_takes_no_attendance(double, official, session):
    session.wave.cancelled_at = NOW
    session.wave.save()
    with pytest.raises(Refusal, match="dibatalkan"):
        settle(double, "tidak-hadir", official)


def test_another_word_decides_nothing(double, official):
    with pytest.raises(Refusal, match="Pilih salah satu"):
        settle(double, "mungkin", official)
    assert open_problems(double.wave).exists()


def test_a_late_undo_becomes_a_decision(session, person, desks, official):
    came = scan(session, desks[0], person)
    late = session.starts_at + timedelta(minutes=10)
    undo = scan(session, desks[0], kind="undo", at=late, undoes=came.uid)
    assert undo.problem == "late_undo"
    settle(undo, "tidak-hadir", official)
    assert not Attendance.objects.exists()
