"""What both kinds of database offer to a backup and to a restore, and which one this portal has."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from django.db import connections

from rtportal.operations.backups.layout import TableState


class Source(Protocol):
    """A database as it was at one moment; `tables` and `dump` tell of the same moment, whoever writes meanwhile."""

    kind: str
    server: str

    def tables(self) -> dict[str, TableState]: ...

    def migrations(self) -> list[str]:
        """`app.name` of every migration that was applied, sorted."""

    def dump(self) -> Iterator[bytes]:
        """Pieces of at most PIECE bytes. Raises BackupError."""


class Target(Protocol):
    """A database to restore into."""

    kind: str

    def refuse_unless_empty(self) -> None:
        """Raises RestoreError if anything is in it."""

    def load(self, chunks: Iterator[bytes]) -> None:
        """All or nothing. Raises RestoreError."""

    def tables(self) -> dict[str, TableState]:
        """Of what was loaded."""

    def keep(self) -> None:
        """What was loaded is from now on the portal's database."""

    def discard(self) -> None:
        """Whatever was loaded goes."""


def source(work_folder: Path) -> AbstractContextManager[Source]:
    """The portal's database to read from; `work_folder` is private and may hold what cannot be streamed."""
    database = connections["default"]
    if database.vendor == "sqlite":
        from rtportal.operations.backups.sqlite import SQLiteSource

        return SQLiteSource(Path(database.settings_dict["NAME"]), work_folder)
    from rtportal.operations.backups.postgresql import PostgreSQLSource

    return PostgreSQLSource(database.get_connection_params())


def target() -> Target:
    """The portal's database to write to."""
    database = connections["default"]
    database.close()
    if database.vendor == "sqlite":
        from rtportal.operations.backups.sqlite import SQLiteTarget

        return SQLiteTarget(Path(database.settings_dict["NAME"]))
    from rtportal.operations.backups.postgresql import PostgreSQLTarget

    return PostgreSQLTarget(database.get_connection_params())
