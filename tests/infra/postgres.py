"""A throw-away PostgreSQL: socket only, nothing synced to disk, gone with the test run."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg2

from rtportal.launch.child import Child

INITDB_OPTIONS = ("--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
# As in production: a role that owns its databases and that row-level security holds for.
ROLE = "portal"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "300",
    "log_min_messages": "warning",
}


class NoPostgres(RuntimeError):
    """This machine cannot run PostgreSQL; the text says why."""


def find_programs() -> Path:
    """The folder of initdb and postgres: the newest of the distribution's, else PATH's. Raises NoPostgres."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    versions = sorted((path.parent for path in installed), key=lambda path: float(path.parent.name))
    if versions:
        return versions[-1]
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise NoPostgres("initdb is not installed")


def find_user() -> str:
    """Whom the server runs as: root must hand over to the account `postgres`. Raises NoPostgres."""
    if os.getuid() != 0:
        return ""
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise NoPostgres("there is no account postgres to run it under, and it refuses root") from None


class Postgres:
    """A cluster in a temporary folder; `url(name)` addresses a database of it as DATABASE_URL takes it.

    `settings` replaces some of SETTINGS: with `synchronous_commit="on"` a commit survives the death of the server.
    """

    def __init__(self, **settings: str) -> None:
        self._settings = SETTINGS | settings
        self._programs = find_programs()
        self._user = find_user()
        # Not below the test run's own folder, which the account postgres may not enter.
        self.folder = Path(tempfile.mkdtemp(prefix="rtp-pg-"))
        self._numbers = itertools.count(1)
        if self._user:
            shutil.chown(self.folder, self._user)
        self._child: Child | None = None

    def start(self) -> None:
        """Returns when it answers. Raises NoPostgres with its log if it does not within 30 seconds."""
        data = self.folder / "data"
        made = subprocess.run(
            [self._programs / "initdb", "--pgdata", data, *INITDB_OPTIONS],
            capture_output=True,
            text=True,
            cwd=self.folder,
            user=self._user or None,
            group=pwd.getpwnam(self._user).pw_gid if self._user else None,
            extra_groups=[] if self._user else None,
        )
        if made.returncode:
            raise NoPostgres(f"initdb fails: {made.stderr.strip()}")
        self._run()
        with closing(psycopg2.connect(host=str(self.folder), user="postgres", dbname="postgres")) as connection:
            connection.autocommit = True
            connection.cursor().execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")

    def restart(self, seconds: float = 0.0) -> None:
        """Cut every connection, be away for some seconds, and come back with all that was committed."""
        self.go_away()
        time.sleep(seconds)
        self.come_back()

    def go_away(self) -> None:
        """Cut every connection and answer nobody until `come_back`."""
        self._child.ask(signal.SIGQUIT)
        self._child.wait(20)

    def come_back(self) -> None:
        """With all that was committed. From the thread that made this, or it ends with the other one."""
        self._run()

    def _run(self) -> None:
        data = self.folder / "data"
        settings = itertools.chain.from_iterable(("-c", f"{name}={value}") for name, value in self._settings.items())
        self._child = Child(
            "PostgreSQL",
            [self._programs / "postgres", "-D", data, "-k", self.folder, *settings],
            log=self.folder / "postgres.log",
            user=self._user,
        )
        deadline = time.monotonic() + 30
        while not self._answers():
            if time.monotonic() > deadline or self._child.exit_code is not None:
                raise NoPostgres(f"it does not start:\n{self._child.last_lines()}")
            time.sleep(0.02)

    def url(self, name: str = "postgres") -> str:
        return f"postgres://{ROLE}@/{name}?host={quote(str(self.folder), safe='')}"

    def new_database(self) -> str:
        """Make an empty database; returns its DATABASE_URL."""
        return new_database(self.url())

    def stop(self) -> None:
        if self._child:
            self._child.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            psycopg2.connect(host=str(self.folder), user="postgres", dbname="postgres").close()
        except psycopg2.OperationalError:
            return False
        return True


def new_database(server: str) -> str:
    """Make an empty database on the server that the DATABASE_URL `server` leads to; returns the new DATABASE_URL."""
    name = f"portal_{os.getpid()}_{time.monotonic_ns()}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    return url_on(server, name)


def url_on(server: str, name: str = "postgres") -> str:
    """The DATABASE_URL of another database on the same server; of the one that is always there, if no name is given."""
    before, _, after = server.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{after}"
