"""Taking away, for a moment, what refuses changes of append-only tables: for emptying a test's database, and for
tampering on purpose.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models
from django.test import TransactionTestCase

from rtportal.lib.append_only import AppendOnly


def append_only_tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_models() if _is_append_only(model)]


def _is_append_only(model: type[models.Model]) -> bool:
    return any(isinstance(constraint, AppendOnly) for constraint in model._meta.constraints)


@contextmanager
def lifted() -> Iterator[None]:
    """Inside, every append-only table may be written like any other."""
    tables = append_only_tables()
    lift = _without_triggers if connection.vendor == "sqlite" else _with_disabled_triggers
    with lift(tables):
        yield


@contextmanager
def _without_triggers(tables: list[str]) -> Iterator[None]:
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(tables))
        kept = cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({places})",
            tables,
        ).fetchall()
        for name, _ in kept:
            cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _, sql in kept:
                cursor.execute(sql)


@contextmanager
def _with_disabled_triggers(tables: list[str]) -> Iterator[None]:
    _alter(tables, "DISABLE")
    try:
        yield
    finally:
        _alter(tables, "ENABLE")


def _alter(tables: list[str], how: str) -> None:
    with connection.cursor() as cursor:
        if connection.in_atomic_block:
            # A table with checks that still wait for the commit cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" {how} TRIGGER USER')


def let_tests_empty_tables() -> None:
    """A transactional test ends with emptying every table; only around that are the triggers away."""
    empty = TransactionTestCase._fixture_teardown

    def emptied(self) -> None:
        with lifted():
            empty(self)

    TransactionTestCase._fixture_teardown = emptied
