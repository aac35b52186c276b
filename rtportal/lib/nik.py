"""NIK, the 16-digit number of a resident: checked, masked, encrypted, and found again by a keyed hash.

PPKKCC DDMMYY SSSS: province, kabupaten/kota, kecamatan of first issue; birth date (a woman's day
plus 40); serial. Keys are handed in: any secret of 16 bytes or more, text or bytes. Refusals never
repeat the NIK itself, because they end up in previews and logs.
"""

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from rtportal.lib.errors import InputError

Key = str | bytes

# Kemendagri's 38 provinces; the codes of the four made in 2022 are only in recent NIKs.
_PROVINCE = re.compile("1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6]")
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAMAGED = (
    "NIK rusak karena disimpan sebagai angka: Excel hanya menyimpan 15 angka pertama dari 16. "
    "Ubah kolom NIK menjadi teks, lalu ketik ulang NIK-nya."
)
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_SEPARATORS = re.compile(r"[\s.'\-\u200b-\u200f\u2060\ufeff]+")
_LIKE_NIK = re.compile(r"\d(?:[\s.'\-\u200b-\u200f\u2060\ufeff]?\d){14,}")


class NikError(InputError):
    """Something that is no NIK, or no longer one."""


def check_nik(value: object) -> str:
    """The 16 digits of a NIK written as text; spaces, dots and dashes between them are dropped.

    Raises NikError: a number instead of text (digits are already lost), not 16 digits, unknown
    province, impossible kabupaten/kota or kecamatan, impossible birth date, serial 0000.
    """
    if isinstance(value, int | float):
        raise NikError(_DAMAGED)
    typed = unicodedata.normalize("NFKC", str(value or "")).strip()
    if _SCIENTIFIC.fullmatch(typed) or re.fullmatch(r"\d{16}[.,]0", typed):
        raise NikError(_DAMAGED)
    nik = _SEPARATORS.sub("", typed)
    if not (nik.isascii() and nik.isdigit()):
        raise NikError("NIK kosong." if not nik else "NIK hanya boleh berisi 16 angka.")
    if len(nik) != 16:
        raise NikError(f"NIK harus 16 angka, yang tertulis {len(nik)} angka.")
    _refuse_implausible(nik)
    return nik


def mask(nik: str) -> str:
    """Shows "6309061203700001" as "6309••••••••0001". A text too short to hide half of it is hidden wholly."""
    if len(nik) < 16:
        return "•" * len(nik)
    return f"{nik[:4]}{'•' * (len(nik) - 8)}{nik[-4:]}"


def hidden(text: str) -> str:
    """The text with every row of digits that is or may be a NIK (a mistyped one has 15 or 17) masked.

    For what repeats a cell: people put a NIK under any heading.
    """
    return _LIKE_NIK.sub(lambda found: mask(_SEPARATORS.sub("", found[0])), text)


def hidden_in(value: Any, *, but: Collection[str] = ()) -> Any:
    """The same JSON value with every text in it `hidden`, except what lies under the names in `but`."""
    if isinstance(value, str):
        return hidden(value)
    if isinstance(value, list | tuple):
        return [hidden_in(each, but=but) for each in value]
    if isinstance(value, dict):
        return {name: each if name in but else hidden_in(each, but=but) for name, each in value.items()}
    return value


def encrypt(nik: str, keys: Sequence[Key]) -> str:
    """The NIK as a Fernet token (text) under the first key; each call gives another token."""
    return _fernets(tuple(keys)).encrypt(nik.encode()).decode()


def decrypt(token: str, keys: Sequence[Key]) -> str:
    """The NIK in a token made with any of the keys, so an old key may stay in the list after a change.

    Raises NikError if none of them fits.
    """
    try:
        return _fernets(tuple(keys)).decrypt(token.encode()).decode()
    except InvalidToken:
        raise NikError("NIK tersimpan tidak bisa dibuka dengan kunci yang terpasang.") from None


def digest(nik: str, key: Key) -> str:
    """HMAC-SHA256 of the NIK as 64 hex digits: equal NIKs meet, without the key nothing can be guessed."""
    return hmac.new(_derived(key, b"digest"), nik.encode(), hashlib.sha256).hexdigest()


def _refuse_implausible(nik: str) -> None:
    if not _PROVINCE.fullmatch(nik[:2]):
        raise NikError(f"NIK tidak wajar: tidak ada provinsi berkode {nik[:2]}.")
    if nik[2:4] == "00" or nik[4:6] == "00":
        raise NikError("NIK tidak wajar: kode kabupaten/kota atau kecamatannya 00.")
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    day = day - 40 if day > 40 else day
    leap_day_without_leap_year = (day, month) == (29, 2) and year % 4
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS_IN_MONTH[month - 1] or leap_day_without_leap_year:
        raise NikError("NIK tidak wajar: bagian tanggal lahirnya (angka ke-7 sampai ke-12) tidak ada.")
    if nik[12:] == "0000":
        raise NikError(_DAMAGED)


@lru_cache(maxsize=8)
def _fernets(keys: tuple[Key, ...]) -> MultiFernet:
    return MultiFernet(Fernet(base64.urlsafe_b64encode(_derived(key, b"encrypt"))) for key in keys)


@lru_cache(maxsize=8)
def _derived(key: Key, purpose: bytes) -> bytes:
    # One key per purpose, so the same secret may serve both without one weakening the other.
    secret = key.encode() if isinstance(key, str) else key
    if len(secret) < 16:
        raise ValueError("a NIK key needs at least 16 bytes")
    return hmac.new(secret, b"rtportal/nik/v1/" + purpose, hashlib.sha256).digest()
