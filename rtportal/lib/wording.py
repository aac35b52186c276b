"""Texts with words in braces that officials may edit: `Yth. {nama}, kami tunggu pada {waktu}.`

A word in braces stands for a value, and nothing else happens: no logic, no formats, no attributes. `{{` and `}}` are
the braces themselves. Values are put in as they are, so braces in somebody's name are only braces.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache

from rtportal.lib.errors import InputError

_TOKEN = re.compile(r"(?P<brace>\{\{|\}\})|\{(?P<word>[^{}\n]*)\}|(?P<stray>[{}])")
# Sixteen digits in a row, also as they stand on an identity card or in a spreadsheet: with blanks, dots or dashes.
_NIK = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)")
_SHOWN = 40


class WordingError(InputError):
    """A text that cannot be used; the sentence says where and why."""


def variables_in(text: str) -> list[str]:
    """The words in braces, each once, in the order in which they first appear. Raises WordingError: a stray brace."""
    return list(dict.fromkeys(_parsed(text)[1]))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every word in braces replaced by its value.

    Raises WordingError for a stray brace and for a word that has no value; never for a text that `check` took with
    the same words.
    """
    pattern, words = _parsed(text)
    try:
        return pattern % tuple([values[word] for word in words])
    except KeyError as error:
        raise WordingError(_unknown(error.args[0], values)) from None


def check(text: str, words: Collection[str], *, required: Iterable[str] = ()) -> None:
    """Refuse a text that must not be sent.

    Raises WordingError: a stray brace; a word that is none of `words`, by its name; one of `words` in doubled braces,
    which would be sent as it stands; a `required` word that is missing; anything that looks like a NIK.
    """
    used = variables_in(text)
    for word in used:
        if word not in words:
            raise WordingError(_unknown(word, words))
    for word in words:
        if "{{" + word + "}}" in text:
            raise WordingError(f"Tulis {{{word}}} dengan satu kurung kurawal di setiap sisi, bukan dua.")
    missing = [f"{{{word}}}" for word in required if word not in used]
    if missing:
        raise WordingError(f"Teks ini harus memuat {' dan '.join(missing)}.")
    if found := _NIK.search(text):
        raise WordingError(
            f"Baris {_line(text, found.start())}: ada 16 angka berurutan seperti NIK. NIK tidak boleh ditulis di pesan."
        )


@lru_cache(maxsize=512)
def _parsed(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as a pattern for `%` and the word for each of its places."""
    pattern: list[str] = []
    words: list[str] = []
    end = 0
    for token in _TOKEN.finditer(text):
        pattern.append(text[end : token.start()].replace("%", "%%"))
        end = token.end()
        if token["brace"]:
            pattern.append(token["brace"][0])
        elif token["stray"]:
            raise WordingError(_stray(text, token.start()))
        elif not token["word"].strip():
            raise WordingError(f"Baris {_line(text, token.start())}: di antara {{ dan }} belum ada kata.")
        else:
            pattern.append("%s")
            words.append(token["word"])
    pattern.append(text[end:].replace("%", "%%"))
    return "".join(pattern), tuple(words)


def _unknown(word: str, words: Iterable[str]) -> str:
    known = sorted(words)
    near = get_close_matches(word.strip().casefold(), known, n=1, cutoff=0.6)
    shown = word if len(word) <= _SHOWN else word[:_SHOWN] + "…"
    if near:
        return f"Kata {{{shown}}} tidak dikenal; mungkin maksud Anda {{{near[0]}}}?"
    offered = ", ".join(f"{{{one}}}" for one in known)
    return f"Kata {{{shown}}} tidak dikenal. Yang dapat dipakai: {offered or 'tidak ada'}."


def _stray(text: str, position: int) -> str:
    line = _line(text, position)
    if text[position] == "{":
        return (
            f"Baris {line}: kurung kurawal {{ belum ditutup. Tulis kata di antara {{ dan }}, misalnya {{nama}}; "
            "untuk tanda kurung kurawal itu sendiri tulis {{."
        )
    return (
        f"Baris {line}: ada }} tanpa {{ di depannya. Tulis kata di antara {{ dan }}, misalnya {{nama}}; "
        "untuk tanda kurung kurawal itu sendiri tulis }}."
    )


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
