"""A constraint that no two rows of the same key share any time, on PostgreSQL and SQLite alike."""

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.models import BaseConstraint, Model

# Ranges of a single number need no extension for whole numbers in a GiST index.
_EXCLUDE = (
    "CONSTRAINT %(name)s EXCLUDE USING gist "
    "(int8range(%(key)s, %(key)s, '[]') WITH &&, tstzrange(%(starts)s, %(ends)s) WITH &&)"
)
# SQLite knows no exclusion. Its text of an instant sorts like the instant; there is one writer at a time, so what the
# trigger does not see cannot be written beside it either.
_TRIGGER = """CREATE TRIGGER %(name)s BEFORE %(event)s ON %(table)s FOR EACH ROW
BEGIN
  SELECT RAISE(ABORT, 'EXCLUDE constraint failed: %(plain_name)s') WHERE EXISTS (
    SELECT 1 FROM %(table)s
    WHERE %(key)s = NEW.%(key)s AND %(starts)s < NEW.%(ends)s AND %(ends)s > NEW.%(starts)s%(others)s
  );
END"""
_EVENTS = {"insert": "", "update": " AND rowid <> OLD.rowid"}


class NoOverlap(BaseConstraint):
    """`NoOverlap(key="venue", starts="starts_at", ends="ends_at", name="hall_taken_once")`.

    Where one row ends, the next may start. `key` is a field with whole numbers or a foreign key, `starts` and `ends`
    are instants; none of them may be empty. A row that breaks it raises IntegrityError.
    """

    def __init__(self, *, key: str, starts: str, ends: str, name: str, violation_error_message: str | None = None):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.key, self.starts, self.ends = key, starts, ends

    def constraint_sql(self, model: type[Model], schema_editor):
        """The line in the table's definition; on SQLite nothing, its triggers follow when the table stands."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.deferred_sql += [self._trigger(model, schema_editor, event) for event in _EVENTS]
            return None
        return Statement(_EXCLUDE, **self._parts(model, schema_editor, self.name))

    def create_sql(self, model: type[Model], schema_editor) -> Statement:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.deferred_sql.append(self._trigger(model, schema_editor, "update"))
            return self._trigger(model, schema_editor, "insert")
        return Statement(
            "ALTER TABLE %(table)s ADD %(constraint)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            constraint=self.constraint_sql(model, schema_editor),
        )

    def remove_sql(self, model: type[Model], schema_editor) -> Statement | None:
        """On SQLite the table is made anew without the constraint, and triggers go with the old one."""
        if schema_editor.connection.vendor == "sqlite":
            return None
        name = schema_editor.quote_name(self.name)
        return schema_editor._delete_constraint_sql(schema_editor.sql_delete_check, model, name)

    def validate(self, model: type[Model], instance: Model, exclude=None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Raises ValidationError if a row of the database overlaps the instance."""
        fields = (self.key, self.starts, self.ends)
        key, starts, ends = (getattr(instance, model._meta.get_field(name).attname) for name in fields)
        if set(fields) & set(exclude or ()) or None in (key, starts, ends):
            return
        overlapping = {self.key: key, f"{self.starts}__lt": ends, f"{self.ends}__gt": starts}
        if model._default_manager.using(using).filter(**overlapping).exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"key": self.key, "starts": self.starts, "ends": self.ends}

    def __eq__(self, other) -> bool:
        return self.deconstruct() == other.deconstruct() if isinstance(other, NoOverlap) else NotImplemented

    def __repr__(self) -> str:
        return f"<NoOverlap: key={self.key!r} starts={self.starts!r} ends={self.ends!r} name={self.name!r}>"

    def _trigger(self, model: type[Model], schema_editor, event: str) -> Statement:
        parts = self._parts(model, schema_editor, f"{self.name}_{event}")
        return Statement(_TRIGGER, **parts, event=event.upper(), others=_EVENTS[event], plain_name=self.name)

    def _parts(self, model: type[Model], schema_editor, name: str) -> dict:
        # References, not text: SQLite makes a table anew under another name, and the names in them follow.
        table, quote = model._meta.db_table, schema_editor.quote_name
        columns = {part: model._meta.get_field(getattr(self, part)).column for part in ("key", "starts", "ends")}
        return {part: Columns(table, [column], quote) for part, column in columns.items()} | {
            "table": Table(table, quote),
            "name": quote(name),
        }
