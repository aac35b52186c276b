"""Two officials decide about the door at the same instant."""

import pytest

from participants.models import Attendance, AttendanceEvent, DoorDevice, Enrolment, WalkIn
from participants.presence.projection import record_events
from participants.use_cases.create_door_device import create_door_device
from participants.use_cases.match_walk_in import match_walk_in
from participants.use_cases.settle_attendance_event import settle_attendance_event
from participants.use_cases.unmatch_walk_in import unmatch_walk_in
from programs.errors import Refusal
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import NOW
from tests.infra.together import together
from tests.participants.door_world import desk, doubtful, event, guest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def official():
    factories.regions(factories.TABALONG)
    return factories.user()


@pytest.fixture
def session(official):
    return factories.session(wave=factories.wave())


@pytest.fixture
def device(session, official):
    return desk(session.wave, by=official)


def matching(visitor, head, official):
    return lambda: match_walk_in(walk_in_id=visitor.pk, head_id=head.pk, actor=official, now=NOW)


def test_a_guest_becomes_one_person_only(session, device, official):
    visitor = guest(session, device)
    heads = factories.heads(2)
    answers = together(*(matching(visitor, head, official) for head in heads))
    assert sorted(type(answer) for answer in answers if isinstance(answer, Refusal)) == [Refusal]
    assert Enrolment.objects.count() == Attendance.objects.count() == 1


def test_two_guests_who_are_one_head_get_one_place(session, device, official):
    visitors = [guest(session, device, f"Tamu {number}") for number in range(2)]
    head = factories.head()
    answers = together(*(matching(visitor, head, official) for visitor in visitors))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert Enrolment.objects.count() == Attendance.objects.count() == 1
    assert sorted(WalkIn.objects.values_list("has_enrolled", flat=True)) == [False, True]


def test_a_record_that_arrives_while_the_match_is_undone_is_not_lost(session, device, official):
    visitor, head = guest(session, device), factories.head()
    enrolment = matching(visitor, head, official)()
    late = event(session, device, enrolment, seq=2)
    answers = together(
        lambda: unmatch_walk_in(walk_in_id=visitor.pk, actor=official, now=NOW),
        lambda: record_events([late], now=NOW),
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    kept = AttendanceEvent.objects.get(uid=late.uid)
    # Either the place stayed because of it, or it became a question.
    assert (kept.enrolment_id, kept.problem) in {(enrolment.pk, ""), (None, "wrong_wave")}
    assert Attendance.objects.filter(enrolment_id=enrolment.pk).exists() == (kept.problem == "")


def test_a_question_is_decided_once(session, device, official):
    asked = doubtful(session, device)
    jobs = (
        lambda: settle_attendance_event(event_id=asked.pk, decision="biarkan", actor=official, now=NOW),
        lambda: settle_attendance_event(event_id=asked.pk, decision="biarkan", actor=official, now=NOW),
    )
    assert sorted(together(*jobs)) == [False, True]
    assert AuditEvent.objects.filter(action="attendance.settled").count() == 1


def test_a_name_is_given_to_one_desk(session, official):
    answers = together(
        *(lambda: create_door_device(wave=session.wave, name="Meja 1", actor=official, now=NOW) for _ in range(2))
    )
    assert len([answer for answer in answers if isinstance(answer, Refusal)]) == 1
    assert DoorDevice.objects.count() == 1
