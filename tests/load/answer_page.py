"""GET and POST of the answer page, and GET of it with the pass, against a bare view; both gunicorn on PostgreSQL."""

import os
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from rtportal.launch.child import Child
from rtportal.launch.services import web_command
from tests.infra.portal import Portal, wait_until
from tests.infra.postgres import Postgres
from tests.infra.temporary import free_port, temporary_folder
from tests.load.http_clients import request, run_load
from tests.load.rows import Row, at_least

CLIENTS = 32
GETS, POSTS = 6000, 4000
ROUNDS = 3
PEOPLE = 951

SEED = """
from datetime import time, timedelta
from participants.links import personal_url
from participants.models import Enrolment
from participants.use_cases.invite_participants import invite_participants
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.lib import clock
from tests import factories
factories.regions("63.09")
wave = factories.wave(
    program=factories.program(letter_number="400.10/123/DPMD", bring="Surat undangan ini, alat tulis, dan KTP"),
    venue=factories.venue(capacity=1000), on=(clock.now() + timedelta(days=30)).date(), areas=(factories.JARO,)
)
for number, hour in enumerate((8, 9, 10, 11, 13, 14)):
    factories.session(
        wave=wave, starts=time(hour), title=f"Sesi {number}", speakers=[factories.speaker(position=f"P{number}")]
    )
factories.publish(wave)
factories.heads(951, district=factories.JARO)
invite_participants(wave_id=wave.pk, by=factories.user(), now=clock.now())
for enrolment in Enrolment.objects.all():
    print("link:" + personal_url(enrolment.link_id))
"""


def measure() -> list[Row]:
    """Rounds of ours and the baseline in turn, so that a busy moment hits both; the medians are compared."""
    server = Postgres()
    server.start()
    try:
        with Portal(database_url=server.new_database(), start=False) as portal:
            links = [line[5:] for line in portal.python(SEED).splitlines() if line.startswith("link:")]
            paths = [urlsplit(link).path for link in links]
            portal.start_web()
            with bare(server.new_database(), portal.processes) as bare_port:
                return [
                    _compare(
                        "GET halaman jawaban",
                        (portal.port, [request("GET", path) for path in paths], 200),
                        (bare_port, [request("GET", f"/show/{number + 1}") for number in range(PEOPLE)], 200),
                        GETS,
                    ),
                    _compare(
                        "POST halaman jawaban",
                        (portal.port, [request("POST", path, "answer=confirmed") for path in paths], 302),
                        (bare_port, [request("POST", f"/change/{n + 1}", "word=hadir") for n in range(PEOPLE)], 200),
                        POSTS,
                    ),
                    # Everybody has answered by now.
                    _compare(
                        "GET halaman pas sesudah menjawab",
                        (portal.port, [request("GET", path) for path in paths], 200),
                        (bare_port, [request("GET", f"/show/{number + 1}") for number in range(PEOPLE)], 200),
                        GETS,
                    ).of_issue(5),
                ]
    finally:
        server.stop()


def _compare(name: str, ours: tuple, baseline: tuple, total: int) -> Row:
    speeds: dict[str, list[float]] = {"ours": [], "baseline": []}
    for _ in range(ROUNDS):
        for side, (port, requests, status) in (("baseline", baseline), ("ours", ours)):
            load = run_load(port, requests, clients=CLIENTS, total=total, status=status)
            if load.unexpected:
                raise AssertionError(f"{name}, {side}: {load.unexpected} answers were not {status}")
            speeds[side].append(load.per_second)
    medians = {side: statistics.median(values) for side, values in speeds.items()}
    return at_least(name, medians["ours"], medians["baseline"], "permintaan/s", 0.5)


@contextmanager
def bare(database_url: str, processes: int) -> Iterator[int]:
    """The bare view under gunicorn on a database of its own: its port."""
    import psycopg2

    connection = psycopg2.connect(database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_row (id integer PRIMARY KEY, word text)")
        cursor.execute("INSERT INTO bare_row SELECT number, 'kata' FROM generate_series(1, %s) AS number", [PEOPLE])
    connection.close()
    port = free_port()
    command = web_command(port, processes)
    command[command.index("rtportal.wsgi:application")] = "tests.load.bare.app:application"
    env = {**os.environ, "DATABASE_URL": database_url}
    child = Child("bare", command, log=temporary_folder("bare") / "bare.log", env=env)
    try:
        wait_until(lambda: _answers(port), 20, child.last_lines())
        yield port
    finally:
        child.kill()


def _answers(port: int) -> bool:
    try:
        return run_load(port, [request("GET", "/show/1")] * 2, clients=2, total=2, status=200).unexpected == 0
    except OSError:
        return False
