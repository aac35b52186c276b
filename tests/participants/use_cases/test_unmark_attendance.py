"""Taking back a mark of attendance."""

from threading import Event
from time import sleep

import pytest
from django.db import transaction

from participants.models import Attendance
from participants.presence.folding import lock_enrolments
from participants.use_cases.mark_attendance import mark_attendance
from participants.use_cases.unmark_attendance import unmark_attendance
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import NOW
from tests.infra.together import together


@pytest.fixture
def scene(db):
    factories.regions()
    wave = factories.wave()
    person = factories.enrolment(wave=wave, head=factories.head(gelar_depan="H.", number="005", rw="002"))
    session, official = factories.session(wave=wave), factories.user()
    mark_attendance(session=session, enrolments=[person], actor=official, now=NOW)
    return session, person, official


def sentences() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("sentence", flat=True))


def test_undoing_a_mark_tells_whose_it_was_and_who_had_set_it(scene):
    session, person, _ = scene
    other = factories.user(name="Nor Hayati")
    assert unmark_attendance(session=session, enrolments=[person], actor=other, now=NOW) == [person]
    assert not Attendance.objects.exists()
    assert sentences()[-1] == (
        f"Membatalkan catatan hadir H. Ahmad Fauzi (RT 005/RW 002 {person.village.full_name}) pada sesi"
        " “Pencegahan narkoba”, yang dicatat Senin, 2 Maret 2026, 10.00 WITA oleh Siti Rahmah."
    )


def test_undoing_twice_is_once(scene):
    session, person, official = scene
    unmark_attendance(session=session, enrolments=[person], actor=official, now=NOW)
    assert unmark_attendance(session=session, enrolments=[person], actor=official, now=NOW) == []
    assert len(sentences()) == 2


def test_undoing_leaves_other_people_and_other_sessions_alone(scene):
    session, person, official = scene
    other = factories.enrolment(wave=session.wave, head=factories.head(number="006"))
    closing = factories.session(wave=session.wave, title="Penutupan")
    mark_attendance(session=session, enrolments=[other], actor=official, now=NOW)
    mark_attendance(session=closing, enrolments=[person], actor=official, now=NOW)
    unmark_attendance(session=session, enrolments=[person], actor=official, now=NOW)
    assert set(Attendance.objects.values_list("enrolment", "session")) == {
        (other.pk, session.pk),
        (person.pk, closing.pk),
    }


def test_several_at_once_leave_one_line_with_their_number(scene):
    session, person, official = scene
    other = factories.enrolment(wave=session.wave, head=factories.head(number="006"))
    mark_attendance(session=session, enrolments=[other], actor=official, now=NOW)
    unmark_attendance(session=session, enrolments=[person, other], actor=official, now=NOW)
    assert sentences()[-1] == "Membatalkan catatan hadir 2 peserta pada sesi “Pencegahan narkoba”."


@pytest.mark.row_locks
@pytest.mark.django_db(transaction=True)
def test_who_takes_a_mark_back_and_who_sets_one_do_not_wait_for_each_other_in_a_circle(scene):
    session, person, official = scene
    held = Event()

    def unmark():
        with transaction.atomic():
            lock_enrolments([person.pk])
            held.set()
            sleep(0.3)
            return unmark_attendance(session=session, enrolments=[person], actor=official, now=NOW)

    def mark():
        held.wait(5)
        return mark_attendance(session=session, enrolments=[person], actor=official, now=NOW)

    assert together(unmark, mark) == [[person], [person]]
