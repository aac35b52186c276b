"""Desks and officials at the same instant: the state always is what the log comes to, and nobody sees an error."""

from datetime import timedelta
from time import sleep

import pytest

from participants.models import Attendance, AttendanceEvent, WalkIn
from participants.presence.projection import refold
from participants.use_cases.mark_attendance import mark_attendance
from participants.use_cases.match_walk_in import match_walk_in
from participants.use_cases.move_participants import move_participants
from participants.use_cases.unmark_attendance import unmark_attendance
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from sessions.models import TrainingSession
from sessions.use_cases.delete_session import delete_session
from tests import factories
from tests.factories import NOW
from tests.infra.together import together
from tests.participants.door_client import entry, results, send
from tests.participants.door_world import desk

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

ROUNDS, PAUSE = 10, 0.004


@pytest.fixture
def hall():
    """A session of a coming wave and two desks that are open now."""
    factories.regions()
    wave = factories.wave(on=(clock.now() + timedelta(days=30)).date())
    open_until = {"expires_at": wave.ends_at}
    return factories.session(wave=wave), desk(wave, **open_until), desk(wave, "Meja 2", **open_until)


def somebody(session, number: int):
    return factories.enrolment(wave=session.wave, head=factories.head(number=f"{number:03d}"))


def state() -> set:
    marks = ("enrolment", "session", "marked_at", "marked_by", "device", "left_at", "minutes")
    problems = AttendanceEvent.objects.values_list("uid", "problem")
    return set(Attendance.objects.values_list(*marks)) | set(problems)


def assert_follows_from_the_log() -> None:
    before = state()
    refold(set(AttendanceEvent.objects.values_list("enrolment", "session")))
    assert state() == before


def assert_no_error(answers: list) -> None:
    assert not [one for one in answers if isinstance(one, Exception) and not isinstance(one, InputError)], answers


@pytest.mark.parametrize("way", ["code", "hash"])
def test_one_pass_at_two_desks_in_the_same_second_is_one_presence_and_one_already(hall, way):
    session, *desks = hall
    for number in range(ROUNDS):
        person = somebody(session, number)
        mark = {"code": person.short_code} if way == "code" else {"hash": person.link_hash[:16]}
        answers = together(
            *(lambda one=one, mark=mark: results(one, entry(session, offline=False, **mark))[0] for one in desks)
        )
        assert_no_error(answers)
        assert sorted(answer["verdict"] for answer in answers) == ["already", "present"]
        assert len({answer["desk"] for answer in answers}) == 1
        assert Attendance.objects.filter(enrolment=person).count() == 1
    assert AttendanceEvent.objects.count() == 2 * ROUNDS
    assert not AttendanceEvent.objects.exclude(problem="").exists()
    assert_follows_from_the_log()


def test_somebody_at_two_halls_in_the_same_second_is_asked_about(hall):
    session, *desks = hall
    beside = factories.session(wave=session.wave, title="Aula kedua")
    for number in range(ROUNDS):
        code = somebody(session, number).short_code
        jobs = [
            lambda one=one, place=place, code=code: send(one, entry(place, offline=False, code=code)).status_code
            for one, place in zip(desks, (session, beside), strict=True)
        ]
        assert together(*jobs) == [200, 200]
    assert AttendanceEvent.objects.filter(problem="two_places").count() == ROUNDS
    assert_follows_from_the_log()


def test_the_same_upload_twice_at_once_is_one(hall):
    session, device, _ = hall
    for number in range(ROUNDS):
        person = somebody(session, number)
        upload = [
            entry(session, code=person.short_code),
            entry(session, kind="walk_in", name=f"Tamu {number}"),
            entry(session, code="KQ73MT"),
        ]
        answers = together(*[lambda upload=upload: results(device, *upload)] * 3)
        assert_no_error(answers)
        assert {tuple(one["verdict"] for one in answer) for answer in answers} == {("present", "walk_in", "unknown")}
    assert AttendanceEvent.objects.count() == 3 * ROUNDS
    assert WalkIn.objects.count() == ROUNDS
    assert_follows_from_the_log()


def test_an_upload_beside_an_official_who_takes_back(hall):
    session, device, other = hall
    official = factories.user()
    for number in range(ROUNDS):
        person = somebody(session, number)
        mark_attendance(session=session, enrolments=[person], actor=official, now=session.starts_at)
        upload = [entry(session, code=person.short_code, seq=seq) for seq in range(3)]
        answers = together(
            lambda upload=upload: results(device, *upload),
            lambda one=person: results(other, entry(session, code=one.short_code, offline=False)),
            lambda one=person, number=number: (
                sleep(number * PAUSE)
                or unmark_attendance(session=session, enrolments=[one], actor=official, now=session.starts_at)
            ),
        )
        assert_no_error(answers)
    assert_follows_from_the_log()


def test_somebody_who_is_moved_while_being_scanned_is_in_one_wave_only(hall):
    session, device, _ = hall
    target = factories.wave(
        program=session.wave.program, number=2, areas=(factories.JARO,), on=(clock.now() + timedelta(days=40)).date()
    )
    official = factories.user()
    for number in range(ROUNDS):
        person = somebody(session, number)
        is_offline = bool(number % 2)
        answers = together(
            lambda one=person, offline=is_offline: results(
                device, entry(session, code=one.short_code, offline=offline)
            ),
            lambda one=person, number=number: (
                sleep(number * PAUSE / 2)
                or move_participants(
                    enrolment_ids=[one.pk],
                    from_wave_id=session.wave_id,
                    to_wave_id=target.pk,
                    actor=official,
                    now=NOW,
                )
            ),
        )
        assert_no_error(answers)
        person.refresh_from_db()
        is_present = Attendance.objects.filter(enrolment=person).exists()
        assert is_present == (person.wave_id == session.wave_id)
    assert_follows_from_the_log()


def test_a_session_that_is_deleted_while_somebody_is_scanned_goes_or_stays_whole(hall):
    session, device, _ = hall
    person, official = somebody(session, 1), factories.user()
    for number in range(ROUNDS):
        passing = factories.session(wave=session.wave, title=f"Sesi {number}")
        answers = together(
            lambda one=passing, number=number: results(
                device, entry(one, code=person.short_code, offline=bool(number % 2))
            ),
            lambda one=passing: delete_session(session=one, version=1, actor=official, now=NOW),
        )
        assert_no_error(answers)
        is_there = TrainingSession.objects.filter(pk=passing.pk).exists()
        assert Attendance.objects.filter(session=passing.pk).exists() == is_there


def test_a_guest_who_is_matched_while_the_desk_takes_them_back(hall):
    session, device, _ = hall
    official = factories.user()
    for number in range(ROUNDS):
        head = factories.head(number=f"{number:03d}")
        guest = entry(session, kind="walk_in", name="Tamu")
        results(device, guest)
        walk_in = WalkIn.objects.latest("pk")
        answers = together(
            lambda guest=guest: results(device, entry(session, kind="undo", undoes=guest["uid"])),
            lambda walk_in=walk_in, head=head: match_walk_in(
                walk_in_id=walk_in.pk, head_id=head.pk, actor=official, now=NOW
            ),
        )
        assert_no_error(answers)
        assert not Attendance.objects.filter(enrolment__head=head).exists()
    assert_follows_from_the_log()
