"""One cell of a roster to one value. Every refusal is an InputError with a sentence that names the column."""

import re
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from participants.models import RTHead
from rtportal.lib import nik
from rtportal.lib.clock import MONTHS, SHORT_MONTHS, short_date
from rtportal.lib.errors import InputError

_NOTHING = re.compile(r"[-–—.]+|tidak ada|n/?a", re.IGNORECASE)
_UNIT = re.compile(r"0*(\d{1,3})\s?([A-Z]?)")
_UNIT_PREFIX = re.compile(r"(?:RT|RW)\b[\s.:/-]*(?:NO(?:MOR)?\b[\s.:]*)?|(?:RT|RW)(?=\d)")
_ONE = r"\d{1,3}\s?[A-Z]?"
_BOTH = re.compile(
    rf"RT[\s.:-]*(?:NO[\s.:]*)?(?P<rt>{_ONE})[\s./,;&-]*RW[\s.:-]*(?:NO[\s.:]*)?(?P<rw>\d{{1,3}})"
    rf"|RW[\s.:-]*(?:NO[\s.:]*)?(?P<rw2>\d{{1,3}})[\s./,;&-]*RT[\s.:-]*(?:NO[\s.:]*)?(?P<rt2>{_ONE})"
)
# Two bare numbers, as identity cards write them; "5/2" may be a date.
_PADDED_PAIR = re.compile(r"(\d{3}[A-Z]?)\s*/\s*(\d{3})")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]00:00(?::00)?)?")
_IN_WORDS = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})", re.IGNORECASE)
_MONTH_NUMBERS = {
    name.casefold(): number for names in (MONTHS, SHORT_MONTHS) for number, name in enumerate(names, start=1)
} | {"agt": 8, "agust": 8, "ags": 8, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2, "sept": 9}
_EARLIEST, _LATEST = date(1945, 8, 17), date(2100, 12, 31)
# Day zero of spreadsheets, and the numbers that are days between the two dates above.
_DAY_ZERO = date(1899, 12, 30)
_check_email = EmailValidator()

STATUSES = {
    "definitif": RTHead.Status.DEFINITIVE,
    "tetap": RTHead.Status.DEFINITIVE,
    "plt": RTHead.Status.ACTING,
    "pelaksana tugas": RTHead.Status.ACTING,
    "perpanjangan": RTHead.Status.EXTENDED,
    "diperpanjang": RTHead.Status.EXTENDED,
}


def text(cell: object) -> str:
    """What a cell says, on one line without invisible signs; a whole number without its ".0"; "-" says nothing."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    said = cell if isinstance(cell, str) else shown(cell)
    if not said.isprintable():
        said = "".join(" " if c.isspace() else c for c in said if c.isprintable() or c.isspace())
    said = " ".join(said.split())
    return "" if _NOTHING.fullmatch(said) else said


def beginning(said: str, most: int) -> str:
    """At most so many letters of what a cell says, for repeating it; a NIK is masked before it is cut in two."""
    return nik.hidden(said)[:most]


def shown(cell: object) -> str:
    """A cell as a person reads it, for repeating it in a sentence."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return short_date(cell)
    if isinstance(cell, bool):
        return "Ya" if cell else "Tidak"
    return "" if cell is None else str(cell)


def unit_number(cell: object, title: str) -> str:
    """The number of an RT or RW (`title`) as on identity cards: "RT.5", "5", 5.0 → "005", "5a" → "005A"; "" for none.

    Raises InputError: anything else, among them dates, into which spreadsheets turn "5/2".
    """
    typed = text(cell)
    if not typed:
        return ""
    upper = typed.upper()
    match = _UNIT.fullmatch(_UNIT_PREFIX.sub("", upper, count=1) if upper.startswith(title) else upper)
    if not match or (title == "RT" and not int(match[1])):
        raise InputError(f"Nomor {title} tidak terbaca: “{beginning(typed, 30)}”. Tulis angkanya saja, misalnya 005.")
    if not int(match[1]):
        return ""
    return f"{int(match[1]):03d}{match[2]}"


def unit_numbers(cell: object) -> tuple[str, str]:
    """The numbers in a cell of the RT's column that may hold the RW's too: "RT 05/RW 02", "005/002" → ("005", "002").

    ("005", "") where there is only one. Raises InputError.
    """
    upper = text(cell).upper()
    if match := _BOTH.fullmatch(upper):
        rt, rw = match["rt"] or match["rt2"], match["rw"] or match["rw2"]
    elif match := _PADDED_PAIR.fullmatch(upper):
        rt, rw = match.groups()
    else:
        return unit_number(cell, "RT"), ""
    return unit_number(rt, "RT"), unit_number(rw, "RW")


def day(cell: object, title: str) -> date | None:
    """A date cell, or a date as people write it, the day first; None for an empty cell.

    Raises InputError: no whole date, a day that does not exist, a year nobody means.
    """
    typed = text(cell)
    if not typed:
        return None
    try:
        found = _date_of(cell, typed)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise InputError(
            f"{title} tidak terbaca: “{beginning(typed, 30)}”. Tulis tanggal lengkap, misalnya 31-12-2027."
        )
    return usual(found, title)


def usual(found: date, title: str) -> date:
    """The same date. Raises InputError for a year nobody means."""
    if not _EARLIEST <= found <= _LATEST:
        raise InputError(f"{title} tidak wajar: {short_date(found)}.")
    return found


def _date_of(cell: object, typed: str) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        found = _DAY_ZERO + timedelta(days=int(cell))
        # A bare year is also a number, but as a day it would lie before 1945.
        return found if found >= _EARLIEST else None
    if match := _DAY_FIRST.fullmatch(typed):
        return date(int(match[4]), int(match[3]), int(match[1]))
    if match := _YEAR_FIRST.fullmatch(typed):
        return date(int(match[1]), int(match[3]), int(match[4]))
    if match := _IN_WORDS.fullmatch(typed):
        month = _MONTH_NUMBERS.get(match[2].casefold())
        return date(int(match[3]), month, int(match[1])) if month else None
    return None


def email(cell: object) -> str:
    """An e-mail address in lower case; "" for an empty cell. Raises InputError."""
    typed = text(cell).lower()
    if typed:
        try:
            _check_email(typed)
        except ValidationError:
            raise InputError(f"Alamat e-mail tidak benar: “{beginning(typed, 60)}”. Contoh: nama@contoh.id.") from None
        if len(typed) > 254:
            raise InputError("Alamat e-mail terlalu panjang.")
    return typed


def status(cell: object) -> str:
    """A value of `RTHead.Status`; "" for an empty cell. Raises InputError."""
    typed = text(cell)
    if not typed:
        return ""
    found = STATUSES.get(typed.casefold().strip(" ."))
    if found is None:
        raise InputError(f"Status tidak dikenal: “{beginning(typed, 30)}”. Pilih Definitif, Plt, atau Perpanjangan.")
    return found.value
