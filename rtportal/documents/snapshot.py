"""Reading many things as they were at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Whatever is read inside is of the same moment, whoever writes meanwhile; nobody is kept waiting for it.

    Inside another transaction it is as that one is. Nothing may be written inside.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _reading_only(), transaction.atomic():
            yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def _reading_only() -> Iterator[None]:
    """Transactions here take the lock for writing at once; who only reads leaves it to others."""
    # Connecting sets the mode anew.
    connection.ensure_connection()
    mode = connection.transaction_mode
    connection.transaction_mode = None
    try:
        yield
    finally:
        connection.transaction_mode = mode
