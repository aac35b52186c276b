"""The quick road of a scan: taken for the common case only, and it leads where the long one leads."""

import uuid
from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.db import DatabaseError, connection, transaction

from participants.models import Attendance, AttendanceEvent, Enrolment
from participants.presence.devices import device_of, token_of
from participants.presence.projection import refold
from participants.presence.scans import Scan
from participants.use_cases.record_one_scan import record_one_scan
from participants.use_cases.record_scans import record_scans
from rtportal.lib import clock
from sessions.models import TrainingSession
from tests import factories
from tests.infra.together import together
from tests.participants.door_world import desk

SAME = ("kind", "source", "wave", "session", "device", "seq", "code", "companions", "shown", "was_offline", "problem")


@pytest.fixture
def hall(db):
    factories.regions()
    wave = factories.wave(on=clock.now().date())
    return (
        factories.session(wave=wave),
        factories.enrolment(wave=wave),
        desk(wave, expires_at=clock.now() + timedelta(1)),
    )


def scan_of(hall, who, **fields) -> Scan:
    values = {"kind": "in", "session": hall.pk, "at": hall.starts_at, "device_at": hall.starts_at, "seq": 7}
    values |= {"code": who.short_code, "companions": 1, "is_offline": False}
    return Scan(uuid.uuid4(), **(values | fields))


def at_once(device, scan):
    return record_one_scan(token=token_of(device.link_id), scan=scan, now=clock.now())


@pytest.mark.row_locks
@pytest.mark.parametrize("answer", ["", "declined", "represented"])
def test_both_roads_leave_the_same_rows_and_say_the_same(hall, answer):
    session, person, device = hall
    if answer:
        person.answer, person.answered_at, person.substitute_name = answer, session.starts_at, "Budi"
        person.save()
    other = factories.enrolment(
        wave=session.wave,
        head=factories.head(number="006"),
        answer=answer,
        answered_at=person.answered_at,
        substitute_name=person.substitute_name,
    )
    quick = at_once(device, scan_of(session, person))
    now = clock.now()
    known = device_of(token_of(device.link_id), now)
    [slow] = record_scans(device=known, scans=[scan_of(session, other)], now=now)
    assert (quick.word, quick.sentence, quick.at, quick.desk) == (slow.word, slow.sentence, slow.at, slow.desk)
    first, second = AttendanceEvent.objects.order_by("pk").values(*SAME)
    assert first | {"code": ""} == second | {"code": ""}
    marks = Attendance.objects.order_by("pk").values_list("session", "marked_at", "device", "companions", "minutes")
    assert marks[0] == marks[1]
    before = list(Attendance.objects.order_by("pk").values())
    refold({(person.pk, session.pk), (other.pk, session.pk)})
    assert list(Attendance.objects.order_by("pk").values()) == before


@pytest.mark.row_locks
def test_a_link_leads_to_the_same_person(hall):
    session, person, device = hall
    assert at_once(device, scan_of(session, person, code="", hash=person.link_hash[:16])).person.pk == person.pk


def test_whatever_is_not_common_is_left_to_the_long_road(hall):
    session, person, device = hall
    beside = factories.session(wave=session.wave, title="Aula kedua")
    unusual = [
        {"kind": "out"},
        {"is_offline": True},
        {"code": "KQ73MT"},
        {"code": "", "person": person.pk},
        {"at": session.starts_at - timedelta(days=1)},
        {"session": 999_999},
        {"fault": "Tidak terbaca."},
    ]
    assert [at_once(device, scan_of(session, person, **fields)) for fields in unusual] == [None] * len(unusual)
    assert record_one_scan(token="A" * 27, scan=scan_of(session, person), now=clock.now()) is None
    assert not AttendanceEvent.objects.exists()
    if connection.vendor == "postgresql":
        assert at_once(device, scan_of(session, person)).word == "present"
        # There already, and at another session meanwhile.
        assert at_once(device, scan_of(session, person)) is None
        assert at_once(device, scan_of(beside, person)) is None
        assert AttendanceEvent.objects.count() == Attendance.objects.count() == 1
    else:
        assert at_once(device, scan_of(session, person)) is None


@pytest.mark.row_locks
def test_a_scan_that_was_taken_back_before_it_arrived_lets_nobody_in(hall):
    session, person, device = hall
    scan, now = scan_of(session, person), clock.now()
    known = device_of(token_of(device.link_id), now)
    undo = scan_of(session, person, kind="undo", code="", undoes=scan.uid)
    record_scans(device=known, scans=[undo], now=now)
    assert at_once(device, scan) is None
    [told] = record_scans(device=known, scans=[scan], now=now)
    assert (told.word, Attendance.objects.count()) == ("undone", 0)


@pytest.mark.row_locks
@pytest.mark.django_db(transaction=True)
def test_a_scan_in_a_session_that_is_being_changed_holds_nobody_and_goes_the_long_road(hall):
    session, person, device = hall
    held = Event()

    def change() -> bool:
        with transaction.atomic():
            TrainingSession.objects.select_for_update().get(pk=session.pk)
            held.set()
            sleep(0.3)
            try:
                return Enrolment.objects.select_for_update(no_key=True, nowait=True).filter(pk=person.pk).exists()
            except DatabaseError:
                return False

    def scan():
        held.wait(5)
        return at_once(device, scan_of(session, person))

    assert together(change, scan) == [None, True]
