"""Places on earth as Indonesians type them: -2,17 and 115,38, or a pair copied from a map."""

import re

from rtportal.lib.errors import InputError

# A map copies "-2.170123, 115.381234"; some write "-2,17; 115,38" or leave only a blank between.
_NUMBER = r"[+-]?\d{1,3}(?:[.,]\d{1,15})?"
_SINGLE = re.compile(_NUMBER, re.ASCII)
_PAIR = re.compile(rf"({_NUMBER})(?:\s*;\s*|,?\s+)({_NUMBER})", re.ASCII)
# Where both have a point, a comma without a blank parts them too.
_TIGHT_PAIR = re.compile(r"([+-]?\d{1,3}\.\d{1,15}),([+-]?\d{1,3}\.\d{1,15})", re.ASCII)
_DIGITS = 6  # a hand's breadth


class CoordinateError(InputError):
    """What was typed is no place on earth."""


def parse_coordinate(text: str, most: int) -> float:
    """Degrees typed with a comma or a point: "-2,17" and "-2.17" are -2.17. `most` is 90 or 180.

    Raises CoordinateError for anything else.
    """
    typed = text.strip().replace("\u2212", "-")
    if not _SINGLE.fullmatch(typed):
        raise CoordinateError(f"“{text.strip()[:40]}” bukan koordinat. Tulis seperti -2,17 atau -2.17.")
    degrees = round(float(typed.replace(",", ".")), _DIGITS)
    if abs(degrees) > most:
        raise CoordinateError(f"Koordinat ini paling jauh {most} derajat dari nol.")
    return degrees + 0.0


def split_pair(text: str) -> tuple[str, str] | None:
    """The two halves of "lintang, bujur" typed or pasted into one field; None for what is not a pair.

    "-2,17" is one number, "-2.17,115.38" and "-2,17, 115,38" are pairs.
    """
    typed = text.strip().strip("()").replace("\u2212", "-")
    found = _PAIR.fullmatch(typed) or _TIGHT_PAIR.fullmatch(typed)
    return (found[1], found[2]) if found else None


def words(latitude: float, longitude: float) -> str:
    """`-2,17; 115,38`."""
    return f"{written(latitude)}; {written(longitude)}"


def written(degrees: float) -> str:
    """As Indonesians write the number: `-2,17`."""
    return f"{degrees:.{_DIGITS}f}".rstrip("0").rstrip(".").replace(".", ",")
