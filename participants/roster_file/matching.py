"""Which of some names a misspelled one means: certain only where no other name of the same parent is near.

A wrong match writes one village's heads into another, and a question costs a click; so a match is certain only if it
is close and everything else is far.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from rtportal.lib.names import fold

# Words that tell places of one name apart: none of them is a misspelling of another, or of nothing.
_APART = frozenset(
    {"baru", "lama", "barat", "timur", "utara", "selatan", "tengah", "hulu", "hilir", "ulu", "ilir", "raya", "atas",
     "bawah", "dalam", "luar", "kanan", "kiri", "kiwa", "besar", "kecil", "jaya", "indah", "makmur", "muara", "ujung",
     "pasar", "kota", "pulau", "seberang"}
)  # fmt: skip
_NUMBERS = {
    word: str(number)
    for words in ("i ii iii iv v vi vii viii ix x", "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh")
    for number, word in enumerate(words.split(), start=1)
}
_DIGITS = re.compile(r"\d+")
# A longer name is not worth comparing letter by letter: no village has one.
_LONGEST = 60
# Fewer letters are the beginning of too much.
_SHORTEST = 4
# Slips by which every other name must be further away: so one that was meant and has two slips is never overlooked.
_GAP = 3


class Match(NamedTuple):
    """The names that may be meant, the nearest first, and whether it is the first beyond doubt."""

    names: list[str]
    is_certain: bool


def key(name: str) -> str:
    """For comparing names of places: "Muara Uya" and "MUARAUYA" are one, and so are "Masingai II" and "Masingai 2"."""
    words = fold(name).split()
    if len(words) > 1:
        words[-1] = _NUMBERS.get(words[-1], words[-1])
    return "".join(words)


def closest(typed: str, names: Iterable[str]) -> Match:
    """The names near to what was typed. Names with equal keys do not come here: they are no misspellings."""
    mine = key(typed)
    if not mine or len(mine) > _LONGEST:
        return Match([], False)
    limit = _limit(mine)
    near, offered, rivals = [], [], 0
    for name in names:
        theirs = key(name)
        far = distance(mine, theirs, limit + _GAP)
        is_cut_short = len(mine) >= _SHORTEST and theirs.startswith(mine)
        is_longer = len(theirs) >= _SHORTEST and mine.startswith(theirs)
        if far <= limit + _GAP:
            near.append((far, name))
        if far <= limit + 1 or is_cut_short or is_longer:
            offered.append((far, name))
        # Whoever cuts a name short may mean each that begins so, however long it is.
        rivals += is_cut_short
    near.sort()
    is_certain = bool(near) and near[0][0] <= limit and not rivals and not _told_apart(typed, near[0][1])
    is_alone = len(near) == 1 or (len(near) > 1 and near[1][0] >= near[0][0] + _GAP)
    return Match([name for _, name in sorted(offered)], is_certain and is_alone)


def distance(one: str, other: str, most: int) -> int:
    """Letters to put in, leave out, change or swap with the next one (optimal string alignment); above `most` just
    more than it.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, theirs in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _limit(mine: str) -> int:
    """How many slips of the finger a name of this length may have."""
    return 0 if len(mine) < 5 else 1 if len(mine) < 8 else 2


def _told_apart(typed: str, name: str) -> bool:
    """Whether what was typed holds a number or a word that the name does not: then another place is meant."""
    if _DIGITS.findall(key(typed)) != _DIGITS.findall(key(name)):
        return True
    written, there = fold(typed).split(), fold(name).split()
    mine, theirs = key(typed), key(name)
    said = {word for word in _APART if word in written or mine.endswith(word)}
    return any(word not in there and not theirs.endswith(word) for word in said)
