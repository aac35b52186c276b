"""The released program and the present one run beside each other on one PostgreSQL while tables are migrated."""

import http.client
import itertools
import json
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from rtportal.env import BASE_DIR, embedded_socket
from rtportal.launch.child import Child
from rtportal.launch.readiness import web_answers
from tests.infra.earlier import NoHistory, released_commit, unpack
from tests.infra.environment import clean_environment
from tests.infra.missing import not_tested_here
from tests.infra.portal import wait_until
from tests.infra.temporary import free_port, temporary_folder
from tests.infra.valkey import Valkey

pytestmark = [pytest.mark.faults, pytest.mark.slow]

PEOPLE = 600
# In the released program's own words.
SEED = """
import django
django.setup()
import json
from datetime import timedelta
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from participants.links import personal_path
from participants.models import Enrolment
from participants.presence.devices import token_of
from participants.use_cases.invite_participants import invite_participants
from rtportal.lib import clock
from tests import factories
from tests.participants.door_world import desk
factories.regions()
user = factories.user(role="admin")
wave = factories.wave(on=(clock.now() + timedelta(days=30)).date(), venue=factories.venue(capacity=1000))
factories.publish(wave)
factories.heads({people})
invite_participants(wave_id=wave.pk, by=user, now=clock.now())
today = factories.wave(on=clock.now().date(), program=factories.program())
device = desk(today, by=user, expires_at=clock.now() + timedelta(days=1))
session = factories.session(wave=today)
store = SessionStore()
store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
store[HASH_SESSION_KEY] = user.get_session_auth_hash()
store["account_authentication_methods"] = [{{"method": "password", "at": clock.now().timestamp()}}]
store.save()
print(json.dumps({{
    "links": [personal_path(each.link_id) for each in Enrolment.objects.filter(wave=wave)],
    "cookie": f"{{settings.SESSION_COOKIE_NAME}}={{store.session_key}}",
    "wave": wave.pk, "desk": token_of(device.link_id), "session": session.pk, "starts": session.starts_at.isoformat(),
}}))
"""
COUNT = """
import django
django.setup()
import json
from participants.models import Answer, AttendanceEvent
print(json.dumps({"answers": Answer.objects.values("enrolment").distinct().count(),
    "scans": [str(uid) for uid in AttendanceEvent.objects.values_list("uid", flat=True)]}))
"""


class Server:
    """One program and its web, in a folder of files of its own."""

    def __init__(self, code: Path, env: dict[str, str]) -> None:
        self.code, self.env = code, env
        self.port = free_port()
        self.log = Path(env["VAR_DIR"]) / f"{code.name}.log"
        self.web: Child | None = None

    def manage(self, *words: str) -> None:
        self._run("manage.py", *words)

    def python(self, code: str) -> dict:
        return json.loads(self._run("-c", code).splitlines()[-1])

    def start(self) -> None:
        options = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
        command = [sys.executable, "-m", "gunicorn", "--chdir", self.code, *options, "--bind"]
        command += [f"127.0.0.1:{self.port}", "rtportal.wsgi:application"]
        self.web = Child(self.code.name, command, log=self.log, env=self.env)
        wait_until(lambda: web_answers(self.port), 60, f"the web answers\n{self.web.last_lines()}")

    def _run(self, *words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(command, cwd=self.code, env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


class Visitors:
    """RT heads who answer, an official who reads, a desk that scans: all at once, until `stop`."""

    def __init__(self, world: dict) -> None:
        self.world = world
        self.ports: list[int] = []
        self.statuses: Counter = Counter()
        self.failures: list[str] = []
        self.answered: set[str] = set()
        self.scans: list[str] = []
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._repeat, args=[each], daemon=True) for each in self._parts()]

    def begin(self, port: int) -> None:
        self.ports = [port]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _parts(self) -> list[Callable[[int], None]]:
        links = iter(self.world["links"])
        pages = itertools.cycle(
            ["/", "/program/", f"/gelombang/{self.world['wave']}/", f"/gelombang/{self.world['wave']}/peserta/"]
        )
        cookie = {"Cookie": self.world["cookie"]}

        def answer(port: int) -> None:
            link = next(links, None)
            if (
                link
                and self._ask(port, "GET", link, {200})
                and self._ask(port, "POST", link, {302}, "answer=confirmed")
            ):
                self.answered.add(link)

        def look(port: int) -> None:
            self._ask(port, "GET", next(pages), {200}, headers=cookie)

        def scan(port: int) -> None:
            uid = str(uuid.uuid4())
            body = json.dumps({"device_at": self.world["starts"], "events": [self._entry(uid)]})
            headers = {"Authorization": f"Bearer {self.world['desk']}", "Content-Type": "application/json"}
            if self._ask(port, "POST", "/pintu/api/catat/", {200}, body, headers):
                self.scans.append(uid)

        return [answer, look, scan]

    def _entry(self, uid: str) -> dict:
        values = {"uid": uid, "seq": 1, "kind": "in", "session": self.world["session"], "code": "KQ73MT", "hash": ""}
        values |= {"person": None, "device_at": self.world["starts"], "skew_ms": 0, "companions": 0, "undoes": None}
        return values | {"name": "", "unit": "", "place": "", "shown": "unknown", "offline": True}

    def _repeat(self, visit: Callable[[int], None]) -> None:
        for number in itertools.count():
            if self._is_over.is_set():
                return
            visit(self.ports[number % len(self.ports)])
            time.sleep(0.02)

    def _ask(
        self, port: int, method: str, path: str, wanted: set[int], body: str = "", headers: dict | None = None
    ) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        usual = {"Host": "localhost", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body or None, usual | (headers or {}))
            status = connection.getresponse().status
        except OSError as error:
            self.failures.append(f"{port} {method} {path}: {error}")
            return False
        finally:
            connection.close()
        self.statuses[f"{method} {status}"] += 1
        if status not in wanted:
            self.failures.append(f"{port} {method} {path}: {status}")
        return status in wanted


def test_nothing_fails_while_the_released_program_and_the_present_one_share_a_database(
    new_postgres_database: Callable[[], str],
) -> None:
    folder = temporary_folder("upgrade")
    try:
        commit = released_commit()
        unpack(commit, folder / "released")
    except NoHistory as error:
        not_tested_here(f"an upgrade while in use: {error}")
    env = {**clean_environment(), "VAR_DIR": str(folder), "DATABASE_URL": new_postgres_database()}
    env |= {"DJANGO_SETTINGS_MODULE": "rtportal.settings"}
    old = Server(folder / "released", env)
    new = Server(BASE_DIR, {**env, "STATIC_ROOT": str(folder / "static-new")})
    valkey = Valkey(embedded_socket(folder))
    valkey.start()
    try:
        old.manage("migrate", "--verbosity", "0")
        for server in (old, new):
            server.manage("collectstatic", "--noinput", "--verbosity", "0")
        visitors = Visitors(old.python(SEED.format(people=PEOPLE)))
        old.start()
        visitors.begin(old.port)
        wait_until(lambda: len(visitors.answered) > 10 or visitors.failures, 30, "people answer")
        new.manage("migrate", "--verbosity", "0")
        new.start()
        visitors.ports = [old.port, new.port]
        time.sleep(4)
        visitors.ports = [new.port]
        # Whoever is being served is served to the end.
        time.sleep(1)
        old.web.stop(10)
        time.sleep(1)
        visitors.stop()
        logs = "".join(server.web.last_lines(30) for server in (old, new))
        assert visitors.failures == [], f"{visitors.statuses}\n{visitors.failures[:10]}\n{logs}"
        assert len(visitors.answered) > 20
        kept = new.python(COUNT)
        assert kept["answers"] == len(visitors.answered)
        assert set(visitors.scans) <= set(kept["scans"])
    finally:
        for server in (old, new):
            if server.web:
                server.web.kill()
        valkey.kill()
