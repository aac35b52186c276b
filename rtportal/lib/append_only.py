"""A constraint that no row of a table is ever changed or deleted, on PostgreSQL and SQLite alike."""

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Model

# One function serves every table; `%%` is a percent sign for PostgreSQL.
_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append only: %%', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$"""
_ON_POSTGRESQL = {
    "change": "BEFORE UPDATE OR DELETE ON %(table)s FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "truncate": "BEFORE TRUNCATE ON %(table)s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
}
_RAISE = "FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'append only: %(plain_name)s'); END"
_ON_SQLITE = {"update": f"BEFORE UPDATE ON %(table)s {_RAISE}", "delete": f"BEFORE DELETE ON %(table)s {_RAISE}"}


class AppendOnly(BaseConstraint):
    """`AppendOnly(name="audit_event_append_only")`: the database refuses UPDATE, DELETE and TRUNCATE.

    Whoever tries gets IntegrityError. The owner of the table can still take the triggers away: what was done then is
    for a seal to find out (`rtportal/audit/chain.py`).
    """

    def constraint_sql(self, model: type[Model], schema_editor) -> None:
        """Nothing in the table's definition; the triggers follow when the table stands."""
        schema_editor.deferred_sql += self.triggers(model, schema_editor)

    def create_sql(self, model: type[Model], schema_editor) -> Statement:
        first, *others = self.triggers(model, schema_editor)
        schema_editor.deferred_sql += others
        return first

    def remove_sql(self, model: type[Model], schema_editor) -> Statement | None:
        """On SQLite the table is made anew without the constraint, and triggers go with the old one."""
        if schema_editor.connection.vendor == "sqlite":
            return None
        drops = (f"DROP TRIGGER {schema_editor.quote_name(name)} ON %(table)s" for name in self._names(_ON_POSTGRESQL))
        return Statement("; ".join(drops), table=Table(model._meta.db_table, schema_editor.quote_name))

    def triggers(self, model: type[Model], schema_editor) -> list[Statement]:
        """The statements that make them, in order."""
        # References, not text: SQLite makes a table anew under another name, and the names in them follow.
        table = Table(model._meta.db_table, schema_editor.quote_name)
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        kinds = _ON_SQLITE if is_sqlite else _ON_POSTGRESQL
        made = [
            Statement(
                f"CREATE TRIGGER {schema_editor.quote_name(name)} {body}",
                table=table,
                plain_name=self.name,
            )
            for name, body in zip(self._names(kinds), kinds.values(), strict=True)
        ]
        return made if is_sqlite else [Statement(_FUNCTION, table=table), *made]

    def validate(self, model: type[Model], instance: Model, exclude=None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Nothing in an instance says whether it was there before: the database alone refuses."""

    def __eq__(self, other) -> bool:
        return self.deconstruct() == other.deconstruct() if isinstance(other, AppendOnly) else NotImplemented

    def __repr__(self) -> str:
        return f"<AppendOnly: name={self.name!r}>"

    def _names(self, kinds) -> list[str]:
        return [f"{self.name}_{kind}" for kind in kinds]
