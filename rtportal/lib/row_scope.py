"""The second guard: PostgreSQL itself shows and takes only rows of the regions of whoever a connection acts for.

A model says beside its fields whose rows they are, and a migration of the constraint makes row-level security of it.
SQLite knows nothing like it: there, the portal's own filter stands alone. Whom a connection acts for is told by
`rtportal/accounts/row_guard.py`; the functions asked here are made by a migration of `rtportal.accounts`.
"""

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.ddl_references import Statement, Table
from django.db.migrations.operations import AddConstraint
from django.db.models import BaseConstraint, Model

_CREATE = """ALTER TABLE %(table)s ENABLE ROW LEVEL SECURITY;
ALTER TABLE %(table)s FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS %(name)s ON %(table)s;
CREATE POLICY %(name)s ON %(table)s USING (%(condition)s)"""
_REMOVE = """DROP POLICY %(name)s ON %(table)s;
ALTER TABLE %(table)s NO FORCE ROW LEVEL SECURITY;
ALTER TABLE %(table)s DISABLE ROW LEVEL SECURITY"""
# Sub-selects without a column of the row are read once for each query, not once for each row.
_IS_SYSTEM = "(SELECT rtportal_is_system())"
_WITHIN = "({code} || '.') ^@ ANY ((SELECT rtportal_areas())::text[])"
_ABOVE = "{code} = ANY ((SELECT rtportal_areas_above())::text[])"
# What is seen of the other table follows from its own policy.
_EXISTS = "EXISTS (SELECT 1 FROM {other} AS other WHERE other.{key} = {table}.{column})"


class RowScope(BaseConstraint):
    """Whose rows a table holds. Exactly one of them stands in `Meta.constraints` of every model with data of regions.

    `RowScope("village_id", name=…)`: rows with the code of a region inside the user's regions. With `above=True` rows
    of regions around them too (what `Scope.rows_touching` gives), with `unplaced=True` those with an empty code or
    none, with `used_by="waves"` those that a row seen of that reverse relation points to: a wave's hall, wherever it
    stands.
    `RowScope(through="enrolment", name=…)`: rows whose parent is seen; of several parents each must be seen, or empty.

    It says nothing about single instances, so `full_clean` passes it over.
    """

    def __init__(
        self,
        field: str = "",
        *,
        through: str | Sequence[str] = (),
        above: bool = False,
        unplaced: bool = False,
        used_by: str = "",
        name: str,
        violation_error_message: str | None = None,
    ):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.field, self.above, self.unplaced, self.used_by = field, above, unplaced, used_by
        self.through = (through,) if isinstance(through, str) else tuple(through)
        if bool(field) == bool(self.through) or (self.through and (above or unplaced or used_by)):
            raise ValueError("a RowScope has either a column with region codes or parents")

    def constraint_sql(self, model: type[Model], schema_editor) -> None:
        """Nothing inside the table's definition; the policy follows when the tables it asks stand."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: type[Model], schema_editor) -> Statement | None:
        return self._statement(_CREATE, model, schema_editor)

    def remove_sql(self, model: type[Model], schema_editor) -> Statement | None:
        return self._statement(_REMOVE, model, schema_editor)

    def validate(self, model: type[Model], instance: Model, exclude=None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Nothing that an instance alone could tell."""

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        own = {name: getattr(self, name) for name in ("field", "through", "above", "unplaced", "used_by")}
        return path, args, kwargs | {name: value for name, value in own.items() if value}

    def __eq__(self, other) -> bool:
        return self.deconstruct() == other.deconstruct() if isinstance(other, RowScope) else NotImplemented

    def __repr__(self) -> str:
        return f"<RowScope: {self.field or self.through} name={self.name!r}>"

    def condition(self, model: type[Model], quote) -> str:
        """What must hold of a row, as PostgreSQL reads it."""
        if self.through:
            return f"{_IS_SYSTEM} OR ({' AND '.join(self._parent(model, name, quote) for name in self.through)})"
        code = quote(model._meta.get_field(self.field).column)
        parts = [_IS_SYSTEM, _WITHIN.format(code=code)]
        if self.above:
            parts.append(_ABOVE.format(code=code))
        if self.unplaced:
            parts.append(f"coalesce({code}, '') = ''")
        if self.used_by:
            relation = model._meta.get_field(self.used_by)
            key = model._meta.pk.column
            parts.append(_exists(relation.related_model, relation.field.column, model, key, quote))
        return " OR ".join(parts)

    def _parent(self, model: type[Model], name: str, quote) -> str:
        field = model._meta.get_field(name)
        seen = _exists(field.related_model, field.target_field.column, model, field.column, quote)
        return f"({quote(model._meta.db_table)}.{quote(field.column)} IS NULL OR {seen})" if field.null else seen

    def _statement(self, template: str, model: type[Model], schema_editor) -> Statement | None:
        if schema_editor.connection.vendor != "postgresql":
            return None
        quote = schema_editor.quote_name
        parts = {"name": quote(self.name), "condition": self.condition(model, quote)}
        return Statement(template, table=Table(model._meta.db_table, quote), **parts)


def _exists(other: type[Model], key: str, model: type[Model], column: str, quote) -> str:
    table = quote(model._meta.db_table)
    return _EXISTS.format(other=quote(other._meta.db_table), key=quote(key), table=table, column=quote(column))


class GuardRows(AddConstraint):
    """`AddConstraint` of a RowScope to a table that stands: SQLite need not make the whole table anew for nothing.

    It locks the table for a moment. A migration of several is not `atomic`, or whoever works with two of the tables
    meanwhile could wait for it in a circle; one that ended half-way can be run again.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
