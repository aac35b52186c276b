"""Which column of a sheet is which: by its heading, by the words in it, and by what stands below.

A heading that is known decides by itself, unless all below it is plainly something else. A heading that is only like
one needs content that agrees. Content alone is shown as a guess, but a human has to say so.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from participants.roster_file import cells
from participants.roster_file.columns import CHOICES, KNOWN, known_as, listed, missing, squeezed
from participants.roster_file.contents import Looks, is_running, share
from rtportal.lib.names import fold
from rtportal.lib.sheet_headers import BELOW
from rtportal.lib.sheets import SheetRow

SAMPLE_ROWS = 120
# Fewer cells show nothing about their column.
FEWEST = 3
AGREES, PLAINLY = 0.5, 0.9
# What is told apart from everything else by its look.
PLAIN = ("nik", "phone", "email", "code", "unit", "village", "district")
# What is looked for by content alone, in this order: whatever a cell could be besides comes later.
BY_CONTENT = ("nik", "phone", "email", "code", "unit", "village", "district", "number", "name")
# Of somebody or something else than the head of the RT: never taken unless the whole heading is known.
OTHERS = re.compile(
    r"\b(istri|suami|pasangan|sekretaris|bendahara|wakil|ibu|ayah|anak|kk|keluarga|darurat|lurah|kades|camat|kepala"
    r"|kantor|rumah|lahir|kelahiran|jalan|dusun|lingkungan|bank|rekening|panggilan|lama|pengganti|jumlah|perkawinan)\b"
)
_WORDS = (
    ("phone", re.compile(r"\b(hp|hape|wa|whats ?app|telp|tlp|tel[ef]pon|telfon|handphone|ponsel|kontak|seluler)\b")),
    ("nik", re.compile(r"\b(nik|ktp)\b")),
    ("email", re.compile(r"\b(e ?mail|surel)\b")),
    ("code", re.compile(r"\bkode\b.*\b(desa|kelurahan|kel|wilayah|kemendagri)\b")),
    ("district", re.compile(r"\b(kecamatan|kec)\b")),
    ("village", re.compile(r"\b(desa|kelurahan|kel|ds|nagari|gampong|pekon)\b")),
    ("starts", re.compile(r"\b(mulai|awal|tmt)\b")),
    ("ends", re.compile(r"\b(akhir|berakhir|selesai|sampai)\b")),
    ("name", re.compile(r"\bnama\b")),
    ("unit_rw_first", re.compile(r"\brw\b.*\brt\b")),
    ("unit", re.compile(r"\brt\b.*\brw\b")),
    ("rw", re.compile(r"\brw\b")),
    ("number", re.compile(r"\brt\b")),
)
_OF_RW = re.compile(r"\brw\b")
_SPELLED_LIKE = 0.85


@dataclass(frozen=True, slots=True)
class Guess:
    """`at`: the columns as far as they are guessed, key to place; `problems`: why a human has to look at them."""

    at: dict[str, int]
    problems: list[str] = field(default_factory=list)


def guess_columns(header: list[str], rows: Sequence[SheetRow], looks: Looks, given: set[str]) -> Guess:
    """The columns of sheets with this header; `given` are the keys that need none, since the sheet itself says them."""
    columns = _sampled(header, rows)
    shares = [{key: share(column, look) for key, look in looks.items()} for column in columns]
    enough = [sum(bool(said) for _, said in column) >= FEWEST for column in columns]
    problems, sure, likely = [], defaultdict(list), defaultdict(list)
    for index, heading in enumerate(header):
        if key := known_as(heading):
            key, problem = _checked(key, heading, shares[index] if enough[index] else {})
            problems += [problem] if problem else []
            sure[key].append(index)
        elif (key := _by_words(heading)) and shares[index][key] >= AGREES:
            likely[key].append(index)
    at = {}
    for key in {**sure, **likely}:
        if key == "number" and key not in sure and {"unit", "unit_rw_first"} & sure.keys():
            continue
        found = sure.get(key) or likely[key]
        # One of two with the same heading may be left over and empty.
        found = [index for index in found if any(said for _, said in columns[index])] or found[:1]
        at[key] = found[0]
        if len(found) > 1:
            titles = listed([f"“{header[index] or 'tanpa judul'}”" for index in found])
            problems.append(f"Ada {len(found)} kolom {CHOICES[key]}: {titles}.")
    for key, index in _by_content(header, columns, shares, enough, at).items():
        at[key] = index
        title = f"Judul “{header[index]}” tidak dikenal" if header[index] else "Ada kolom tanpa judul"
        problems.append(f"{title}; isinya seperti {CHOICES[key]}.")
    if "number" in at and at.keys() & {"unit", "unit_rw_first"}:
        # The number of its own column is the one that is meant.
        at = {key: index for key, index in at.items() if key not in ("unit", "unit_rw_first")}
    if lacking := missing({*at, *given}):
        problems.insert(0, f"Kolom {listed(lacking)} belum diketahui.")
    return Guess(at, problems)


def _sampled(header: list[str], rows: Sequence[SheetRow]) -> list[list[tuple[object, str]]]:
    sample = rows[:: max(1, len(rows) // SAMPLE_ROWS)][: SAMPLE_ROWS + 1]
    return [[(row.cells[index], cells.text(row.cells[index])) for row in sample] for index in range(len(header))]


def _checked(key: str, heading: str, shares: dict[str, float]) -> tuple[str, str]:
    """The key of a known heading, corrected by what is below it, and what is strange about it."""
    if not shares or shares[key] > 1 - PLAINLY:
        return key, ""
    for other in PLAIN:
        if shares[other] >= PLAINLY and other != key:
            if (key, other) in {("number", "unit"), ("village", "code")}:
                return other, ""
            return key, f"Isi kolom “{heading}” seperti {CHOICES[other]}, bukan {CHOICES[key]}."
    return key, ""


def _by_words(heading: str) -> str | None:
    """The key of a heading that is like a known one."""
    folded = fold(heading)
    if OTHERS.search(folded):
        return None
    last = heading.rpartition(BELOW)[2]
    key = known_as(last) if last != heading else None
    if key is None:
        close = difflib.get_close_matches(squeezed(heading), KNOWN, n=1, cutoff=_SPELLED_LIKE)
        key = KNOWN[close[0]] if close and len(close[0]) >= 5 else None
    if key is None:
        key = next((key for key, words in _WORDS if words.search(folded)), None)
    # The head of a whole RW.
    return None if key in {"name", "phone", "email", "nik"} and _OF_RW.search(folded) else key


def _by_content(header: list[str], columns: list, shares: list, enough: list, at: dict[str, int]) -> dict[str, int]:
    """For each key without a column, the only nameless column that looks like it."""
    free = [
        index
        for index in range(len(header))
        if index not in at.values()
        and enough[index]
        and known_as(header[index]) is None
        and not OTHERS.search(fold(header[index]))
        and not is_running(columns[index])
    ]
    found = {}
    for key in BY_CONTENT:
        if key in at or (key in {"village", "district"} and "code" in at):
            continue
        if key in {"number", "unit"} and {"number", "unit", "unit_rw_first"} & {*at, *found}:
            continue
        alike = [index for index in free if shares[index][key] >= PLAINLY and index not in found.values()]
        if key == "name":
            alike = [index for index in alike if len({said for _, said in columns[index]}) > len(columns[index]) / 2]
        if len(alike) == 1:
            found[key] = alike[0]
    return found
