"""Telling a database that is away, or went away in the middle, from any other fault."""

import psycopg2
from django.db import DatabaseError, InterfaceError, OperationalError


def is_lost(error: BaseException | None) -> bool:
    """Whether the error says that the database does not answer (any more)."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return True
    # A server that dies while it is asked gives no code to go by: psycopg2 then raises its base class.
    return isinstance(error, DatabaseError) and type(error.__cause__) is psycopg2.DatabaseError
