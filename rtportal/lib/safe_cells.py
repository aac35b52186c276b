"""Text for CSV cells that no spreadsheet program will run as a formula.

CSV has no types: a cell beginning with = + - @ is a formula to Excel and LibreOffice, also behind
spaces, tabs or line ends, and some locales take the full-width signs too. Such text gets an
apostrophe in front. The same holds after a comma, semicolon, tab or line end *inside* a cell: Excel
splits a line at the separator of its own locale and not at the file's, which makes an inner part
a cell of its own. Phones should be shown as 0812-… (`phones.display`), which needs no apostrophe.

XLSX needs none of this: `write_string` marks the cell as text.
"""

import re
from decimal import Decimal

_SKIPPED = '[\\s"\u200b-\u200f\u2060\ufeff]*'
_SIGN = "[=+\\-@＝＋－＠﹦﹢﹣﹫−]"
_RUNS = re.compile(rf"{_SKIPPED}(?:[\t\r\n]|{_SIGN})")
_INNER = re.compile(rf"([,;|\t\r\n]{_SKIPPED}+)(?={_SIGN})")


def text_cell(value: object) -> str:
    """Any value as harmless CSV text: None is "", True "Ya", a number itself, all else guarded text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, int | float | Decimal):
        return str(value)
    text = str(value).replace("\x00", "")
    start = "'" if _RUNS.match(text) else ""
    return start + _INNER.sub(r"\1'", text)
