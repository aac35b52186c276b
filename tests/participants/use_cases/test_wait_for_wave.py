import pytest

from participants.models import Attendance, WaitingPlace
from participants.moving import MoveRefused
from participants.use_cases.leave_waiting_list import leave_waiting_list
from participants.use_cases.wait_for_wave import wait_for_wave
from programs.models import Wave
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.participants.two_waves import decline, enrol, place, two_waves

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK, JARO)
    return factories.user()


def wait(people, wave, actor) -> int:
    return wait_for_wave(enrolment_ids=[one.pk for one in people], wave_id=wave.pk, actor=actor, now=NOW)


def test_each_gets_a_place_and_asking_again_keeps_it(official):
    first, second = two_waves()
    people = enrol(first, 3)
    assert wait(people[:2], second, official) == 2
    assert wait(people, second, official) == 1
    places = WaitingPlace.objects.all()
    assert [(one.enrolment_id, one.wave_id, one.actor_id) for one in places] == [
        (one.pk, second.pk, official.pk) for one in people
    ]
    sentences = AuditEvent.objects.filter(subject=second.group).order_by("pk").values_list("sentence", flat=True)
    assert list(sentences) == [
        "Memasukkan 2 ketua RT ke daftar tunggu Gelombang 2.",
        "Memasukkan Warga 003 (RT 003) ke daftar tunggu Gelombang 2.",
    ]


def test_nobody_waits_for_two_waves_at_a_time(official):
    first, second = two_waves()
    third = factories.wave(program=first.program, number=3, areas=())
    people = enrol(first, 1)
    wait(people, second, official)
    with pytest.raises(MoveRefused, match="Warga 001 sudah menunggu gelombang lain"):
        wait(people, third, official)


def test_nobody_waits_for_a_seat_they_have(official):
    first, _ = two_waves()
    with pytest.raises(MoveRefused, match="sudah mempunyai kursi di Gelombang 1"):
        wait(enrol(first, 1), first, official)


def test_who_declined_may_wait_for_a_seat_in_the_same_wave(official):
    first, _ = two_waves()
    assert wait([decline(enrol(first, 1)[0])], first, official) == 1


def test_who_was_present_waits_for_nothing(official):
    first, second = two_waves()
    people = enrol(first, 1)
    session = factories.session(wave=first)
    Attendance.objects.create(enrolment=people[0], session=session, marked_at=NOW, marked_by=official)
    with pytest.raises(MoveRefused, match="sudah tercatat hadir"):
        wait(people, second, official)


def test_there_is_no_list_for_a_cancelled_wave(official):
    first, second = two_waves()
    Wave.objects.filter(pk=second.pk).update(cancelled_at=NOW)
    with pytest.raises(MoveRefused, match="dibatalkan"):
        wait(enrol(first, 1), second, official)


def test_a_place_is_given_up_once(official):
    first, second = two_waves()
    held = place(enrol(first, 1)[0], second)
    assert leave_waiting_list(place_id=held.pk, actor=official, now=NOW)
    assert not leave_waiting_list(place_id=held.pk, actor=official, now=NOW)
    held.refresh_from_db()
    assert held.closed_at == NOW
    assert AuditEvent.objects.get().sentence == "Mengeluarkan Warga 001 (RT 001) dari daftar tunggu Gelombang 2."
