"""Which sheets of a file are rosters, which of their columns is which, and what an official has to say about them.

An official's word about a header counts before what was remembered for it, and that before a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase

from participants.models import ColumnMapping
from participants.roster_file import cells
from participants.roster_file.blocks import lines, of_sheet
from participants.roster_file.columns import HEADINGS, listed, missing
from participants.roster_file.contents import looks
from participants.roster_file.decisions import COLUMNS, header_hash
from participants.roster_file.guessing import Guess, guess_columns
from participants.roster_file.places import Places
from rtportal.lib import nik
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.lib.sheets import SheetRow, Table

EXAMPLES = 3
_LOOKED_AT = 300
_LONGEST = 40
# A sheet of two hundred columns must not fill the page with its headings.
SHOWN = 15
# Nobody chooses among more, and a form takes a thousand fields.
MOST_COLUMNS = 500
_NIK_DIGITS = 16
_TOO_MANY = (
    "Lembar-lembar berkas ini berisi {} kolom yang isinya harus Anda pilih, paling banyak {}. "
    "Hapus kolom dan lembar yang bukan daftar ketua RT, lalu unggah lagi."
)
_UNIT_KEYS = {"number", "unit", "unit_rw_first"}


@dataclass(slots=True)
class Sheet:
    """A table that is a roster: where its columns are, and what holds for its rows that do not say it themselves."""

    table: Table
    at: dict[str, int]
    given: dict[str, str]
    # Keys that lines above blocks say.
    lined: set[str]


@dataclass(slots=True)
class Plan:
    """The sheets to read; or, where there are `questions`, none of them is to be read yet.

    `columns` are all sheets in the shape of questions; see `decisions.py`.
    """

    sheets: list[Sheet] = field(default_factory=list)
    questions: list[dict] = field(default_factory=list)
    columns: list[dict] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """All sheets with the same header."""

    header: str
    sheets: list[Sheet]
    guess: Guess
    is_said: bool

    @property
    def titles(self) -> list[str]:
        return self.sheets[0].table.header

    @property
    def has_rows(self) -> bool:
        return any(sheet.table.rows for sheet in self.sheets)


def plan_sheets(tables: list[Table], places: Places, decisions: Mapping) -> Plan:
    """How the tables of a file are to be read.

    Raises InputError if none of them has anything of a roster, or more would have to be asked than anybody answers.
    """
    groups = _grouped(tables, places, decisions)
    rosters = [group for group in groups if _is_roster(group)]
    if not rosters:
        # Nothing is plainly a roster, so the likeliest is asked about, unless an official said that none is.
        open_ones = [group for group in groups if not group.is_said]
        if not open_ones:
            raise InputError(
                "Tidak ada lembar yang dipilih sebagai daftar ketua RT. Unggah berkas yang berisi daftarnya."
            )
        rosters = [max(open_ones, key=lambda group: (group.has_rows, len(group.guess.at)))]
        if not rosters[0].guess.at:
            raise InputError(_nothing_known(rosters[0].titles))
    # A sheet without rows says nothing about its columns.
    asked = [group for group in rosters if group.guess.problems and group.has_rows]
    has_several = sum(group.has_rows for group in rosters) > 1
    read = {id(sheet) for group in rosters for sheet in group.sheets}
    ordered = [sheet for group in groups for sheet in group.sheets]
    used = [group for group in rosters if group.has_rows]
    questions = [_question(group, group.guess.problems, has_several) for group in asked]
    if (count := _columns_in(questions)) > MOST_COLUMNS:
        raise InputError(_TOO_MANY.format(thousands(count), MOST_COLUMNS))
    columns = [_question(group, [], has_several) for group in used]
    return Plan(
        sheets=[sheet for sheet in ordered if id(sheet) in read],
        questions=questions,
        columns=columns if _columns_in(columns) <= MOST_COLUMNS else [],
        ignored=[
            title
            for group in used
            for at, title in enumerate(group.titles)
            if title and at not in group.guess.at.values()
        ],
        left_out=[sheet.table.sheet for sheet in ordered if id(sheet) not in read],
    )


def _grouped(tables: list[Table], places: Places, decisions: Mapping) -> list[_Group]:
    by_header: dict[str, list[Sheet]] = {}
    districts = decisions.get("districts", {})
    for table in tables:
        given = of_sheet(table, places)
        if (chosen := places.by_code.get(districts.get(table.sheet, ""))) is not None:
            given["district"] = chosen.name
        sheet = Sheet(table, {}, given, set(lines(table.rows)))
        by_header.setdefault(header_hash(table.header), []).append(sheet)
    remembered = dict(
        ColumnMapping.objects.filter(region=places.region, header__in=by_header).values_list("header", "columns")
    )
    look = looks(places)
    groups = []
    for header, sheets in by_header.items():
        said = decisions.get("columns", {}).get(header)
        known = remembered.get(header) if said is None else said
        # What only some of the sheets say by themselves, the others need a column for.
        with_rows = [sheet for sheet in sheets if sheet.table.rows] or sheets
        given = set.intersection(*({*sheet.given, *sheet.lined} for sheet in with_rows))
        if known is None:
            rows = [row for sheet in sheets for row in sheet.table.rows]
            guess = guess_columns(sheets[0].table.header, rows, look, given)
        else:
            lacking = missing({*known, *given}) if known else []
            guess = Guess(dict(known), [f"Kolom {listed(lacking)} belum diketahui."] if lacking else [])
        for sheet in sheets:
            sheet.at = guess.at
        groups.append(_Group(header, sheets, guess, is_said=known is not None))
    return groups


def _is_roster(group: _Group) -> bool:
    return "name" in group.guess.at and bool(group.guess.at.keys() & _UNIT_KEYS)


def _columns_in(questions: list[dict]) -> int:
    return sum(len(question["columns"]) for question in questions)


def _question(group: _Group, problems: list[str], is_one_of_several: bool) -> dict:
    guessed = {at: key for key, at in group.guess.at.items()}
    columns = []
    rows = [row for sheet in group.sheets for row in sheet.table.rows]
    for at, title in enumerate(group.titles):
        examples = _examples(rows, at)
        if title or examples:
            columns.append(
                {
                    "at": at,
                    "letter": _letter(at),
                    "heading": storable(title),
                    "examples": examples,
                    "key": guessed.get(at, ""),
                }
            )
    return {
        "kind": COLUMNS,
        "header": group.header,
        "problems": problems,
        "is_one_of_several": is_one_of_several,
        "sheets": [
            {"name": storable(sheet.table.sheet), "given": sorted({*sheet.given, *sheet.lined})}
            for sheet in group.sheets
        ],
        "columns": columns,
    }


def _examples(rows: list[SheetRow], at: int) -> list[str]:
    """The first three different texts of a column, a NIK among them masked."""
    found = []
    for row in rows[:_LOOKED_AT]:
        if len(found) == EXAMPLES:
            break
        said = cells.text(row.cells[at])
        if said and said not in found:
            found.append(said)
    return [storable(_masked(said)[:_LONGEST]) for said in found]


def _masked(said: str) -> str:
    digits = "".join(c for c in said if c.isdigit())
    return nik.mask(digits) if len(digits) >= _NIK_DIGITS else said


def _letter(at: int) -> str:
    """What a spreadsheet calls the column: A … Z, AA …"""
    before, last = divmod(at, len(ascii_uppercase))
    return (ascii_uppercase[before - 1] if before else "") + ascii_uppercase[last]


def _nothing_known(header: list[str]) -> str:
    titles = [f"“{cells.beginning(heading, 40)}”" for heading in header if heading]
    shown = ", ".join(titles[:SHOWN]) + (f", dan {len(titles) - SHOWN} lainnya" if len(titles) > SHOWN else "")
    needed = listed([HEADINGS[key] for key in ("name", "number", "village", "district")])
    return (
        f"Kolom {needed} tidak ditemukan. Judul kolom yang terbaca: {shown}. "
        "Sesuaikan judul kolomnya dengan berkas contoh, lalu unggah lagi."
    )
