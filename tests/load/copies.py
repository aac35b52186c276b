"""Many rows from one: `INSERT … SELECT` with every column of a row that the portal made, but for those that differ.

So a column that a model gains later is filled as the portal fills it, and a million rows take seconds, not an hour.
"""

from django.db import connection, models
from django.db.models import AutoField


def copy_of(row: models.Model, source: str, **different: str) -> int:
    """Insert a row like `row` for each row of `source`; returns how many came.

    `source` is what follows FROM in SQL, `different` gives columns as SQL expressions over it; rows that a unique
    constraint refuses are left out. PostgreSQL only.
    """
    fields = [field for field in row._meta.local_concrete_fields if not isinstance(field, AutoField)]
    columns = [field.column for field in fields]
    if unknown := set(different) - set(columns):
        raise ValueError(f"{row._meta.label} has no {', '.join(sorted(unknown))}")
    quoted = connection.ops.quote_name
    values = ", ".join(different.get(name, f"template.{quoted(name)}") for name in columns)
    table = quoted(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(map(quoted, columns))}) "
            f"SELECT {values} FROM (SELECT * FROM {table} WHERE {quoted(row._meta.pk.column)} = %s) AS template, "
            f"{source} ON CONFLICT DO NOTHING",
            [row.pk],
        )
        return cursor.rowcount


def run(statement: str) -> None:
    """One statement of SQL without parameters."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
