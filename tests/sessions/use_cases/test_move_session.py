"""Moving, lengthening and shortening a session."""

from datetime import timedelta

import pytest

from programs.errors import Refusal, StaleEdit
from rtportal.audit.models import AuditEvent
from sessions.models import TrainingSession
from sessions.use_cases.delete_session import delete_session
from sessions.use_cases.move_session import move_session
from tests import factories
from tests.factories import NOW

FIVE = timedelta(minutes=5)


@pytest.fixture
def session(db):
    factories.regions()
    return factories.session(wave=factories.wave())


@pytest.fixture
def official(session):
    return factories.user(name="Hasan Basri")


@pytest.fixture
def move(session, official):
    def move(version=1, by=FIVE, **fields):
        place = {"starts_at": session.starts_at + by, "ends_at": session.ends_at + by, "room": ""} | fields
        return move_session(session=session, version=version, **place, actor=official, now=NOW)

    return move


def test_a_session_takes_other_hours_and_another_room(move, session):
    moved = move(room="Ruang 2")
    stored = TrainingSession.objects.get()
    assert (stored.starts_at, stored.ends_at) == (session.starts_at + FIVE, session.ends_at + FIVE)
    assert (stored.room, stored.version, moved.version) == ("Ruang 2", 2, 2)
    line = AuditEvent.objects.get()
    assert line.subject == session.wave.group
    assert line.sentence == ("Memindahkan sesi “Pencegahan narkoba” ke Rabu, 8 April 2026, 09.05–10.05 WITA, Ruang 2.")


def test_the_same_place_again_leaves_no_trace(move):
    assert move(by=timedelta(0)).version == 1
    assert not AuditEvent.objects.exists()


def test_nothing_else_of_the_session_is_touched(move, session):
    TrainingSession.objects.update(note="Bawa modul", group="Kelompok A")
    move()
    stored = TrainingSession.objects.get()
    assert (stored.note, stored.group, stored.title) == ("Bawa modul", "Kelompok A", "Pencegahan narkoba")


def test_an_end_before_the_start_is_refused(move, session):
    with pytest.raises(Refusal) as refusal:
        move(ends_at=session.starts_at)
    assert (refusal.value.sentence, refusal.value.field) == ("Waktu selesai harus setelah waktu mulai.", "ends")
    assert TrainingSession.objects.get().version == 1


def test_the_second_who_moves_it_is_told_where_the_first_put_it(move):
    move(room="Ruang 2")
    with pytest.raises(StaleEdit) as refusal:
        move(version=1, by=2 * FIVE)
    assert {change.label: (change.before, change.after, change.who) for change in refusal.value.changes} == {
        "Waktu": (
            "Rabu, 8 April 2026, 09.00–10.00 WITA",
            "Rabu, 8 April 2026, 09.05–10.05 WITA",
            "Hasan Basri",
        ),
        "Ruang": ("ruang utama", "Ruang 2", "Hasan Basri"),
    }
    assert TrainingSession.objects.get().room == "Ruang 2"


def test_the_second_may_then_move_it_on_top_of_that(move):
    move()
    assert move(version=2, by=2 * FIVE).version == 3


def test_a_session_deleted_meanwhile_is_said_to_be_gone(move, session, official):
    delete_session(session=session, version=1, actor=official, now=NOW)
    with pytest.raises(Refusal) as refusal:
        move()
    assert refusal.value.sentence == "Sesi ini baru saja dihapus oleh petugas lain."
