from datetime import timedelta

import pytest

from participants.queries.door_board import MINUTES, board_of
from participants.use_cases.mark_attendance import mark_attendance
from tests import factories
from tests.factories import MURUNG_PUDAK
from tests.participants.door_world import desk, doubtful, guest, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK)
    return factories.user()


@pytest.fixture
def session(official):
    return factories.session(wave=factories.wave())


@pytest.fixture
def people(session):
    return [factories.enrolment(wave=session.wave, head=head) for head in factories.heads(4)]


def board(session, official, *, minutes: float = 20):
    return board_of(session.wave, session, official, now=session.starts_at + timedelta(minutes=minutes))


def test_each_desk_shows_its_people_and_its_pace(session, people, official):
    fast, slow = desk(session.wave, "A", by=official), desk(session.wave, "B", by=official)
    scan(session, fast, people[0], at=session.starts_at)
    scan(session, fast, people[1], at=session.starts_at + timedelta(minutes=19), seq=2)
    mark_attendance(session=session, enrolments=[people[2]], actor=official, now=session.starts_at)
    found = [(one.device, one.present, one.pace) for one in board(session, official).desks]
    assert found == [(fast, 2, 1), (slow, 0, 0), (None, 1, 0)]


def test_a_closed_desk_stays_on_the_board_only_with_what_it_recorded(session, people, official):
    used, unused = desk(session.wave, "A", by=official), desk(session.wave, "B", by=official)
    scan(session, used, people[0])
    for device in (used, unused):
        device.revoked_at = session.starts_at
        device.save()
    assert [one.device for one in board(session, official).desks] == [used]


def test_arrivals_are_counted_by_the_minute_in_which_they_happened(session, people, official):
    device = desk(session.wave, by=official)
    for place, minutes in enumerate((0.2, 0.9, 19.5, 19.99)):
        scan(session, device, people[place], at=session.starts_at + timedelta(minutes=minutes), seq=place)
    found = board(session, official, minutes=19.995).minutes
    assert len(found) == MINUTES
    assert found[-1] == 2
    assert found[-20] == 2
    assert sum(found) == 4


def test_who_went_out_is_told_apart_and_companions_are_counted(session, people, official):
    device = desk(session.wave, by=official)
    scan(session, device, people[0], companions=1)
    scan(session, device, people[1], seq=2)
    scan(session, device, people[1], kind="out", at=session.starts_at + timedelta(minutes=5), seq=3)
    found = board(session, official)
    assert (found.total.present, found.left, found.companions) == (2, 1, 1)


def test_guests_and_questions_wait_until_somebody_decides(session, official):
    device = desk(session.wave, by=official)
    guest(session, device)
    doubtful(session, device)
    found = board(session, official)
    assert (found.guests, found.problems, found.total.present) == (1, 1, 0)


def test_the_last_who_came_stands_first(session, people, official):
    device = desk(session.wave, by=official)
    scan(session, device, people[0], at=session.starts_at + timedelta(minutes=2))
    scan(session, device, people[1], at=session.starts_at + timedelta(minutes=1), seq=2)
    assert [mark.enrolment for mark in board(session, official).arrivals] == people[:2]
