"""Which columns of an export somebody wants, in which order: as the form shows and sends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from rtportal.documents.registry import Export
from rtportal.documents.tables import Column
from rtportal.lib.keys import parse_key

TICKED, PLACE, MARK = "kolom", "urutan-", "susun"
_LAST = 10**9


@dataclass(frozen=True)
class ColumnLine:
    """One line of the form: whether the column is ticked and its number, 1 first."""

    column: Column
    is_chosen: bool
    place: int


def column_lines(export: Export, chosen: Sequence[str]) -> list[ColumnLine]:
    """The chosen columns in their order, then the others unticked; all ticked if none is chosen."""
    columns = {column.name: column for column in export.columns()}
    first = [name for name in chosen if name in columns] or list(columns)
    rest = [name for name in columns if name not in first]
    return [ColumnLine(columns[name], name in first, place) for place, name in enumerate([*first, *rest], start=1)]


def has_choice(form: QueryDict) -> bool:
    """The form shows columns at all: a plain button asks for all of them."""
    return MARK in form


def sent_columns(form: QueryDict) -> list[str]:
    """Names of the ticked columns by their numbers; what is no number comes last, equal ones as the form has them."""
    ticked = list(dict.fromkeys(form.getlist(TICKED)))
    return sorted(ticked, key=lambda name: _place(form.get(f"{PLACE}{name}", "")))


def sent_params(form: QueryDict) -> Mapping[str, str]:
    """What `open_export` takes, from a form with or without a choice of columns."""
    return form.dict() | ({"columns": ",".join(sent_columns(form))} if has_choice(form) else {})


def _place(typed: str) -> int:
    number = parse_key(typed.strip())
    return _LAST if number is None else number
