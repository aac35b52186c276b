"""PostgreSQL: its own pg_dump and pg_restore through pipes, and one snapshot for the dump and for the counts."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import make_dsn

from rtportal.operations.backups.layout import PIECE, TableState
from rtportal.operations.errors import BackupError, RestoreError

# What Django adds for psycopg2 and libpq does not know.
_NOT_OF_LIBPQ = {"password", "client_encoding", "cursor_factory"}
# Row-level security lets through whoever says that the portal itself acts.
_ACTOR = "-c rtportal.actor=system"
# The text of a row must not depend on who reads it.
_PLAIN = """
SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';
SET bytea_output = 'hex'; SET extra_float_digits = 1; SET search_path = public; SET statement_timeout = 0
"""
# What extensions brought along does not count.
_RELATIONS = """
SELECT relation.relname FROM pg_class relation
JOIN pg_namespace space ON space.oid = relation.relnamespace
WHERE space.nspname = 'public' AND relation.relkind = ANY(%s) AND NOT EXISTS (
  SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = relation.oid AND deptype = 'e'
) ORDER BY 1
"""
_STATE = """
SELECT count(*), coalesce(sum(('x' || substr(md5(whole_row::text), 1, 15))::bit(60)::bigint), 0)::text
FROM {} AS whole_row
"""


def table_states(connection: Connection) -> dict[str, TableState]:
    """Rows and checksum of each table, as the connection's transaction sees them."""
    states = {}
    with connection.cursor() as cursor:
        cursor.execute(_RELATIONS, [["r"]])
        for (name,) in cursor.fetchall():
            cursor.execute(sql.SQL(_STATE).format(sql.Identifier(name)))
            rows, checksum = cursor.fetchone()
            states[name] = TableState(rows, checksum)
    return states


class PostgreSQLSource:
    """`with PostgreSQLSource(params) as source`: a snapshot that lasts as long as the context."""

    kind = "postgresql"

    def __init__(self, params: dict) -> None:
        self._params = params
        self._connection: Connection | None = None
        self._snapshot = ""

    def __enter__(self) -> "PostgreSQLSource":
        self._connection = _connect(self._params)
        self._connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            self._snapshot = cursor.fetchone()[0]
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @property
    def server(self) -> str:
        return f"PostgreSQL {_major(self._connection)}"

    def tables(self) -> dict[str, TableState]:
        return table_states(self._connection)

    def migrations(self) -> list[str]:
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
            return [name for (name,) in cursor.fetchall()]

    def dump(self) -> Iterator[bytes]:
        dsn, environment = _address(self._params)
        command = [
            *(program("pg_dump", _major(self._connection)), "--format=custom", f"--snapshot={self._snapshot}"),
            # A migration that holds a table must not hold the night's backup for ever.
            *("--enable-row-security", "--lock-wait-timeout=300s"),
            # Whoever restores owns what is restored; remarks on extensions belong to a superuser.
            *("--no-owner", "--no-privileges", "--no-comments", f"--dbname={dsn}"),
        ]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:  # noqa: S603
            try:
                while piece := process.stdout.read(PIECE):
                    yield piece
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            raise BackupError("pg_dump gagal; sebabnya tertulis di atas. Cadangan tidak dibuat.")


class PostgreSQLTarget:
    """An empty database; pg_restore writes into it in one transaction."""

    kind = "postgresql"

    def __init__(self, params: dict) -> None:
        self._params = params
        self._is_loaded = False

    def refuse_unless_empty(self) -> None:
        connection = _connect(self._params)
        try:
            with connection.cursor() as cursor:
                cursor.execute(_RELATIONS, [["r", "p", "v", "m", "S"]])
                if found := cursor.fetchall():
                    raise RestoreError(
                        f"Basis data {connection.info.dbname} sudah berisi {len(found)} tabel dan deret. Pemulihan "
                        "hanya ke basis data kosong: buat yang baru dengan createdb, lalu arahkan DATABASE_URL ke sana."
                    )
        finally:
            connection.close()

    def load(self, chunks: Iterator[bytes]) -> None:
        connection = _connect(self._params)
        version = _major(connection)
        connection.close()
        dsn, environment = _address(self._params)
        command = [
            *(program("pg_restore", version), "--single-transaction", "--exit-on-error", "--no-owner"),
            *("--no-privileges", "--no-comments", f"--dbname={dsn}"),
        ]
        process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)  # noqa: S603
        try:
            for chunk in chunks:
                process.stdin.write(chunk)
            process.stdin.close()
        except BrokenPipeError:
            # It has said why, and its exit code tells below.
            pass
        except BaseException:
            process.kill()
            raise
        finally:
            process.wait()
        if process.returncode:
            raise RestoreError("pg_restore gagal; sebabnya tertulis di atas. Basis data tetap kosong.")
        self._is_loaded = True

    def tables(self) -> dict[str, TableState]:
        connection = _connect(self._params)
        try:
            return table_states(connection)
        finally:
            connection.close()

    def keep(self) -> None:
        """It is in place already."""

    def discard(self) -> None:
        if not self._is_loaded:
            return
        connection = _connect(self._params)
        with connection, connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC")
        connection.close()


def program(name: str, major: int) -> str:
    """PostgreSQL's own program, of the server's version if there is one: a newer pg_restore says what an older server
    does not understand. Raises BackupError where none is installed.
    """
    installed = {path.parent.parent.name: str(path) for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}")}
    newest = max(installed, key=float, default="")
    found = installed.get(str(major)) or shutil.which(name) or installed.get(newest)
    if not found:
        raise BackupError(f"{name} tidak terpasang di mesin ini. Pasang paket postgresql-client.")
    return found


def _connect(params: dict) -> Connection:
    try:
        connection = psycopg2.connect(**_as_system(params))
    except psycopg2.OperationalError as error:
        raise BackupError(f"Basis data tidak dapat dibuka: {error}") from error
    with connection, connection.cursor() as cursor:
        cursor.execute(_PLAIN)
    return connection


def _as_system(params: dict) -> dict:
    return {**params, "options": f"{params.get('options', '')} {_ACTOR}".strip()}


def _address(params: dict) -> tuple[str, dict[str, str]]:
    """Where the database is, for a command line, and the environment that holds the password."""
    known = {name: value for name, value in _as_system(params).items() if name not in _NOT_OF_LIBPQ}
    environment = dict(os.environ)
    if params.get("password"):
        environment["PGPASSWORD"] = params["password"]
    return make_dsn(**known), environment


def _major(connection: Connection) -> int:
    return connection.server_version // 10_000
