"""A database that is away, whatever the driver calls it, and nothing else."""

import psycopg2
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError

from rtportal.lib.lost_database import is_lost


def raised(kind: type[Exception], cause: Exception | None = None) -> Exception:
    error = kind("…")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        raised(OperationalError),
        raised(InterfaceError, psycopg2.InterfaceError("connection already closed")),
        raised(DatabaseError, psycopg2.DatabaseError("server closed the connection unexpectedly")),
    ],
)
def test_a_database_that_does_not_answer(error):
    assert is_lost(error)


@pytest.mark.parametrize(
    "error",
    [
        None,
        RuntimeError(),
        raised(DatabaseError),
        raised(ProgrammingError, psycopg2.errors.UndefinedTable("relation does not exist")),
        raised(DatabaseError, psycopg2.errors.InternalError_("broken")),
    ],
)
def test_other_faults(error):
    assert not is_lost(error)
