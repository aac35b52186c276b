"""A migrated database, made once and copied: making one keeps a processor busy for some seconds.

SQLite's is kept in `.test_cache/` for as long as the migrations stay as they are; PostgreSQL's belongs to its server.
"""

import fcntl
import hashlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from rtportal.env import BASE_DIR
from tests.infra.environment import clean_environment
from tests.infra.postgres import url_on

CACHE = BASE_DIR / ".test_cache"
_TEMPLATE = "migrated"
# Any number nobody else uses: whoever holds it makes the template of a server.
_MAKING = 631_001


def copy_sqlite(target: Path) -> None:
    """Put a migrated SQLite database at `target`."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = CACHE / f"migrated-{_digest()}.sqlite3"
        if not made.exists():
            for older in CACHE.glob("migrated-*.sqlite3"):
                older.unlink()
            _make_sqlite(made)
        shutil.copyfile(made, target)


def _make_sqlite(target: Path) -> None:
    with TemporaryDirectory(dir=CACHE) as folder:
        _migrate({"VAR_DIR": folder})
        [database] = Path(folder).glob("*.sqlite3")
        whole = Path(folder) / "whole"
        with closing(sqlite3.connect(database)) as source:
            source.execute("VACUUM INTO ?", [str(whole)])
        whole.rename(target)


def _digest() -> str:
    """Of everything that a migrated database follows from."""
    told = hashlib.sha256(django.__version__.encode())
    for path in sorted(BASE_DIR.glob("*/migrations/*.py")) + sorted(BASE_DIR.glob("rtportal/*/migrations/*.py")):
        told.update(str(path.relative_to(BASE_DIR)).encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]


def fill_postgres(url: str) -> None:
    """Make the database at the DATABASE_URL `url` a migrated one; one that holds a portal already stays as it is."""
    with _connected(url) as connection, connection.cursor() as cursor:
        name = connection.info.dbname
        cursor.execute("SELECT to_regclass('django_migrations')")
        if cursor.fetchone()[0]:
            return
    make_postgres(url, name)


def make_postgres(server: str, name: str) -> None:
    """A migrated database `name` on the server of the DATABASE_URL, in place of whatever was called so."""
    with _connected(url_on(server)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MAKING])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE])
        if not cursor.fetchone():
            _replace(cursor, "migrating")
            with TemporaryDirectory() as folder:
                _migrate({"VAR_DIR": folder, "DATABASE_URL": url_on(server, "migrating")})
            cursor.execute(sql.SQL("ALTER DATABASE migrating RENAME TO {}").format(sql.Identifier(_TEMPLATE)))
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_MAKING])
        _replace(cursor, name, _TEMPLATE)


def _replace(cursor, name: str, template: str = "template1") -> None:
    database = sql.Identifier(name)
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(database))
    cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(database, sql.Identifier(template)))


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        yield connection


def _migrate(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, BASE_DIR / "manage.py", "migrate", "--verbosity", "0"],
        env={**clean_environment(), **environment},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise AssertionError(f"manage.py migrate fails:\n{done.stdout}\n{done.stderr}")
