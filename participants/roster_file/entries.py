"""What the rows of a roster become: entries, faults, and what was mended or looks odd on the way."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rtportal.lib import names
from rtportal.lib.sheets import SheetRow


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
    # Who held the office before, where the file tells both terms.
    former: "Entry | None" = None

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


class Repair(NamedTuple):
    """A cell that was read other than it is written: its column (key), before and after. Never a NIK."""

    row: int
    sheet: str
    column: str
    before: str
    after: str


class Doubt(NamedTuple):
    """A row with something to look at that does not keep it from being applied."""

    row: int
    sheet: str
    sentence: str


@dataclass(slots=True)
class Checked:
    """All rows of a file, parted; `named` are the keys of all RTs in it, those of faulty rows too.

    `unnamed` counts the rows that do not say which RT they are of: while there are any, nobody knows which RTs the
    file does not name. `read` is every row beside what could be read of it, for the corrected copy.
    """

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    named: set[tuple[str, str, str]] = field(default_factory=set)
    repairs: list[Repair] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    unnamed: int = 0
    # What has to be asked before any of it holds: see `decisions.py`.
    questions: list[dict] = field(default_factory=list)
    read: list[tuple[SheetRow, Entry]] = field(default_factory=list)
    # Where the columns are in these rows: key → index.
    at: dict[str, int] = field(default_factory=dict)
