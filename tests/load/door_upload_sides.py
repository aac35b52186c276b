"""What `door_upload.py` runs inside a portal: the wave, and the two sides that are compared."""

import json
import random
import time
import uuid
from collections import defaultdict
from datetime import time as hour
from datetime import timedelta

from django.db import transaction

from participants.models import Attendance, AttendanceEvent, DoorDevice
from participants.presence.devices import device_of, token_of
from participants.presence.folding import RECORDED, hours_of
from participants.presence.merge import Recorded, fold, two_places
from participants.presence.scans import read_upload
from participants.use_cases.record_scans import record_scans
from programs.models import Wave
from rtportal.lib import clock
from tests import factories
from tests.participants.door_client import entry
from tests.participants.door_world import desk

DESKS, SCANS, PEOPLE = 10, 1_000, 1_000
# The most that one upload may hold.
BATCH = 500
HOURS = (8, 9, 10, 11, 13, 14)
# Of a hundred scans so many go out, and so many are taken back at once.
OUT, UNDONE = 30, 3


def seed() -> None:
    """A wave of today with 1,000 heads, six sessions and ten desks."""
    factories.regions(factories.TABALONG)
    hall, today = factories.venue(capacity=PEOPLE), clock.now().date()
    wave = factories.wave(on=today, areas=(factories.JARO,), venue=hall)
    for number in HOURS:
        factories.session(wave=wave, starts=hour(number), title=f"Sesi {number}")
    for head in factories.heads(PEOPLE, district=factories.JARO):
        factories.enrolment(wave=wave, head=head)
    official = factories.user()
    for number in range(DESKS):
        desk(wave, f"Meja {number + 1}", by=official, expires_at=clock.now() + timedelta(days=2))


def portal() -> float:
    """Seconds for every desk's log, in pieces, shuffled, each piece twice. Raises AssertionError unless what is then in
    the tables is what the merge of the log in its true order comes to.
    """
    _empty()
    bodies, scans = _bodies(random.Random(5))
    begun = time.perf_counter()
    for token, body in bodies:
        now = clock.now()
        record_scans(device=device_of(token, now, is_upload=True), scans=read_upload(json.loads(body)), now=now)
    seconds = time.perf_counter() - begun
    if AttendanceEvent.objects.count() != scans:
        raise AssertionError(f"{AttendanceEvent.objects.count()} of {scans} scans are in the log")
    _compare_with_merge()
    return seconds


def bare() -> float:
    """Seconds for one `bulk_create` of the same rows, which the other side has left."""
    rows = list(AttendanceEvent.objects.order_by("?").values())
    _empty()
    begun = time.perf_counter()
    with transaction.atomic():
        AttendanceEvent.objects.bulk_create(AttendanceEvent(**row) for row in rows)
    return time.perf_counter() - begun


def _empty() -> None:
    Attendance.objects.all().delete()
    AttendanceEvent.objects.all().delete()


def _bodies(chance: random.Random) -> tuple[list[tuple[str, str]], int]:
    """Token and JSON of each upload, and how many scans there are in all."""
    wave = Wave.objects.get()
    sessions = [one for one in wave.training_sessions.all() if one.takes_attendance]
    codes = list(wave.enrolments.order_by("pk").values_list("short_code", flat=True))
    bodies, total = [], 0
    for device in DoorDevice.objects.order_by("pk"):
        log = _log(chance, sessions, codes)
        total += len(log)
        chance.shuffle(log)
        pieces = [log[start : start + BATCH] for start in range(0, len(log), BATCH)]
        bodies += [(token_of(device.link_id), json.dumps({"events": piece})) for piece in pieces] * 2
    chance.shuffle(bodies)
    return bodies, total


def _log(chance: random.Random, sessions: list, codes: list[str]) -> list[dict]:
    log: list[dict] = []
    while len(log) < SCANS:
        session = chance.choice(sessions)
        at = session.starts_at + timedelta(seconds=chance.randrange(-600, 3_600))
        kind = "out" if chance.randrange(100) < OUT else "in"
        names = {"uid": str(uuid.UUID(int=chance.getrandbits(128), version=4)), "seq": len(log)}
        log.append(entry(session, kind=kind, at=at, code=chance.choice(codes), **names))
        if len(log) < SCANS and chance.randrange(100) < UNDONE:
            undo = {"uid": str(uuid.UUID(int=chance.getrandbits(128), version=4)), "seq": len(log)}
            soon = at + timedelta(seconds=20)
            log.append(entry(session, kind="undo", at=soon, undoes=names["uid"], **undo))
    return log


def _compare_with_merge() -> None:
    logs: dict[tuple[int, int], list[Recorded]] = defaultdict(list)
    rows = AttendanceEvent.objects.order_by("at", "device", "seq")
    for person, session, *values in rows.values_list("enrolment", "session", *RECORDED):
        logs[person, session].append(Recorded(*values))
    hours = hours_of({session for _, session in logs})
    found = {pair: fold(log, hours=hours[pair[1]]) for pair, log in logs.items()}
    present = {
        (*pair, one.since, one.opened_by.device, one.left_at, one.minutes)
        for pair, each in found.items()
        if (one := each.presence)
    }
    columns = ("enrolment", "session", "marked_at", "device", "left_at", "minutes")
    if set(Attendance.objects.values_list(*columns)) != present:
        raise AssertionError("the attendances are not what the merge comes to")
    problems: dict = {}
    for person in {person for person, _ in logs}:
        problems |= two_places({session: each for (one, session), each in found.items() if one == person}, hours)
    for each in found.values():
        problems |= each.problems
    if dict(AttendanceEvent.objects.exclude(problem="").values_list("uid", "problem")) != problems:
        raise AssertionError("the problems are not what the merge comes to")
