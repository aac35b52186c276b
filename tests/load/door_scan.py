"""Scans at desks with a network against a bare Django view with one UPDATE, both under gunicorn on one PostgreSQL."""

import json
import statistics
import uuid

from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.load.answer_page import CLIENTS, PEOPLE, bare
from tests.load.http_clients import Load, request, run_load
from tests.load.rows import Row, at_least, at_most

SCANS, ROUNDS = 4_000, 3
HEADS, SESSIONS, DESKS = 2_000, 6, 8

# Each round scans other people or other sessions: whoever was scanned already takes another road.
SEED = f"""
from datetime import time, timedelta
from participants.presence.devices import token_of
from participants.use_cases.invite_participants import invite_participants
from rtportal.lib import clock
from tests import factories
from tests.participants.door_world import desk
factories.regions("63.09")
wave = factories.wave(
    venue=factories.venue(capacity={HEADS}), on=clock.now().date(), ends=time(17), areas=(factories.JARO,)
)
for number in range({SESSIONS}):
    session = factories.session(wave=wave, starts=time(8 + number), title=f"Sesi {{number}}")
    print("session:" + str(session.pk), session.starts_at.isoformat())
for head in factories.heads({HEADS}, district=factories.JARO):
    print("code:" + factories.enrolment(wave=wave, head=head).short_code)
for number in range({DESKS}):
    made = desk(wave, f"Meja {{number + 1}}", expires_at=clock.now() + timedelta(days=1))
    print("desk:" + token_of(made.link_id))
"""
COUNT = """
from participants.models import Attendance, AttendanceEvent
print("recorded:", AttendanceEvent.objects.count(), Attendance.objects.count())
"""


def measure() -> list[Row]:
    """Rounds of ours and the baseline in turn, so that a busy moment hits both; the medians are compared."""
    server = Postgres()
    server.start()
    try:
        with Portal(database_url=server.new_database(), start=False) as portal:
            scans = _scans(portal.python(SEED).splitlines())
            portal.start_web()
            with bare(server.new_database(), portal.processes) as bare_port:
                changes = [request("POST", f"/change/{n + 1}", "word=hadir") for n in range(PEOPLE)]
                loads: list[tuple[Load, Load]] = []
                for start in range(0, ROUNDS * SCANS, SCANS):
                    baseline = _run(bare_port, changes)
                    loads.append((_run(portal.port, scans[start : start + SCANS]), baseline))
            _check(portal.python(COUNT))
    finally:
        server.stop()
    ours, baseline = zip(*loads, strict=True)
    name = "pindai di pintu"
    speeds = [statistics.median(load.per_second for load in side) for side in (ours, baseline)]
    waits = [statistics.median(load.p99_ms for load in side) for side in (ours, baseline)]
    rows = [at_least(name, *speeds, "permintaan/s", 0.5), at_most(f"{name}, p99", *waits, "ms", 4)]
    return [row.of_issue(5) for row in rows]


def _scans(lines: list[str]) -> list[bytes]:
    """One request for each person and session."""
    named = [line.split(":", 1) for line in lines]
    sessions = [value.split() for name, value in named if name == "session"]
    codes = [value for name, value in named if name == "code"]
    desks = [value for name, value in named if name == "desk"]
    return [
        request("POST", "/pintu/api/catat/", _body(*session, code), kind="application/json", token=desks[n % DESKS])
        for session in sessions
        for n, code in enumerate(codes)
    ]


def _body(session: str, at: str, code: str) -> str:
    event = {"uid": str(uuid.uuid4()), "seq": 1, "kind": "in", "session": int(session), "code": code, "hash": ""}
    event |= {"person": None, "device_at": at, "skew_ms": 0, "companions": 0, "undoes": None, "name": "", "unit": ""}
    event |= {"place": "", "shown": "present", "offline": False}
    return json.dumps({"device_at": at, "events": [event]})


def _run(port: int, requests: list[bytes]) -> Load:
    load = run_load(port, requests, clients=CLIENTS, total=SCANS, status=200)
    if load.unexpected:
        raise AssertionError(f"{load.unexpected} answers were not 200")
    return load


def _check(printed: str) -> None:
    wanted = f"recorded: {ROUNDS * SCANS} {ROUNDS * SCANS}"
    if wanted not in printed:
        raise AssertionError(f"{printed} instead of {wanted}")
