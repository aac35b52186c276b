"""A real portal for stories and faults: gunicorn, a Celery worker with beat and Valkey, in a folder of its own.

    with Portal(database_url=portal_database, email_url=smtp_sink.url) as portal:
        portal.manage("demo")                       # any management command; returns its output
        page.goto(portal.base_url + "/akun/masuk/")
        portal.python("from … import …; print(…)")  # a few lines inside the portal; returns what they print
        portal.worker.kill()                        # SIGKILL to the worker, its pool and beat, all at once
        portal.start_worker()                       # back up, answering pings
        portal.web.stop(5); portal.start_web()
        portal.valkey.kill(); portal.valkey.start() # the broker goes away and comes back with its data
        wait_until(lambda: len(smtp_sink.messages) == 337, 60)

`worker` and `web` are `rtportal.launch.child.Child` (kill, stop, ask, wait, exit_code, last_lines). Logs lie in
`portal.var_dir / "log"`; `portal.logs()` is the end of all of them for a failing assertion.
The database is SQLite in the folder or whatever `database_url` says (fixtures `portal_database` for both kinds,
`new_postgres_database` for PostgreSQL); the broker is Valkey on a unix socket, or with `redis=True` over TCP through
REDIS_URL. `processes` is how many each of worker and web gets (default as `make run` would). `env` adds to or
overrides the portal's environment. `start=False` prepares everything but starts neither web nor worker.
Everything of it dies with the test process.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rtportal.env import BASE_DIR, embedded_socket
from rtportal.launch.child import Child
from rtportal.launch.readiness import web_answers, worker_answers
from rtportal.launch.services import processes_for, web_command, worker_command
from tests.infra.environment import clean_environment
from tests.infra.inside import Inside
from tests.infra.migrated import copy_sqlite, fill_postgres
from tests.infra.temporary import free_port, temporary_folder
from tests.infra.valkey import Valkey

_collected: list[Path] = []


def wait_until(condition: Callable[[], object], seconds: float, what: str = "", *, every: float = 0.05) -> object:
    """Ask `condition` `every` so many seconds until it is true and return its answer.

    Raises AssertionError after `seconds`.
    """
    deadline = time.monotonic() + seconds
    while True:
        if answer := condition():
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what or condition}")
        time.sleep(every)


class Portal:
    """See the top of this file."""

    def __init__(
        self,
        *,
        database_url: str = "",
        email_url: str = "",
        redis: bool = False,
        processes: int | None = None,
        beat: bool = True,
        env: dict[str, str] | None = None,
        start: bool = True,
    ) -> None:
        # Not pytest's tmp_path: it is too long for the path of a socket.
        self.var_dir = temporary_folder("portal")
        self.port = free_port()
        self.base_url = f"http://localhost:{self.port}"
        socket = embedded_socket(self.var_dir)
        self.valkey = Valkey(socket, free_port() if redis else 0)
        self.broker_url = self.valkey.url if redis else f"redis+socket://{socket}"
        engine = "postgresql" if database_url else "sqlite3"
        self.processes = processes or processes_for(engine)
        self.beat = beat
        self.worker: Child | None = None
        self.web: Child | None = None
        self._starts = start
        self.env = {
            **clean_environment(),
            "VAR_DIR": str(self.var_dir),
            "PORT": str(self.port),
            "DATABASE_URL": database_url,
            "EMAIL_URL": email_url,
            "REDIS_URL": self.valkey.url if redis else "",
            **(env or {}),
        }
        self._inside = Inside(self.env)

    def __enter__(self) -> "Portal":
        try:
            self.valkey.start()
            self._provide_database()
            self._provide_static()
            if self._starts:
                # Both at once: each takes a second or two to import the portal.
                self._spawn_web()
                self._spawn_worker(self.beat)
                self._await_web()
                self._await_worker()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for child in (self.web, self.worker):
            if child:
                child.kill()
        self._inside.stop()
        self.valkey.kill()

    def manage(self, *arguments: str, timeout: float = 300) -> str:
        """Run a management command in the portal's environment; returns its output. Raises with it on failure."""
        done = subprocess.run(
            [sys.executable, BASE_DIR / "manage.py", *arguments],
            env=self.env,
            cwd=BASE_DIR,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        if done.returncode:
            raise AssertionError(f"manage.py {' '.join(arguments)} fails:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def python(self, code: str, timeout: float = 300) -> str:
        """Run `code` with the portal's models within reach; returns what it prints."""
        return self._inside.run(code, timeout=timeout).strip()

    def start_web(self) -> None:
        """Returns when HTTP answers."""
        self._spawn_web()
        self._await_web()

    def start_worker(self, *, beat: bool | None = None) -> None:
        """Returns when the worker answers a ping."""
        self._spawn_worker(self.beat if beat is None else beat)
        self._await_worker()

    def logs(self) -> str:
        """The last lines of every log."""
        return "\n\n".join(
            f"--- {path.name} ---\n" + "\n".join(path.read_text(errors="replace").splitlines()[-30:])
            for path in sorted((self.var_dir / "log").glob("*.log"))
        )

    def _spawn_web(self) -> None:
        self.web = self._child("web", web_command(self.port, self.processes))

    def _spawn_worker(self, beat: bool) -> None:
        schedule = self.var_dir / "beat-schedule" if beat else None
        self.worker = self._child("worker", worker_command(schedule, self.processes))

    def _await_web(self) -> None:
        self._wait(self.web, lambda: web_answers(self.port))

    def _await_worker(self) -> None:
        self._wait(self.worker, lambda: worker_answers(self.broker_url))

    def _child(self, name: str, command: list[str]) -> Child:
        return Child(name, command, log=self.var_dir / "log" / f"{name}.log", env=self.env)

    def _wait(self, child: Child, is_up: Callable[[], bool]) -> None:
        def is_up_or_dead() -> bool:
            if child.exit_code is not None:
                raise AssertionError(f"{child.name} ended with {child.exit_code}:\n{child.last_lines(40)}")
            return is_up()

        wait_until(is_up_or_dead, 120, f"{child.name} is up\n{self.logs()}")

    def _provide_database(self) -> None:
        if url := self.env["DATABASE_URL"]:
            fill_postgres(url)
        else:
            copy_sqlite(self.var_dir / "rtportal.sqlite3")

    def _provide_static(self) -> None:
        """Collecting compresses every file, so one test process does it once."""
        if not _collected:
            folder = temporary_folder("static")
            env = {**self.env, "VAR_DIR": str(folder)}
            command = [sys.executable, BASE_DIR / "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
            subprocess.run(command, env=env, cwd=BASE_DIR, check=True)
            _collected.append(folder / "static")
        (self.var_dir / "static").symlink_to(_collected[0])
