"""The rows of a CSV file, whatever program wrote it: separator and encoding are found out, not asked."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

SEPARATORS = (",", ";", "\t", "|")
# Only where they part more lines into columns than those do.
RARE_SEPARATORS = ("^", "~", "¦", "#", "*", "&", "!", ":", "=", "§")
_SAMPLE_ROWS = 50
_BINARY = re.compile("[\x00-\x08\x0e-\x1f]")
_EXCEL_HINT = re.compile(r"\ufeff?\"?sep=([^\s\w\"]|\t)\"?\r?\n?", re.IGNORECASE)


class NotText(ValueError):
    """The bytes are not text in any encoding that spreadsheet programs write."""


def decode(data: bytes) -> str:
    """Text from UTF-8 (with BOM or not), UTF-16 ("Unicode text"; with BOM or not) or Windows-1252.

    Raises NotText if control characters show that it is a picture, a program or the like.
    """
    has_utf16_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if has_utf16_mark else _without_mark(data)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _BINARY.search(text):
            break
        return text
    raise NotText


def _without_mark(data: bytes) -> list[str]:
    """Every other byte of western UTF-16 is NUL, which no text of one byte for a letter has."""
    odd, even = data[1:400:2], data[0:400:2]
    if len(data) > 1 and not any(odd) and any(even):
        return ["utf-16-le"]
    return ["utf-16-be"] if len(data) > 1 and any(odd) and not any(even) else ["utf-8-sig", "cp1252"]


def rows(text: str) -> Iterator[list[str]]:
    """Each record as a list of texts; an Excel line "sep=;" is obeyed and not a record.

    Raises csv.Error for a quotation mark that is never closed over 128 KiB.
    """
    hint = _EXCEL_HINT.match(text)
    body = text[hint.end() :] if hint else text
    separator = hint[1] if hint else _separator(body)
    return csv.reader(io.StringIO(body, newline=""), delimiter=separator)


def _separator(text: str) -> str:
    """The separator under which most of the first rows have the same number (three or more) of cells.

    Counting characters would be misled by the commas in "H. Ahmad, S.Pd., M.M.".
    """

    def agreement(separator: str) -> tuple[int, int]:
        sample = islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _SAMPLE_ROWS)
        try:
            widths = Counter(len(row) for row in sample if len(row) >= 3)
        except csv.Error:
            # Under another separator than the file's a quotation mark within a cell may seem to begin one.
            return 0, 0
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    usual = max(SEPARATORS, key=agreement)
    rare = max(RARE_SEPARATORS, key=agreement)
    return rare if agreement(rare)[0] > agreement(usual)[0] else usual
