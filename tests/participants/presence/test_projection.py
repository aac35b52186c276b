"""The log in the database: any order, any pieces, any repetition of several desks' uploads gives the same state."""

from collections import defaultdict
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants.models import Attendance, AttendanceEvent, WalkIn
from participants.presence.merge import Hours, Recorded, fold, two_places
from participants.presence.projection import record_events
from participants.presence.scans import read_upload
from participants.use_cases.record_scans import record_scans
from tests import factories
from tests.participants.door_client import entry
from tests.participants.door_world import desk, event

RECORDED = ("uid", "kind", "source", "at", "device_id", "seq", "actor_id", "companions", "undoes", "shown", "device_at")


@pytest.fixture
def world(db):
    """Two sessions at the same time, three desks, three participants."""
    factories.regions()
    wave = factories.wave()
    sessions = [factories.session(wave=wave, title=title) for title in ("Aula", "Ruang rapat")]
    desks = [desk(wave, f"Meja {number}") for number in range(3)]
    people = [factories.enrolment(wave=wave, head=factories.head(number=f"{number:03d}")) for number in range(3)]
    return sessions, desks, people


# desk, kind, whom, session, minutes, what an undo names, what was shown
entries = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["in", "in", "in", "out", "undo", "undo", "walk_in"]),
    st.integers(0, 3),
    st.sampled_from([0, 0, 0, 1]),
    st.one_of(st.integers(-5, 65), st.sampled_from([-1500, 1500])),
    st.integers(0, 9),
    st.sampled_from(["present", "already"]),
)


def upload(world, number: int, drawn: tuple) -> tuple[int, dict]:
    """The desk and its entry; the fourth person is nobody."""
    sessions, _, people = world
    where, kind, whom, place, minutes, target, shown = drawn
    session = sessions[place]
    fields = {"code": people[whom].short_code if whom < len(people) else "KQ73MT"} if kind in {"in", "out"} else {}
    return where, entry(
        session,
        kind=kind,
        at=session.starts_at + timedelta(minutes=minutes),
        uid=str(UUID(int=number + 1)),
        seq=number,
        undoes=str(UUID(int=target + 1)) if kind == "undo" else None,
        name=f"Tamu {number}" if kind == "walk_in" else "",
        shown=shown,
        **fields,
    )


def send(world, batches: list[tuple[int, list[dict]]]) -> dict:
    """The state after these uploads, from nothing."""
    sessions, desks, _ = world
    AttendanceEvent.objects.all().delete()
    Attendance.objects.all().delete()
    WalkIn.objects.all().delete()
    clock = count(1)
    for where, batch in batches:
        now = sessions[0].ends_at + timedelta(minutes=next(clock))
        record_scans(device=desks[where], scans=read_upload({"events": batch}), now=now)
    marks = ("enrolment", "session", "marked_at", "marked_by", "device", "left_at", "minutes", "companions")
    events = AttendanceEvent.objects.values_list("uid", "enrolment", "session", "problem", "walk_in__name")
    return {
        "present": set(Attendance.objects.values_list(*marks)),
        "events": set(events),
        "guests": {(guest.name, guest.dropped_at is not None) for guest in WalkIn.objects.all()},
    }


def reference(world) -> set:
    """Who is present by the pure merge of what lies in the log."""
    sessions, _, _ = world
    logs = defaultdict(list)
    rows = AttendanceEvent.objects.filter(enrolment__isnull=False)
    for key, session, *values in rows.values_list("enrolment", "session", *RECORDED):
        logs[key, session].append(Recorded(*values))
    wave = sessions[0].wave
    hours = {one.pk: Hours(one.starts_at, one.ends_at, wave.starts_at, wave.ends_at) for one in sessions}
    found = {pair: fold(log, hours=hours[pair[1]]) for pair, log in logs.items()}
    problems = {}
    for key in {key for key, _ in logs}:
        problems |= two_places({session: each for (one, session), each in found.items() if one == key}, hours)
    for each in found.values():
        problems |= each.problems
    assert {row.uid: row.problem for row in rows.exclude(problem="")} == problems
    return {
        (*pair, one.since, one.opened_by.actor, one.opened_by.device, one.left_at, one.minutes, one.companions)
        for pair, each in found.items()
        if (one := each.presence)
    }


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(entries, min_size=1, max_size=10), st.randoms(use_true_random=False))
def test_shuffled_split_and_repeated_uploads_give_the_same_state(world, drawn, random):
    made = [upload(world, number, values) for number, values in enumerate(drawn)]
    by_desk = defaultdict(list)
    for where, each in made:
        by_desk[where].append(each)
    in_order = send(world, list(by_desk.items()))
    arrived = made + random.choices(made, k=len(made))
    random.shuffle(arrived)
    pieces = []
    for where, each in arrived:
        if pieces and pieces[-1][0] == where and random.random() < 0.6:
            pieces[-1][1].append(each)
        else:
            pieces.append((where, [each]))
    assert send(world, pieces) == in_order
    assert reference(world) == in_order["present"]


def test_the_number_of_statements_does_not_grow_with_the_events(world):
    sessions, desks, people = world
    hall = sessions[0]
    more = [factories.enrolment(wave=hall.wave, head=factories.head(number=f"1{number:02d}")) for number in range(18)]

    def statements(who, start: int) -> int:
        made = [
            event(hall, desks[number % 2], one, at=hall.starts_at + timedelta(seconds=number), seq=start + number)
            for number, one in enumerate(who + who)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert record_events(made, now=hall.ends_at) == made
        return len(queries)

    assert statements(people[:2], 0) == statements(more, 100) <= 16


def test_the_same_events_again_change_nothing_and_are_not_new(world):
    sessions, desks, people = world
    made = [event(sessions[0], desks[0], one) for one in people]
    assert record_events(made, now=sessions[0].ends_at) == made
    before = list(Attendance.objects.order_by("pk").values())
    again = [event(sessions[0], desks[0], one, uid=old.uid) for one, old in zip(people, made, strict=True)]
    assert record_events(again, now=sessions[0].ends_at) == []
    assert list(Attendance.objects.order_by("pk").values()) == before


def test_nobody_is_recorded_in_a_wave_they_have_left(world):
    sessions, desks, _ = world
    other = factories.wave(program=sessions[0].wave.program, number=2, areas=(factories.JARO,))
    gone = factories.enrolment(wave=other, head=factories.head(number="009"))
    record_events([event(sessions[0], desks[0], gone)], now=sessions[0].ends_at)
    kept = AttendanceEvent.objects.get()
    assert (kept.enrolment, kept.problem) == (None, "wrong_wave")
    assert not Attendance.objects.exists()
