"""Row codes such as `17-4` on printed attendance sheets: the number of a row and a check digit.

The check digit is Damm's (H. Michael Damm, 2004): one wrong digit and two neighbours that changed places always give a
code that does not exist, so nobody is entered in place of somebody else. Codes are digits alone, `174`, so the numeric
keypad is enough; the dash is for the eye.
"""

import re
import unicodedata

from rtportal.lib.errors import InputError

EXAMPLE = "17-4"
# More rows than any hall has seats: what is longer are two codes without a blank between them.
_MOST_DIGITS = 7
_DASH = "-‐‑‒–—−"
_FORM = re.compile(rf"(\d+)[{_DASH}]?(\d)", re.ASCII)
# A totally anti-symmetric quasigroup of order 10 with zeros on its diagonal.
_QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


class RowCodeError(InputError):
    """What was typed is no row code."""


def make_row_code(number: int) -> str:
    """17 -> "174". Raises ValueError for what is no row's number: rows are counted from 1."""
    if number < 1:
        raise ValueError(f"no row has the number {number}")
    return f"{number}{_residue(str(number))}"


def show_row_code(code: str) -> str:
    """ "174" -> "17-4", as it is printed."""
    return f"{code[:-1]}-{code[-1]}"


def read_row_code(typed: str) -> int:
    """ "17-4", "174", " 17–4 " -> 17.

    Raises RowCodeError, with a sentence that says what is wrong, for anything that is no row's code.
    """
    text = unicodedata.normalize("NFKC", typed[:40]).strip()
    if not text:
        raise RowCodeError(f"Ketik kode baris yang tertulis di kolom No, misalnya {EXAMPLE}.")
    digits = re.sub(rf"[{_DASH}]", "", text)
    if not (digits.isascii() and digits.isdigit()):
        raise RowCodeError(f"“{_shown(text)}” bukan kode baris. Kode baris hanya angka, misalnya {EXAMPLE}.")
    if len(digits) == 1:
        raise RowCodeError(f"“{text}” kurang satu angka. Ketik juga angka setelah tanda hubung, misalnya {EXAMPLE}.")
    if len(digits) > _MOST_DIGITS:
        raise RowCodeError(f"“{_shown(text)}” terlalu panjang. Beri spasi di antara dua kode.")
    if not _FORM.fullmatch(text):
        raise RowCodeError(f"“{text}” salah tulis. Tanda hubung berdiri sebelum angka terakhir, misalnya {EXAMPLE}.")
    if digits.startswith("0"):
        raise RowCodeError(f"“{text}” diawali nol. Kode baris tidak diawali nol, misalnya {EXAMPLE}.")
    if _residue(digits):
        raise RowCodeError(f"“{text}” salah ketik: tidak ada baris dengan kode itu. Lihat lagi lembarnya.")
    return int(digits[:-1])


def _residue(digits: str) -> int:
    """The check digit of the digits; 0 if they end with their own."""
    interim = 0
    for digit in digits:
        interim = _QUASIGROUP[interim][int(digit)]
    return interim


def _shown(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
