"""The rows of a roster: each an entry that can be applied, or faulty with every reason at once."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from participants.roster_file import cells
from participants.roster_file.columns import HEADINGS
from participants.roster_file.places import Places
from rtportal.lib import names, nik, phones
from rtportal.lib.clock import short_date
from rtportal.lib.errors import InputError
from rtportal.lib.sheets import SheetRow

LONGEST = {"name": 120, "front": 40, "back": 60}
# How many other rows a sentence about repeated values lists.
LISTED = 5
# What a faulty row is recognised by.
SHOWN = ("name", "number", "rw", "village", "district", "code")
STEP = 2000


@dataclass(slots=True)
class Entry:
    """One row without fault. What the file leaves empty is "" or None and changes nothing."""

    row: int
    village: str
    rw: str
    number: str
    front: str = ""
    name: str = ""
    back: str = ""
    phone: str = ""
    email: str = ""
    nik: str = ""
    starts: date | None = None
    ends: date | None = None
    status: str = ""
    # Of a file with several.
    sheet: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.village, self.rw, self.number)

    @property
    def unit(self) -> str:
        """`RT 005/RW 002`, as `RT.label` says it."""
        return f"RT {self.number}/RW {self.rw}" if self.rw else f"RT {self.number}"

    @property
    def full_name(self) -> str:
        return names.full_name(self.front, self.name, self.back)


@dataclass(slots=True)
class Fault:
    """A row that is not applied: why, and enough of what it says to find it in the sheet (never its NIK)."""

    row: int
    reasons: list[str]
    values: dict[str, str]
    sheet: str = ""

    def as_json(self) -> dict:
        return {"row": self.row, "sheet": self.sheet, "reasons": self.reasons, "values": self.values}


@dataclass(slots=True)
class Checked:
    """All rows of a file, parted; `named` are the keys of all RTs in it, those of faulty rows too."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    named: set[tuple[str, str, str]] = field(default_factory=set)


def check_rows(
    rows: list[SheetRow], at: dict[str, int], places: Places, *, progress: Callable[[int], None] = lambda done: None
) -> Checked:
    """Every row as an entry or a fault; `at` says where the columns are. `progress(done)` comes every 2,000 rows."""
    read, reasons = [], {}
    for done, row in enumerate(rows, start=1):
        entry, why = _read(row, at, places)
        read.append((row, entry))
        reasons[row.sheet, row.number] = why
        if done % STEP == 0:
            progress(done)
    _find_repeats(read, reasons, places)
    checked = Checked(named={entry.key for _, entry in read if entry.village})
    for row, entry in read:
        if why := reasons[row.sheet, row.number]:
            checked.faults.append(Fault(row.number, why, _values(row, at), row.sheet))
        else:
            checked.entries.append(entry)
    return checked


def _read(row: SheetRow, at: dict[str, int], places: Places) -> tuple[Entry, list[str]]:
    """The row as far as it can be read (a faulty RT may still be a repeated one), and what is wrong with it."""
    cell = {key: row.cells[index] for key, index in at.items()}
    said = cells.text
    village, why_not = places.find(said(cell.get("code")), said(cell.get("village")), said(cell.get("district")))
    why = list(why_not)

    def value(read: Callable, *arguments):
        try:
            return read(*arguments)
        except InputError as refused:
            why.append(refused.sentence)
            return None

    number = value(cells.unit_number, cell["number"], "RT")
    if number == "":
        why.append("RT belum diisi.")
    rw = value(cells.unit_number, cell.get("rw"), "RW")
    front, name, back = _name(cell, why)
    entry = Entry(
        row=row.number,
        sheet=row.sheet,
        # A row whose place is not certain repeats no other one.
        village=village if number and rw is not None else "",
        rw=rw or "",
        number=number or "",
        front=front,
        name=name,
        back=back,
        phone=value(_phone, cell.get("phone")) or "",
        email=value(cells.email, cell.get("email")) or "",
        nik=value(_nik, cell.get("nik")) or "",
        starts=value(cells.day, cell.get("starts"), HEADINGS["starts"]),
        ends=value(cells.day, cell.get("ends"), HEADINGS["ends"]),
        status=value(cells.status, cell.get("status")) or "",
    )
    if entry.starts and entry.ends and entry.ends < entry.starts:
        why.append(
            f"Akhir masa bakti ({short_date(entry.ends)}) lebih awal daripada awalnya ({short_date(entry.starts)})."
        )
    return entry, why


def _name(cell: dict, why: list[str]) -> tuple[str, str, str]:
    typed = cells.text(cell["name"])
    if not typed:
        why.append("Nama belum diisi.")
        return "", "", ""
    if not any(c.isalpha() for c in typed):
        why.append(f"Nama tidak terbaca: “{typed[:40]}”.")
    front, name, back = names.split_titles(typed)
    front, back = cells.text(cell.get("front")) or front, cells.text(cell.get("back")) or back
    for key, text in (("front", front), ("name", name), ("back", back)):
        if len(text) > LONGEST[key]:
            why.append(f"{HEADINGS[key]} terlalu panjang: {len(text)} huruf, paling banyak {LONGEST[key]}.")
    return front, name, back


def _phone(cell: object) -> str:
    typed = cells.text(cell)
    return phones.parse_mobile(cell if isinstance(cell, int | float) else typed) if typed else ""


def _nik(cell: object) -> str:
    typed = cells.text(cell)
    return nik.check_nik(cell if isinstance(cell, int | float) else typed) if typed else ""


def _find_repeats(
    read: list[tuple[SheetRow, Entry]], reasons: dict[tuple[str, int], list[str]], places: Places
) -> None:
    """Which of two rows is right nobody can know, so every row of a repeated RT or NIK is faulty."""
    by_unit, by_nik = defaultdict(list), defaultdict(list)
    for _, entry in read:
        if entry.village:
            by_unit[entry.key].append(entry)
        if entry.nik:
            by_nik[entry.nik].append(entry)
    for same in by_unit.values():
        if len(same) > 1:
            text = f"{same[0].unit} {places.say(same[0].village)} tertulis {len(same)} kali"
            _accuse(same, text, reasons)
    for same in by_nik.values():
        if len(same) > 1:
            _accuse(same, f"NIK yang sama tertulis {len(same)} kali", reasons)


def _accuse(same: list[Entry], text: str, reasons: dict[tuple[str, int], list[str]]) -> None:
    for entry in same:
        others = [other for other in same if other is not entry] if len(same) <= LISTED else []
        listed = ", ".join(_where(other, entry) for other in others or same[:LISTED])
        where = f"lihat juga baris {listed}" if others else f"antara lain di baris {listed}"
        reasons[entry.sheet, entry.row].append(f"{text} dalam berkas ini; {where}.")


def _where(other: Entry, entry: Entry) -> str:
    return str(other.row) if other.sheet == entry.sheet else f"{other.row} lembar {other.sheet}"


def _values(row: SheetRow, at: dict[str, int]) -> dict[str, str]:
    return {key: cells.text(row.cells[at[key]])[:80] if key in at else "" for key in SHOWN}
