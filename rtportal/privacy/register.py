"""The register of processing (rekaman kegiatan pemrosesan): what each app's `personal_data.py` declares, gathered.

A module may have `HOLDINGS` (a list of Holding) and `NOT_PERSONAL` (a list of NotPersonal). Every reference to an
account counts as declared by one general line, because who did a thing stands in nearly every table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby

from django.apps import apps
from django.db.models import Field, Model

from rtportal.lib.personal_data import Basis, Held, Holding, NotPersonal, Person, Protection
from rtportal.privacy.retention import retention_label

# Where the columns come from whose values lie sealed in the database.
_SEALED_FIELDS = "rtportal.lib.sealed"


@dataclass(frozen=True)
class Line:
    """One field of the register, in words."""

    group: str
    record: str
    field: str
    whose: str
    purpose: str
    basis: str
    source: str
    recipients: str
    retention: str
    protection: str


TRACES = Line(
    "Jejak petugas",
    "semua catatan",
    "akun petugas yang mencatat, mengubah, atau memutuskan",
    Person.OFFICIAL,
    "mempertanggungjawabkan siapa berbuat apa",
    Basis.LAW,
    "portal",
    "admin dan petugas di wilayahnya",
    "seperti catatannya",
    Protection.SCOPE,
)


def holdings() -> list[Holding]:
    """Every model with personal data, in the order of the apps."""
    return [one for module in _modules() for one in getattr(module, "HOLDINGS", [])]


def not_personal() -> list[NotPersonal]:
    return [one for module in _modules() for one in getattr(module, "NOT_PERSONAL", [])]


def holding_of(model: str) -> Holding:
    """The declaration of `participants.RTHead`. Raises KeyError if there is none."""
    return {one.model: one for one in holdings()}[model]


def lines() -> list[Line]:
    """The register as it is read and exported, field by field, by kind of data."""
    found = [_line(holding, held) for holding in holdings() for held in holding.fields]
    return [*sorted(found, key=lambda line: _place(line.group)), TRACES]


def groups() -> list[tuple[str, list[list[Line]]]]:
    """The same for reading: by kind of data, and in it the fields of one record together."""
    return [
        (name, [list(fields) for _, fields in groupby(some, key=lambda line: line.record)])
        for name, some in groupby(lines(), key=lambda line: line.group)
    ]


def forgotten() -> list[str]:
    """Fields that nobody declared, as `participants.RTHead.name`; the register is whole while there are none."""
    declared = {one.model: _known(one) for one in holdings()}
    plain = {one.model for one in not_personal()}
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.label not in plain
        for field in model._meta.concrete_fields
        if not _goes_without_saying(field) and field.name not in declared.get(model._meta.label, ())
    ]


def unknown() -> list[str]:
    """Declarations of what does not exist (any more), or that were made twice."""
    models = {model._meta.label: model for model in apps.get_models()}
    names = [one.model for one in [*holdings(), *not_personal()]]
    wrong = [name for name in names if name not in models or names.count(name) > 1]
    for one in holdings():
        if one.model in models:
            fields = {field.name for field in models[one.model]._meta.concrete_fields}
            wrong += [f"{one.model}.{name}" for name in _known(one) - fields]
    return wrong


def label_of(holding: Holding, held: Held) -> str:
    """What people call the field."""
    if held.what:
        return held.what
    return str(_model(holding)._meta.get_field(held.name).verbose_name)


def _line(holding: Holding, held: Held) -> Line:
    return Line(
        group=holding.group,
        record=holding.record or str(_model(holding)._meta.verbose_name),
        field=label_of(holding, held),
        whose=held.whose or holding.whose,
        purpose=holding.purpose,
        basis=holding.basis,
        source=holding.source,
        recipients=holding.recipients,
        retention=retention_label(held.retention or holding.retention),
        protection=_protection(holding, held),
    )


def _protection(holding: Holding, held: Held) -> str:
    """As declared, and what the column itself does."""
    field = _model(holding)._meta.get_field(held.name)
    is_sealed = type(field).__module__ == _SEALED_FIELDS and held.protection != Protection.SEALED
    return f"disimpan tersandi, {held.protection}" if is_sealed else held.protection


def _place(group: str) -> int:
    """Kinds of data stand in the order in which they are first declared."""
    return list(dict.fromkeys(one.group for one in holdings())).index(group)


def _known(holding: Holding) -> set[str]:
    return {held.name for held in holding.fields} | set(holding.others)


def _goes_without_saying(field: Field) -> bool:
    """Keys, and references: what they lead to is declared where it stands, officials by `TRACES`."""
    return field.primary_key or field.is_relation


def _model(holding: Holding) -> type[Model]:
    return apps.get_model(holding.model)


@cache
def _modules() -> list:
    return list(_found())


def _found() -> Iterator:
    for app in apps.get_app_configs():
        name = f"{app.name}.personal_data"
        if app.name.split(".")[0] in _OURS and find_spec(name):
            yield import_module(name)


_OURS = {"rtportal", "programs", "sessions", "participants"}
