"""Rows of a roster that are nobody's: totals, the place for signatures below the table, numbers for rows left empty."""

import re
from collections.abc import Mapping

from participants.roster_file import cells
from participants.roster_file.blocks import line
from rtportal.lib.clock import MONTHS
from rtportal.lib.names import fold
from rtportal.lib.sheets import SheetRow

_UNITS = {"number", "unit", "unit_rw_first"}
_TOTAL = re.compile(r"(?:(?:grand|sub) ?)?(?:jumlah|jml|total)(?: .*)?")
_AMOUNT = re.compile(r"[\d.,]+(?: ?(?:orang|jiwa|rt|rw|kk|ketua rt))?", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:mengetahui|menyetujui|mengesahkan|disahkan|(?:dibuat|disusun|diperiksa) oleh|yang membuat)(?: .*)?"
)
# Alone in its row; beside something else it may be where and when a person was born.
_DATED = re.compile(rf"[a-z ]+ \d{{1,2}} (?:{'|'.join(MONTHS).lower()}) \d{{4}}")
# A person's row says more, but for what is filled in from above.
_MOST_CELLS = 3


def nobodys(rows: list[SheetRow], at: Mapping[str, int]) -> list[SheetRow]:
    """Those of the rows that no person stands in; `at` says where the columns are.

    A total is a word for one beside amounts only. A place for signatures begins with its words ("Mengetahui", a place
    and a day) and goes on over rows without an RT. Rows with nothing in any column that is used say nothing either,
    unless they name the place of those below.
    """
    units = [index for key, index in at.items() if key in _UNITS]
    places = {at[key] for key in ("village", "district") if key in at}
    found, is_signed = [], False
    for row in rows:
        if _is_person(row, at, units):
            is_signed = False
            continue
        said = [text for cell in row.cells if (text := cells.text(cell))]
        is_short = len(said) <= _MOST_CELLS and not any(cells.text(row.cells[index]) for index in units)
        is_signed = is_short and (is_signed or _begins_signatures(said))
        is_empty = not any(cells.text(row.cells[index]) for index in at.values()) and not line(row, places)
        if is_signed or is_empty or _is_total(said):
            found.append(row)
    return found


def _is_person(row: SheetRow, at: Mapping[str, int], units: list[int]) -> bool:
    """Whether a row plainly is somebody's, as nearly all are."""
    name = row.cells[at["name"]] if "name" in at else ""
    if not isinstance(name, str) or not name[:1].isalpha() or not any(cells.text(row.cells[unit]) for unit in units):
        return False
    return not _TOTAL.fullmatch(fold(name))


def _begins_signatures(said: list[str]) -> bool:
    folded = [fold(text) for text in said]
    return any(map(_SIGNED.fullmatch, folded)) or (len(folded) == 1 and _DATED.fullmatch(folded[0]) is not None)


def _is_total(said: list[str]) -> bool:
    words = [text for text in said if not _AMOUNT.fullmatch(text)]
    return bool(words) and all(_TOTAL.fullmatch(fold(text)) for text in words)
