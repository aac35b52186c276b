"""The rows of a roster: each an entry that can be applied, or faulty with every reason at once."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from participants.roster_file import cells
from participants.roster_file.columns import HEADINGS
from participants.roster_file.doubts import nik_doubts, term_doubts
from participants.roster_file.entries import Checked, Doubt, Entry, Fault, Repair
from participants.roster_file.places import Places
from participants.roster_file.repeats import find_repeats
from rtportal.lib import names, nik, phones
from rtportal.lib.clock import short_date
from rtportal.lib.errors import InputError
from rtportal.lib.sheets import SheetRow

LONGEST = {"name": 120, "front": 40, "back": 60}
# What a faulty row is recognised by.
SHOWN = ("name", "number", "rw", "village", "district", "code")
STEP = 2000
# So many places are asked at once; what is left is asked after the answers.
MOST_ASKED = 100


def check_rows(
    rows: list[SheetRow],
    at: dict[str, int],
    places: Places,
    *,
    today: date | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Checked:
    """Every row as an entry or a fault; `at` says where the columns are. `progress(done)` comes every 2,000 rows.

    `today` is the day by which a term is over or has not begun; without it nothing is said about that.
    """
    checked, reasons, asked = Checked(at=at), {}, Counter()
    for done, row in enumerate(rows, start=1):
        reader = _RowReader(row, at)
        entry = reader.read(places, today)
        checked.read.append((row, entry))
        checked.repairs += reader.repairs
        checked.doubts += [Doubt(row.number, row.sheet, sentence) for sentence in reader.doubts]
        reasons[id(entry)] = reader.why
        if reader.question:
            asked[reader.question] += 1
        if done % STEP == 0:
            progress(done)
    entries = [entry for _, entry in checked.read]
    over = find_repeats(
        entries,
        accuse=lambda entry, sentence: reasons[id(entry)].append(sentence),
        doubt=lambda entry, sentence: checked.doubts.append(Doubt(entry.row, entry.sheet, sentence)),
        place=places.say,
    )
    checked.named = {entry.key for entry in entries if entry.village}
    checked.unnamed = sum(not entry.village for entry in entries)
    checked.questions = [places.questions[key] | {"rows": rows} for key, rows in asked.most_common(MOST_ASKED)]
    for row, entry in checked.read:
        if why := reasons[id(entry)]:
            checked.faults.append(Fault(row.number, why, _values(row, at), row.sheet))
        elif id(entry) not in over:
            checked.entries.append(entry)
    return checked


class _RowReader:
    """One row, read as far as it can be (a faulty RT may still be a repeated one): what is wrong, mended, odd."""

    def __init__(self, row: SheetRow, at: dict[str, int]):
        self.row = row
        self.cell = {key: row.cells[index] for key, index in at.items()}
        self.why: list[str] = []
        self.repairs: list[Repair] = []
        self.doubts: list[str] = []
        self.question = ""

    def read(self, places: Places, today: date | None) -> Entry:
        cell, value = self.cell, self._value
        village = self._village(places)
        number, rw = self._unit()
        front, name, back = self._name()
        entry = Entry(
            row=self.row.number,
            sheet=self.row.sheet,
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
            self.why.append(
                f"Akhir masa bakti ({short_date(entry.ends)}) lebih awal daripada awalnya ({short_date(entry.starts)})."
            )
        if entry.phone.endswith("00000"):
            self.doubts.append("Nomor HP berakhir dengan banyak nol. Periksa apakah angkanya hilang di lembar kerja.")
        self._mended("phone", entry.phone)
        self._mended("email", entry.email)
        self._mended_day("starts", entry.starts)
        self._mended_day("ends", entry.ends)
        if not self.why:
            self.doubts += nik_doubts(entry.nik, cell.get("born"), cell.get("sex"), village)
            self.doubts += term_doubts(entry.ends, entry.starts, today)
        return entry

    def _village(self, places: Places) -> str:
        said, cell = cells.text, self.cell
        place = places.find(said(cell.get("code")), said(cell.get("village")), said(cell.get("district")))
        self.why += place.reasons
        self.question = place.question
        named = said(cell.get("village")), said(cell.get("district"))
        if place.code and cell.get("code") and not places.is_called(place.code, *named):
            typed = ", ".join(cells.beginning(text, 60) for text in named if text)
            self.doubts.append(f"Kode wilayahnya milik {places.say(place.code)}, tetapi tertulis “{typed}”.")
        for column, before, after in place.repairs:
            self._repair(column, before, after)
        return place.code

    def _unit(self) -> tuple[str | None, str | None]:
        """The numbers of RT and RW; None for one that cannot be read."""
        number, beside = self._value(cells.unit_numbers, self.cell.get("number")) or (None, None)
        if number == "":
            self.why.append("RT belum diisi.")
        rw = self._value(cells.unit_number, self.cell.get("rw"), "RW")
        if rw:
            self._mended("rw", rw)
        if beside and rw and beside != rw:
            self.why.append(f"RW di kolom {HEADINGS['number']} ({beside}) berbeda dari RW di kolomnya sendiri ({rw}).")
        if number:
            self._mended("number", f"RT {number}/RW {beside}" if beside else number)
        return number, (rw or beside) if rw is not None else None

    def _name(self) -> tuple[str, str, str]:
        cell = self.cell
        typed = cells.text(cell["name"])
        if not typed:
            self.why.append("Nama belum diisi.")
            return "", "", ""
        if not any(c.isalpha() for c in typed):
            self.why.append(f"Nama tidak terbaca: “{cells.beginning(typed, 40)}”.")
        if nik.hidden(typed) != typed:
            self.why.append("Nama berisi angka seperti NIK. Pindahkan ke kolom NIK.")
        before, name, behind = names.split_titles(typed)
        front, back = cells.text(cell.get("front")) or before, cells.text(cell.get("back")) or behind
        for key, text in (("front", front), ("name", name), ("back", back)):
            if len(text) > LONGEST[key]:
                self.why.append(f"{HEADINGS[key]} terlalu panjang: {len(text)} huruf, paling banyak {LONGEST[key]}.")
        if name != cell["name"]:
            self._repair("name", str(cell["name"]), " · ".join(filter(None, (before, name, behind))))
        return front, name, back

    def _value(self, read: Callable, *arguments):
        try:
            return read(*arguments)
        except InputError as refused:
            self.why.append(refused.sentence)
            return None

    def _mended(self, column: str, value: str) -> None:
        if value and (typed := self.cell[column]) != value:
            self._repair(column, typed if isinstance(typed, str) else cells.text(typed), value)

    def _mended_day(self, column: str, value: date | None) -> None:
        # A date that is a number in the sheet; dates in words are read as they stand.
        if value and isinstance(self.cell[column], int | float):
            self._repair(column, cells.text(self.cell[column]), short_date(value))

    def _repair(self, column: str, before: str, after: str) -> None:
        if not before.isprintable():
            # It is shown and kept, and a database takes no NUL and no half of a letter.
            before = "".join(c if c.isprintable() else "�" for c in before)
        if before != after:
            self.repairs.append(Repair(self.row.number, self.row.sheet, column, cells.beginning(before, 120), after))


def _phone(cell: object) -> str:
    typed = cells.text(cell)
    return phones.parse_mobile(cell if isinstance(cell, int | float) else typed) if typed else ""


def _nik(cell: object) -> str:
    typed = cells.text(cell)
    return nik.check_nik(cell if isinstance(cell, int | float) else typed) if typed else ""


def _values(row: SheetRow, at: dict[str, int]) -> dict[str, str]:
    return {key: cells.beginning(cells.text(row.cells[at[key]]), 80) if key in at else "" for key in SHOWN}
