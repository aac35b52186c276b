"""What the cells of a column look like: what share of them could be a NIK, a telephone number, a village …"""

import re
from collections.abc import Callable, Iterable
from datetime import date

from participants.roster_file import cells
from participants.roster_file.places import Places
from rtportal.lib.names import fold
from rtportal.regions.codes import DISTRICT, VILLAGE

_APART = re.compile(r"[\s.'()\-–]+")
_NIK = re.compile(r"\d{16}|\d+(?:,\d+)?E\+?15", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+?62|0)?0?8\d{7,11}|(?:62)?8,?\d*E\+?1[0-2]", re.IGNORECASE)
_CODE = re.compile(r"\d{2}\.?\d{2}\.?\d{2}\.?\d{4}")
_BOTH = re.compile(r"RT[\s.:]*\d{1,3}\s?[A-Z]?[\s./,-]*RW[\s.:]*\d{1,3}|\d{1,3}\s*/\s*\d{1,3}", re.IGNORECASE)
_UNIT = re.compile(r"(?:R[TW][\s.:]*)?(?:NO[\s.:]*)?\d{1,3}\s?[A-Z]?", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[a-z]+)[-/. ]\d{4}|\d{4}-\d\d-\d\d", re.IGNORECASE)
_PREFIX = re.compile(r"(?:kelurahan|kel|desa|ds|kecamatan|kec) (?=.)")

Looks = dict[str, Callable[[object, str], bool]]


def looks(places: Places) -> Looks:
    """For each kind of content, whether a cell (as it is, and as text) could be one."""
    named = {
        level: {_key(p.name) for p in places.by_code.values() if p.level == level} for level in (VILLAGE, DISTRICT)
    }

    def is_place(said: str, level: int) -> bool:
        folded = fold(said)
        return _key(folded) in named[level] or _key(_PREFIX.sub("", folded, count=1)) in named[level]

    def is_unit(cell: object, said: str) -> bool:
        return bool(_UNIT.fullmatch(said))

    def is_day(cell: object, said: str) -> bool:
        return isinstance(cell, date) or bool(_DAY.fullmatch(said))

    return {
        "nik": lambda cell, said: bool(_NIK.fullmatch(_APART.sub("", said))),
        "phone": lambda cell, said: bool(_PHONE.fullmatch(_APART.sub("", said))),
        "email": lambda cell, said: "@" in said and " " not in said,
        "code": lambda cell, said: isinstance(cell, str) and bool(_CODE.fullmatch(said)),
        "unit": lambda cell, said: bool(_BOTH.fullmatch(said)),
        "unit_rw_first": lambda cell, said: bool(_BOTH.fullmatch(said)),
        "village": lambda cell, said: is_place(said, VILLAGE),
        "district": lambda cell, said: is_place(said, DISTRICT),
        "number": is_unit,
        "rw": is_unit,
        "starts": is_day,
        "ends": is_day,
        "status": lambda cell, said: said.casefold().strip(" .") in cells.STATUSES,
        "name": lambda cell, said: isinstance(cell, str) and _is_name(said),
    }


def share(column: Iterable[tuple[object, str]], look: Callable[[object, str], bool]) -> float:
    """How many of the filled cells of a column look so, from 0 to 1; 0 for an empty column."""
    filled = [look(cell, said) for cell, said in column if said]
    return sum(filled) / len(filled) if filled else 0.0


def is_running(column: Iterable[tuple[object, str]]) -> bool:
    """Whether a column counts the rows: 1, 2, 3 …"""
    said = [text.rstrip(".") for _, text in column if text]
    if len(said) < 2 or not all(text.isascii() and text.isdigit() and len(text) < 6 for text in said):
        return False
    numbers = [int(text) for text in said]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _is_name(said: str) -> bool:
    letters = sum(c.isalpha() for c in said)
    return letters >= 3 and letters >= 0.6 * len(said) and not any(c.isdigit() for c in said)


def _key(name: str) -> str:
    return fold(name).replace(" ", "")
