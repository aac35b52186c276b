"""SQLite: its own online backup into a private folder; the copy is gone from there before it is read."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from rtportal.operations.backups.layout import PIECE, TableState
from rtportal.operations.errors import BackupError, RestoreError

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite|_%' ESCAPE '|' ORDER BY 1"
_TEXT_OF_ROW = 8


def table_states(connection: sqlite3.Connection) -> dict[str, TableState]:
    """Rows and checksum of each table."""
    return {name: _state(connection, name) for (name,) in connection.execute(_TABLES).fetchall()}


def _state(connection: sqlite3.Connection, table: str) -> TableState:
    rows = total = 0
    quoted = table.replace('"', '""')
    for row in connection.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - its own name of its own table
        rows += 1
        total += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=_TEXT_OF_ROW).digest(), "big")
    return TableState(rows, str(total))


class SQLiteSource:
    """`with SQLiteSource(path, folder) as source`: a copy of one moment, made without keeping writers waiting."""

    kind = "sqlite"
    server = f"SQLite {sqlite3.sqlite_version}"

    def __init__(self, path: Path, work_folder: Path) -> None:
        self._path = path
        self._copy = work_folder / "salinan.sqlite3"
        self._handle = -1
        self._tables: dict[str, TableState] = {}
        self._migrations: list[str] = []

    def __enter__(self) -> "SQLiteSource":
        self._handle = os.open(self._copy, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with closing(sqlite3.connect(self._path, timeout=60)) as source, closing(self._opened()) as copy:
                source.backup(copy)
                # One file and no other beside it.
                copy.execute("PRAGMA journal_mode = DELETE")
                self._tables = table_states(copy)
                rows = copy.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
                self._migrations = [name for (name,) in rows]
        except sqlite3.Error as error:
            os.close(self._handle)
            raise BackupError(f"Basis data tidak dapat disalin: {error}") from error
        finally:
            # Whatever happens from here on, nothing of it stays on the disk.
            self._copy.unlink()
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(self._copy)

    def tables(self) -> dict[str, TableState]:
        return self._tables

    def migrations(self) -> list[str]:
        return self._migrations

    def dump(self) -> Iterator[bytes]:
        os.lseek(self._handle, 0, os.SEEK_SET)
        while piece := os.read(self._handle, PIECE):
            yield piece


class SQLiteTarget:
    """A file beside the place of the database, moved there at the end."""

    kind = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft = path.with_name(path.name + ".restoring")

    def refuse_unless_empty(self) -> None:
        if not self._path.exists():
            return
        with closing(sqlite3.connect(self._path)) as connection:
            if connection.execute(_TABLES).fetchone():
                raise RestoreError(
                    f"{self._path} sudah berisi basis data. Pemulihan hanya ke folder kosong: pindahkan berkas itu, "
                    "atau pakai VAR_DIR lain."
                )

    def load(self, chunks: Iterator[bytes]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._draft.unlink(missing_ok=True)
        handle = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        try:
            with closing(sqlite3.connect(self._draft)) as connection:
                [[answer]] = connection.execute("PRAGMA integrity_check(1)").fetchall()
        except sqlite3.Error as error:
            answer = str(error)
        if answer != "ok":
            raise RestoreError(f"Salinan basis data rusak: {answer}. Tidak ada yang dipulihkan.")

    def tables(self) -> dict[str, TableState]:
        with closing(sqlite3.connect(self._draft)) as connection:
            return table_states(connection)

    def keep(self) -> None:
        for leftover in ("-wal", "-shm"):
            self._path.with_name(self._path.name + leftover).unlink(missing_ok=True)
        self._draft.replace(self._path)

    def discard(self) -> None:
        self._draft.unlink(missing_ok=True)
