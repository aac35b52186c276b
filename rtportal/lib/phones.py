"""Indonesian mobile numbers: from what people type and spreadsheets damage to E.164 and back.

Spaces, dashes, a lost leading zero or a doubled prefix are mended here with cheap string work;
whether the number that comes out can receive a message is the phonenumbers library's word alone.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from phonenumbers import PhoneNumber, PhoneNumberType, number_type

from rtportal.lib.errors import InputError
from rtportal.lib.nik import hidden

_EXAMPLE = "Isi nomor HP, misalnya 0812-3456-7890."
_LOST = (
    "Nomor telepon kehilangan angka karena disimpan sebagai bilangan: {}. "
    "Ubah kolomnya menjadi teks, lalu ketik ulang nomornya."
)
# Excel writes "8,12346E+10" for 81234567890, and takes that for 81234600000. Of a hundred thousand numbers one ends so.
_LOST_END = "00000"
_INDONESIA = 62
# Shortest and longest Indonesian mobile number after the leading zero.
_SHORTEST, _LONGEST = 9, 12
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
_DECORATION = re.compile(r"[\s().'\-\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_MOBILE_START = re.compile(r"\s*(0|\+?62[\s-]?)8")
_LANDLINE = re.compile(r"\+?[\d\s().-]{6,20}")
_FEWEST_DIGITS = 6
_EXPONENT = re.compile(r"(\d)(?:[.,](\d*))?[eE]\+?(\d{1,2})")


class PhoneError(InputError):
    """A number to which no message can be sent."""


def parse_mobile(value: str | int | float) -> str:
    """What was typed, or the number a spreadsheet made of it, as E.164: "+6281234567890".

    Takes "0812-3456-7890", "62812…", "+62 812-…", "812…" and numeric cells (812… or 62812…, whose
    zero is lost). Scientific notation *as text* is mended only while it still shows every digit:
    "8,1234567890E+10" is whole, "8,12E+10" has lost its end, and filling it with zeros would send
    a personal link to a stranger. A numeric cell has all its digits, unless it ends in zeros where
    such a notation was read back as a number.

    Raises PhoneError: empty, letters, two numbers, landline, foreign, too short, too long, service.
    """
    typed = _as_text(value)
    digits = _whole_digits(typed)
    if not isinstance(value, str) and digits.endswith(_LOST_END):
        raise PhoneError(_LOST.format(_shown(typed)))
    if digits.startswith(("+", "00")):
        country = digits.lstrip("+").removeprefix("00")
        if not country.startswith("62"):
            raise PhoneError(f"Nomor luar negeri belum bisa menerima pesan: {_shown(typed)}. {_EXAMPLE}")
        national = country[2:]
    elif digits.startswith("62"):
        national = digits[2:]
    else:
        national = digits
    # "+62 0812…" is written by many; no Indonesian number has a second leading zero.
    national = national.removeprefix("0")
    _refuse_unreachable(national, typed)
    return f"+{_INDONESIA}{national}"


def searched(typed: str) -> str:
    """The number that somebody searches for, in E.164, however they spell it; "" if it is no whole mobile number.

    Numbers lie sealed in the database, so nothing finds a part of one.
    """
    try:
        return parse_mobile(typed)
    except PhoneError:
        return ""


def parse_office_phone(typed: str) -> str:
    """The telephone of an office or a speaker: a mobile number as E.164, a landline as it was typed.

    Raises PhoneError for anything that is no telephone number.
    """
    if _MOBILE_START.match(typed):
        return parse_mobile(typed)
    if not _LANDLINE.fullmatch(typed) or sum(map(str.isdigit, typed)) < _FEWEST_DIGITS:
        raise PhoneError("Isi nomor telepon dengan angka, misalnya 0526-2021234 atau 0812-3456-7890.")
    return typed


def display(e164: str) -> str:
    """Shows "+6281234567890" as "0812-3456-7890"; what is not an Indonesian E.164 number is returned as it is."""
    if not e164.startswith("+62"):
        return e164
    return _grouped("0" + e164[3:])


def masked(e164: str) -> str:
    """Shows "+6281234567890" as "0812-••••-7890": enough to recognise one's own number, not to call it."""
    number = "0" + e164[3:] if e164.startswith("+62") else e164
    if len(number) <= 8:
        return "•" * len(number)
    return f"{number[:4]}-{'•' * (len(number) - 8)}-{number[-4:]}"


def _as_text(value: str | int | float) -> str:
    if isinstance(value, str):
        return unicodedata.normalize("NFKC", value).strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PhoneError(f"Nomor telepon tidak terbaca: {_shown(str(value))}. {_EXAMPLE}")
    try:
        exact = Decimal(value)
        if exact == exact.to_integral_value() and 0 <= exact < 10**18:
            return str(int(exact))
    except InvalidOperation:
        pass
    raise PhoneError(f"Nomor telepon tidak terbaca: {_shown(str(value))}. {_EXAMPLE}")


def _whole_digits(typed: str) -> str:
    """The digits of one number, with a "+" in front if there was one."""
    scientific = _EXPONENT.fullmatch(typed.lstrip("'"))
    if scientific:
        mantissa = scientific[1] + (scientific[2] or "")
        if len(mantissa) != int(scientific[3]) + 1:
            raise PhoneError(_LOST.format(_shown(typed)))
        return mantissa
    # "81234567890.0" is how some programs write a numeric cell into CSV.
    bare = _DECORATION.sub("", re.sub(r"(?<=\d{9})[.,]0$", "", typed))
    if not bare:
        raise PhoneError(f"Nomor telepon kosong. {_EXAMPLE}")
    plus, digits = ("+", bare[1:]) if bare.startswith("+") else ("", bare)
    if digits.isascii() and digits.isdigit():
        return plus + digits
    if re.search(r"\d{8}[^\d]+\d{8}", bare):
        raise PhoneError(f"Tulis satu nomor telepon saja, bukan dua: {_shown(typed)}.")
    raise PhoneError(f"Nomor telepon hanya boleh berisi angka: {_shown(typed)}. {_EXAMPLE}")


def _refuse_unreachable(national: str, typed: str) -> None:
    if len(national) <= 15 and not national.startswith("0") and national:
        kind = number_type(PhoneNumber(country_code=_INDONESIA, national_number=int(national)))
        if kind in _MOBILE:
            return
        if kind == PhoneNumberType.FIXED_LINE:
            raise PhoneError(f"Nomor telepon rumah tidak bisa menerima pesan: {_shown(typed)}. {_EXAMPLE}")
        if kind != PhoneNumberType.UNKNOWN:
            raise PhoneError(f"Nomor layanan tidak bisa menerima pesan: {_shown(typed)}. {_EXAMPLE}")
    if len(national) < _SHORTEST:
        raise PhoneError(f"Nomor telepon terlalu pendek: {_shown(typed)}. {_EXAMPLE}")
    if len(national) > _LONGEST:
        raise PhoneError(f"Nomor telepon terlalu panjang: {_shown(typed)}. {_EXAMPLE}")
    raise PhoneError(f"Bukan nomor HP Indonesia: {_shown(typed)}. {_EXAMPLE}")


def _grouped(number: str) -> str:
    return "-".join(part for part in (number[:4], number[4:8], number[8:]) if part)


def _shown(typed: str) -> str:
    safe = hidden(typed)
    return safe if len(safe) <= 40 else safe[:40] + "…"
