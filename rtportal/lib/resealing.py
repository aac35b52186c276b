"""Bringing sealed columns under the first key, whatever they lie under now: plain from before, or an older key.

Made for tables that are in use: short transactions of some rows each, which are locked while they are rewritten. What
is done already is passed over, so it can be stopped at any instant and begun again.
"""

from collections.abc import Callable, Iterator

from django.db import connection, models, transaction
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast

from rtportal.lib.sealed import SealedCharField, SealedJSONField
from rtportal.lib.sealing import newest_mark

# Rows in one transaction; JSON may be megabytes.
_ROWS, _ROWS_WITH_JSON = 500, 50
# What is empty is not sealed.
_EMPTY_JSON = ["[]", "{}", "null", '""', "0", "false"]


def sealed_columns(model: type[models.Model]) -> list[models.Field]:
    """The sealed columns of a model's own table."""
    return [
        field for field in model._meta.local_concrete_fields if isinstance(field, SealedCharField | SealedJSONField)
    ]


def stale_rows(model: type[models.Model]) -> models.QuerySet:
    """Rows with a value that does not lie under the first key."""
    rows, stale = model._base_manager.order_by("pk"), Q(pk__in=[])
    for field in sealed_columns(model):
        raw = f"stored_{field.name}"
        rows = rows.annotate(**{raw: Cast(F(field.name), TextField())})
        is_json = isinstance(field, SealedJSONField)
        mark = f'"{newest_mark()}' if is_json else newest_mark()
        empty = {f"{raw}__in": _EMPTY_JSON if is_json else [""]}
        stale |= Q(**{f"{raw}__isnull": False}) & ~Q(**empty) & ~Q(**{f"{raw}__startswith": mark})
    return rows.filter(stale)


def reseal(model: type[models.Model], *, progress: Callable[[int], None] | None = None) -> int:
    """Rewrite all `stale_rows`; returns how many. `progress` is told after each transaction how many so far.

    Raises SealError for a value that no key opens; what was rewritten until then stays.
    """
    fields = sealed_columns(model)
    names = [field.name for field in fields]
    has_json = any(isinstance(field, SealedJSONField) for field in fields)
    count = 0
    for keys in _in_parts(stale_rows(model), _ROWS_WITH_JSON if has_json else _ROWS):
        with transaction.atomic():
            # As they are now: somebody may have written since they were found.
            rows = model._base_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
            found = list(rows.only("pk", *names))
            _write(found, model, fields)
        count += len(found)
        if progress:
            progress(count)
    return count


def _write(rows: list[models.Model], model: type[models.Model], fields: list[models.Field]) -> None:
    """The sealed columns of the rows. `bulk_update` takes ten times as long, and tables may have millions of rows."""
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    where = f"WHERE {quote(model._meta.pk.column)} = %s"
    update = f"UPDATE {quote(model._meta.db_table)} SET {columns} {where}"  # noqa: S608 - names of our own
    values = [[one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(update, [[*sealed, row.pk] for sealed, row in zip(values, rows, strict=True)])


def _in_parts(rows: models.QuerySet, size: int) -> Iterator[list]:
    last = None
    while True:
        further = rows if last is None else rows.filter(pk__gt=last)
        keys = list(further.values_list("pk", flat=True)[:size])
        if not keys:
            return
        yield keys
        last = keys[-1]
