"""What a text costs as SMS: its characters in the alphabet of telephones (GSM 03.38) and the parts it is sent in.

One character outside that alphabet, such as a long dash, makes the whole text cost more than double, so `plain` takes
out those that only look nice.
"""

import unicodedata
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
_SIMPLER = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("‘’‚ʼ′`", "'"),
        **dict.fromkeys("“”„″«»", '"'),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        "…": "...",
        "•": "-",
        "×": "x",
    }
)
# How many fit into one SMS, and into each part of a longer one, which carries its number besides.
_ALONE, _PART = 160, 153
_ALONE_UNICODE, _PART_UNICODE = 70, 67


@dataclass(frozen=True, slots=True)
class SmsSize:
    """`characters` as people count them; `parts` as providers do; `is_unicode`: letters no plain SMS has."""

    characters: int
    parts: int
    is_unicode: bool


def plain(text: str) -> str:
    """The text with typographic signs and accents replaced by those a plain SMS has; other scripts stay."""
    simpler = text.translate(_SIMPLER)
    return simpler if simpler.isascii() else "".join(map(_without_accents, simpler))


def size(text: str) -> SmsSize:
    """The size of a text as SMS; an empty one needs no part."""
    is_unicode = not all(char in _BASIC or char in _EXTENDED for char in text)
    if is_unicode:
        widths, alone, part = [1 + (ord(char) > 0xFFFF) for char in text], _ALONE_UNICODE, _PART_UNICODE
    else:
        widths, alone, part = [1 + (char in _EXTENDED) for char in text], _ALONE, _PART
    return SmsSize(len(text), _parts(widths, alone, part), is_unicode)


def _parts(widths: list[int], alone: int, part: int) -> int:
    if sum(widths) <= alone:
        return int(bool(widths))
    parts, used = 1, 0
    for width in widths:
        # What takes two places is never cut in two.
        if used + width > part:
            parts, used = parts + 1, 0
        used += width
    return parts


def _without_accents(char: str) -> str:
    if char in _BASIC or char in _EXTENDED:
        return char
    base = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    return base if base and all(part in _BASIC or part in _EXTENDED for part in base) else char
