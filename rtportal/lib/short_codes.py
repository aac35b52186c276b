"""Short codes such as `KQ7-3MT`: what somebody types who has a letter in hand and no link.

Six of thirty signs: none that looks like another one of them when printed (no I, L, O, U, 0, 1), so a code read off
paper is one code or none. What is typed is never guessed at: where a sign is in no code, the sentence says so.
"""

import re
import secrets
import unicodedata

from rtportal.lib.errors import InputError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6

# What people put between the two halves, by hand or by a keyboard that corrects them.
_BETWEEN = re.compile(r"[\s\-‐‑‒–—−_.,/]+")
# Signs that no code has, with what they may have been on paper.
_MISREAD = {
    "0": "angka 0; lihat lagi, mungkin Q atau D",
    "O": "huruf O; lihat lagi, mungkin Q atau D",
    "1": "angka 1; lihat lagi, mungkin J, T, atau 7",
    "I": "huruf I; lihat lagi, mungkin J, T, atau 7",
    "L": "huruf L; lihat lagi, mungkin J, E, atau 7",
    "U": "huruf U; lihat lagi, mungkin V",
}


class ShortCodeError(InputError):
    """What was typed cannot be a short code."""


def make_code() -> str:
    """A new code, `KQ73MT`: one of 729 million, unforeseeable. Whether it is taken already only the database knows."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def show_code(code: str) -> str:
    """ "KQ73MT" -> "KQ7-3MT", as it is printed and read out."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read_code(typed: str) -> str:
    """ "kq7 3mt", "KQ7-3MT", "Kq73mT" -> "KQ73MT".

    Raises ShortCodeError, with a sentence that says what is wrong, for anything that cannot be a code.
    """
    code = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed[:100])).upper()
    if not code:
        raise ShortCodeError("Ketik kode yang tertulis pada surat, misalnya KQ7-3MT.")
    for sign in code:
        if sign in _MISREAD:
            raise ShortCodeError(f"Kode tidak pernah memakai {_MISREAD[sign]}.")
        if sign not in ALPHABET:
            raise ShortCodeError("Kode hanya terdiri atas huruf dan angka, misalnya KQ7-3MT.")
    if len(code) != LENGTH:
        raise ShortCodeError(
            f"Kode terdiri atas {LENGTH} huruf dan angka, misalnya KQ7-3MT. Yang diketik: {len(code)}."
        )
    return code
