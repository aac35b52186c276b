"""A query whose SQL is put together once and afterwards only gets another parameter.

Django composes the SQL of a QuerySet anew each time; for a join of a few tables that takes several times as long as
the database needs to answer. A page that thousands of people open on one morning saves that work here. The query is
still written as a QuerySet, so it follows the models and works on every database.
"""

import threading
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet


class FixedQuery:
    """`FixedQuery(lambda key: Model.objects.filter(key=key).values_list("a", "b"), "?")`, then `.rows("x")`.

    The function is called with the placeholder instead of a value and returns a `values_list` that has it as its
    only parameter; raises ValueError at the first use if there are others.
    """

    def __init__(self, build: Callable[[Any], QuerySet], placeholder: Any):
        self._build, self._placeholder = build, placeholder
        # What converts a column belongs to a connection, and each thread has connections of its own.
        self._of_thread = threading.local()

    def rows(self, value: Any) -> list[tuple | list]:
        """All rows, with the values the QuerySet would give."""
        connection = connections[DEFAULT_DB_ALIAS]
        if getattr(self._of_thread, "connection", None) is not connection:
            self._compile(connection)
        with connection.cursor() as cursor:
            cursor.execute(self._of_thread.sql, (value,))
            rows = cursor.fetchall()
        converters = self._of_thread.converters
        return list(self._of_thread.compiler.apply_converters(rows, converters)) if converters else rows

    def _compile(self, connection) -> None:
        compiler = self._build(self._placeholder).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        if tuple(params) != (self._placeholder,):
            raise ValueError(f"a fixed query has one parameter, not {params}")
        mine = self._of_thread
        mine.sql, mine.compiler, mine.connection = sql, compiler, connection
        mine.converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
