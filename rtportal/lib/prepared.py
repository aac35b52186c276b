"""Statements that are put together and planned once and afterwards only get other parameters.

Django composes the SQL of a QuerySet anew each time, and PostgreSQL plans it anew; for a join of a few tables both take
several times as long as reading the rows. A page that thousands of people open on one morning saves that work here.
"""

import itertools
import re
import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

_numbers = itertools.count(1)


class PreparedStatement:
    """SQL with `%s` for each parameter, from a function of the connection; prepared once in each session."""

    def __init__(self, sql_for: Callable[[Any], str]):
        self._sql_for = sql_for
        self._name = f"prepared_{next(_numbers)}"
        # Each thread has connections of its own.
        self._of_thread = threading.local()

    def run(self, parameters: Sequence) -> tuple[int, list[tuple]]:
        """How many rows it found or changed, and those it returns (none unless it reads)."""
        mine, connection = self._of_thread, connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            # The session is another one after the connection was closed or lost.
            if getattr(mine, "session", None) is not connection.connection:
                mine.sql, mine.session = self._prepare(connection, cursor), connection.connection
            cursor.execute(mine.sql, parameters)
            return cursor.rowcount, cursor.fetchall() if cursor.description else []

    def _prepare(self, connection, cursor) -> str:
        sql = self._sql_for(connection)
        # SQLite's driver keeps its statements prepared by itself. Behind a pooler that lends sessions for one
        # transaction at a time nothing can be prepared; Django's setting for that is heeded here too.
        if connection.vendor != "postgresql" or connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            return sql
        numbers = itertools.count(1)
        numbered, count = re.subn("%s", lambda _: f"${next(numbers)}", sql)
        cursor.execute(f"PREPARE {self._name} AS {numbered}")
        return f"EXECUTE {self._name} ({', '.join(['%s'] * count)})"


class PreparedQuery:
    """`PreparedQuery(lambda key: Model.objects.filter(key=key).values_list("a", "b"), "?")`, then `.rows("x")`.

    The query is written as a QuerySet, so it follows the models. The function is called with the placeholder instead
    of a value and returns a `values_list` that has it as its only parameter; raises ValueError at the first use if
    there are others.
    """

    def __init__(self, build: Callable[[Any], QuerySet], placeholder: Any):
        self._build, self._placeholder = build, placeholder
        self._of_thread = threading.local()
        self._statement = PreparedStatement(self._compile)

    def rows(self, value: Any) -> list[tuple]:
        """All rows, with the values the QuerySet would give."""
        _, rows = self._statement.run((value,))
        mine = self._of_thread
        return list(map(tuple, mine.compiler.apply_converters(rows, mine.converters))) if mine.converters else rows

    def _compile(self, connection) -> str:
        compiler = self._build(self._placeholder).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        if tuple(parameters) != (self._placeholder,):
            raise ValueError(f"a prepared query has one parameter, not {parameters}")
        mine = self._of_thread
        mine.compiler = compiler
        mine.converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
        return sql
