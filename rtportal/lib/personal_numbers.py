"""Numbers of people wherever they stand in a text: NIKs and mobile telephones, hidden or masked."""

import re
from collections.abc import Callable
from typing import Any

from rtportal.lib import nik, phones

# Sixteen digits alone, together or in the groups in which people write them: `6309 0612 0370 0001`, `63.09.06.…`.
_NIK = re.compile(r"(?<![\w.,-])\d{2}(?:[ .-]?\d{2}){7}(?![\w]|[.,]\d)")
# +62 812-3456-7890, 62812…, 0812…; not within a longer word or number.
_PHONE = re.compile(r"(?<![\w.,-])(?:\+?62[ -]?|0)8\d{1,2}(?:[ .-]?\d{2,4}){2,3}(?![\w]|[.,-]\d)")


def hidden_numbers(text: str) -> str:
    """For logs: `[NIK]` and `[nomor HP]` instead of the numbers."""
    return _PHONE.sub("[nomor HP]", _NIK.sub("[NIK]", text))


def masked_numbers(text: str) -> str:
    """For what people read: `6309••••••••0001` and `0812-••••-7890`."""
    return _PHONE.sub(_masked_phone, masked_niks(text))


def masked_niks(text: str) -> str:
    """For what goes out or comes in as a message, where a telephone may stand: `6309••••••••0001`."""
    return _NIK.sub(lambda found: nik.mask(_digits(found[0])), text)


def masked_in(value: Any) -> Any:
    """The same JSON value with `masked_numbers` in each of its texts."""
    return _each_text(value, masked_numbers)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [_each_text(each, change) for each in value]
    if isinstance(value, dict):
        return {name: _each_text(each, change) for name, each in value.items()}
    return value


def _masked_phone(found: re.Match) -> str:
    digits = _digits(found[0])
    return phones.masked(f"+62{digits.removeprefix('62').removeprefix('0')}")


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))
