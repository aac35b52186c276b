"""Columns whose values lie sealed in the database (`sealing.py`) and are plain text in Python.

What the database cannot do with sealed values is refused with a FieldError, instead of finding nothing: only equality
is left. Sorting by such a column tells nothing. During a rotation of keys the same value may lie there in two forms:
lookups with a value find both, comparing column with column finds those in the same form only.
"""

import json
import zlib
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.expressions import Expression
from django.db.models.lookups import Exact, In

from rtportal.lib.sealing import is_sealed, open_bytes, open_sealed, seal, seal_bytes, stored_forms

_ALLOWED = {"exact", "in", "isnull"}
# From this length on JSON is compressed before it is sealed: sealed text cannot be compressed by the database.
_COMPRESSED_FROM = 1000
_COMPRESSED, _PLAIN = b"z", b"j"


class _OnlyEquality:
    """What a sealed column can be asked."""

    def get_lookup(self, lookup_name: str):
        if lookup_name not in _ALLOWED:
            raise FieldError(f"{self.name} is sealed: it can only be looked up by its whole value, not {lookup_name}")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str):
        raise FieldError(f"{self.name} is sealed: the database cannot read it for {lookup_name}")


class SealedCharField(_OnlyEquality, models.CharField):
    """Text of at most `max_length` characters. Columns with the same `context` can be compared with each other."""

    description = "text, sealed"

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"context": self.context}

    def db_type(self, connection) -> str:
        """Longer than the plain text, by more than it is worth to reckon."""
        return "text"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return seal(value, self.context) if isinstance(value, str) else value

    def from_db_value(self, value: str | None, expression: Expression, connection: Any) -> str | None:
        return open_sealed(value, self.context) if value else value


class _SealedIn(In):
    def get_prep_lookup(self):
        if not self.rhs_is_direct_value():
            return super().get_prep_lookup()
        context = self.lhs.output_field.context
        return [form for value in self.rhs if value is not None for form in stored_forms(value, context)]


class _SealedExact(Exact):
    """With a value, it is looked for in every form that it may have."""

    def as_sql(self, compiler, connection):
        if self.rhs_is_direct_value() and self.typed:
            return _SealedIn(self.lhs, [self.typed]).as_sql(compiler, connection)
        return super().as_sql(compiler, connection)

    def get_prep_lookup(self):
        self.typed = self.rhs if isinstance(self.rhs, str) else ""
        return super().get_prep_lookup()


class SealedJSONField(_OnlyEquality, models.JSONField):
    """JSON, kept as a JSON string that is sealed. What is empty is kept as it is, so `column=[]` finds it."""

    description = "JSON, sealed"

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"context": self.context}

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value and not isinstance(value, Expression):
            value = self.sealed(value)
        return super().get_db_prep_value(value, connection, prepared)

    def sealed(self, value: Any) -> str:
        """The string that lies in the database instead of the value."""
        text = json.dumps(value, cls=self.encoder, separators=(",", ":")).encode()
        is_long = len(text) >= _COMPRESSED_FROM
        return seal_bytes(_COMPRESSED + zlib.compress(text, 1) if is_long else _PLAIN + text, self.context)

    def from_db_value(self, value: Any, expression: Expression, connection: Any) -> Any:
        found = super().from_db_value(value, expression, connection)
        if not (isinstance(found, str) and is_sealed(found)):
            return found
        content = open_bytes(found, self.context)
        body = zlib.decompress(content[1:]) if content[:1] == _COMPRESSED else content[1:]
        return json.loads(body, cls=self.decoder)


SealedCharField.register_lookup(_SealedExact)
SealedCharField.register_lookup(_SealedIn)
