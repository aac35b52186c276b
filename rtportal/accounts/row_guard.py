"""Whom a connection to the database acts for: what PostgreSQL's row-level security goes by.

Every connection of the portal begins as `system` (`rtportal/env.py`): workers, commands and the pages behind personal
links see all rows. While an official's request is served it acts for that official, and the policies declared by
`rtportal/lib/row_scope.py` show and take only rows of their regions, whatever the portal's own code asks for. A
connection that says nothing, such as somebody's psql, sees no row at all.

On SQLite nothing of this does anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

import psycopg2
from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS, connections

from rtportal.accounts.models import User

SYSTEM = "system"
# Signing in and pages for everybody: accounts and sessions belong to no region and are found, rows of regions are not.
NOBODY = "nobody"

# PostgreSQL's function that holds new rows against policies, in all versions that know them.
_CHECKS_WRITES = "ExecWithCheckOptions"

_actor: ContextVar[str] = ContextVar("rtportal_actor", default=SYSTEM)


@contextmanager
def acting_as(user: User | AnonymousUser) -> Iterator[None]:
    """What is read and written inside is what PostgreSQL lets this user see, by the assignments of this moment."""
    with _acting(str(user.pk) if user.is_authenticated else NOBODY):
        yield


@contextmanager
def beyond_scope(reason: str) -> Iterator[None]:
    """Inside, rows of all regions are there, as a whole needs them: seats of a wave, a name that must be unique.

    `reason` says to whoever reads the code why that tells the user nothing they may not know. Keep it around single
    queries, evaluate them inside, and never `yield` from inside.
    """
    if not reason:
        raise ValueError("say why")
    with _acting(SYSTEM):
        yield


def is_refused_by_row_guard(error: BaseException) -> bool:
    """Whether the database refused to write a row because it lies beyond the scope of whom it acts for.

    PostgreSQL has one code for this and for a table that its role may not touch at all, which is a fault of the
    installation; they are told apart by the place in the server that speaks, as its words depend on its language.
    """
    cause = error.__cause__
    return isinstance(cause, psycopg2.errors.InsufficientPrivilege) and cause.diag.source_function == _CHECKS_WRITES


def tell_new_connection(connection, **_: object) -> None:
    """Receiver of `connection_created`: one that is opened or lost while acting for somebody acts for them too."""
    if _actor.get() != SYSTEM and connection.alias == DEFAULT_DB_ALIAS:
        _tell(_actor.get())


@contextmanager
def _acting(actor: str) -> Iterator[None]:
    before = _actor.get()
    if actor == before:
        yield
        return
    _actor.set(actor)
    try:
        _tell(actor)
        yield
    finally:
        _actor.set(before)
        # Rolling back what failed brings back what held before it.
        with suppress(psycopg2.errors.InFailedSqlTransaction):
            _tell(before)


def _tell(actor: str) -> None:
    """Not through Django's cursor: it is no query of the page's, and must not open a connection that nobody needs."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql" or connection.connection is None:
        return
    try:
        with connection.connection.cursor() as cursor:
            cursor.execute("SELECT rtportal_act_as(%s)", [actor])
    except (psycopg2.OperationalError, psycopg2.InterfaceError):
        # Lost, or not as it should be: the next query opens a new one, which is told.
        connection.close()
    except psycopg2.DatabaseError as error:
        # What psycopg2 says of a server that dies while it is asked; everything else has a class of its own.
        if type(error) is not psycopg2.DatabaseError:
            raise
        connection.close()
