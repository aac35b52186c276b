"""Rows of one file that speak of the same RT, NIK or telephone."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise

from participants.roster_file.entries import Entry
from rtportal.lib.clock import short_date
from rtportal.lib.names import fold

# How many other rows a sentence about repeated values lists.
LISTED = 5

Say = Callable[[Entry, str], None]


def find_repeats(entries: Iterable[Entry], *, accuse: Say, doubt: Say, place: Callable[[str], str]) -> set[int]:
    """Tell every row of a repeated RT or NIK why it cannot be applied (`accuse`): which is right nobody can know.

    The same telephone in two rows is worth a look (`doubt`). An RT whose rows are terms that follow one another is no
    repetition: the last one holds the office, and knows the one before as `former`. Returns the identities (`id`) of
    those before it, which are not applied. `place(code)` names a village.
    """
    by_unit, by_nik, by_phone = defaultdict(list), defaultdict(list), defaultdict(list)
    for entry in entries:
        if entry.village:
            by_unit[entry.key].append(entry)
        if entry.nik:
            by_nik[entry.nik].append(entry)
        if entry.phone:
            by_phone[entry.phone].append(entry)
    over: set[int] = set()
    for same in by_unit.values():
        if len(same) > 1 and not _follow(same, over, doubt):
            _tell(same, f"{same[0].unit} {place(same[0].village)} tertulis {len(same)} kali", accuse)
    for same in by_nik.values():
        if len(same) > 1:
            _tell(same, f"NIK yang sama tertulis {len(same)} kali", accuse)
    for same in by_phone.values():
        if len(same) > 1:
            _tell(same, f"Nomor HP yang sama tertulis {len(same)} kali", doubt)
    return over


def _follow(same: list[Entry], over: set[int], doubt: Say) -> bool:
    """Whether these are the heads of one RT one after the other, told by the dates of their terms."""
    if sum(entry.starts is None for entry in same) > 1:
        return False
    # The first term may have begun at any time.
    in_order = sorted(same, key=lambda entry: entry.starts or date.min)
    pairs = list(pairwise(in_order))
    for former, later in pairs:
        if not former.ends or former.ends > later.starts or fold(former.name) == fold(later.name):
            return False
    for former, later in pairs:
        later.former = former
        over.add(id(former))
        doubt(former, f"Ketua sebelumnya: masa baktinya diakhiri {short_date(former.ends)}, diganti {later.full_name}.")
    return True


def _tell(same: list[Entry], text: str, say: Say) -> None:
    for entry in same:
        others = [other for other in same if other is not entry] if len(same) <= LISTED else []
        listed = ", ".join(_where(other, entry) for other in others or same[:LISTED])
        where = f"lihat juga baris {listed}" if others else f"antara lain di baris {listed}"
        say(entry, f"{text} dalam berkas ini; {where}.")


def _where(other: Entry, entry: Entry) -> str:
    return str(other.row) if other.sheet == entry.sheet else f"{other.row} lembar {other.sheet}"
