"""The migrations of this program, whether a database came by them one by one or squashed."""

from functools import cache

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

Key = tuple[str, str]


@cache
def needed_migrations() -> frozenset[Key]:
    """App and name of what an up-to-date database has on record: of a squashed one, those that it replaces.

    Django counts a squashed migration as applied when they all are, and records them with it.
    """
    return frozenset(part for key, migration in _on_disk().items() for part in migration.replaces or [key])


def known_migrations() -> frozenset[Key]:
    """App and name of what a database of this program or of an earlier one may have on record."""
    return needed_migrations() | frozenset(_on_disk())


@cache
def _on_disk() -> dict[Key, Migration]:
    """Reading their files takes a tenth of a second."""
    return MigrationLoader(None, ignore_no_migrations=True).disk_migrations
