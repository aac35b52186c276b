"""What a roster would change: its entries against the RT heads that are known now."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from participants import nik_store
from participants.models import RT, RTHead
from participants.roster_file.entries import Checked, Entry, Fault
from participants.roster_file.rows import SHOWN
from rtportal.lib.clock import short_date
from rtportal.lib.names import fold
from rtportal.regions.codes import within_q


class Known(NamedTuple):
    """The current head of an RT as the database has it, in the order of `_COLUMNS`."""

    id: int
    rt_id: int
    front: str
    name: str
    back: str
    phone: str
    email: str
    nik_digest: str
    starts: date | None
    ends: date | None
    status: str
    is_synthetic: bool


_COLUMNS = (
    "id",
    "rt_id",
    "gelar_depan",
    "name",
    "gelar_belakang",
    "phone",
    "email",
    "nik_digest",
    "term_starts_on",
    "term_ends_on",
    "status",
    "is_synthetic",
)
# Compared field by field: the name here and in RTHead, and what people call it.
COMPARED = (
    ("front", "gelar_depan", "Gelar depan"),
    ("name", "name", "Nama"),
    ("back", "gelar_belakang", "Gelar belakang"),
    ("phone", "phone", "Nomor HP"),
    ("email", "email", "E-mail"),
    ("nik_digest", "nik_digest", "NIK"),
    ("starts", "term_starts_on", "Awal masa bakti"),
    ("ends", "term_ends_on", "Akhir masa bakti"),
    ("status", "status", "Status"),
)


@dataclass(slots=True)
class Change:
    """A known head whose data differ: field of RTHead → (label, old, new). `is_replaced`: another person took over;
    `ended_on` is when the file says that the known head's term ended.
    """

    entry: Entry
    known: Known
    fields: dict[str, tuple[str, object, object]]
    is_replaced: bool = False
    ended_on: date | None = None


class Missing(NamedTuple):
    """An RT that the file does not name, with its head if it has one."""

    village: str
    rw: str
    number: str
    known: Known | None


@dataclass(slots=True)
class Differences:
    """Everything a file would do, and the rows that cannot be applied to what is known."""

    new: list[tuple[Entry, int | None]] = field(default_factory=list)  # with the RT's id where the RT has no head
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    missing: list[Missing] = field(default_factory=list)
    # The heads among them whose terms end with this file, because an official said so.
    ended: list[Known] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    # What was said about the file, so that the fingerprint stands for that too.
    decisions: Mapping = field(default_factory=dict)

    @property
    def replaced_count(self) -> int:
        return sum(change.is_replaced for change in self.changed)

    def fingerprint(self) -> str:
        """One hash for all of it: equal means that applying does exactly what the preview showed."""
        told = hashlib.sha256()
        for entry, rt_id in self.new:
            said = [
                nik_store.digest_of(entry.nik) if key == "nik_digest" else getattr(entry, key) for key, *_ in COMPARED
            ]
            told.update(json.dumps(["new", rt_id, *entry.key, *said], default=str).encode())
        for change in self.changed:
            what = ["changed", change.known.id, change.is_replaced, change.ended_on, sorted(change.fields.items())]
            told.update(json.dumps(what, default=str).encode())
        told.update(json.dumps(["ended", sorted(known.id for known in self.ended)]).encode())
        told.update(json.dumps(self.decisions, sort_keys=True).encode())
        return told.hexdigest()


def find_differences(checked: Checked, region_code: str, decisions: Mapping | None = None) -> Differences:
    """The entries against the current heads in the region: two queries, whatever the number of rows.

    `decisions`: what an official said about the file, in the shape of `RosterImport.decisions`.
    """
    rts = RT.objects.filter(within_q("village_id", [region_code]), is_active=True).order_by()
    units = {
        (village, rw, number): pk for pk, village, rw, number in rts.values_list("id", "village_id", "rw", "number")
    }
    current = RTHead.objects.current().in_areas([region_code]).order_by().values_list(*_COLUMNS)
    heads = {known.rt_id: known for known in map(Known._make, current)}
    found = Differences(decisions=decisions or {})
    for key in sorted(units.keys() - checked.named):
        found.missing.append(Missing(*key, heads.get(units[key])))
    found.ended = _ended(found.missing, checked, found.decisions)
    for entry in checked.entries:
        rt_id = units.get(entry.key)
        known = heads.get(rt_id)
        if known is None:
            found.new.append((entry, rt_id))
        else:
            _compare(entry, known, found)
    return found


def _compare(entry: Entry, known: Known, found: Differences) -> None:
    digest = nik_store.digest_like(entry.nik, known.nik_digest)
    fields = {}
    for key, column, label in COMPARED:
        said = digest if key == "nik_digest" else getattr(entry, key)
        # An empty cell says nothing, so it erases nothing.
        if said and said != getattr(known, key):
            fields[column] = (label, getattr(known, key), said)
    if not fields:
        found.unchanged += 1
    elif _is_other_person(entry, digest, known):
        ended_on = entry.former.ends if entry.former and _is_same_person(entry.former, known) else None
        found.changed.append(Change(entry, known, fields, is_replaced=True, ended_on=ended_on))
    else:
        starts, ends = entry.starts or known.starts, entry.ends or known.ends
        if starts and ends and ends < starts:
            found.faults.append(Fault(entry.row, [_term_reason(entry, known)], _values(entry)))
        else:
            found.changed.append(Change(entry, known, fields))


def _is_same_person(entry: Entry, known: Known) -> bool:
    return not _is_other_person(entry, nik_store.digest_like(entry.nik, known.nik_digest), known)


def _ended(missing: list[Missing], checked: Checked, decisions: Mapping) -> list[Known]:
    """Whose terms end because the file does not name their RT: only if an official wants that, only in villages that
    the file names, and only if every row says of which RT it is.
    """
    if decisions.get("missing") != "end" or checked.unnamed:
        return []
    villages = villages_of(checked) - set(decisions.get("missing_kept", ()))
    return [one.known for one in missing if one.known and one.village in villages]


def villages_of(checked: Checked) -> set[str]:
    """The codes of all villages that the file names."""
    return {village for village, _, _ in checked.named}


def _is_other_person(entry: Entry, digest: str, known: Known) -> bool:
    """Whether another person holds the office now.

    The same name (spelled any way) is the same person; so is the same NIK under a corrected name, and, where a NIK is
    missing, the same telephone. An e-mail address tells nothing: many belong to the RT and go on to the next head.
    """
    if entry.name == known.name or fold(entry.name) == fold(known.name):
        return False
    if digest and known.nik_digest:
        return digest != known.nik_digest
    return not entry.phone or entry.phone != known.phone


def _term_reason(entry: Entry, known: Known) -> str:
    if entry.ends:
        return (
            f"Akhir masa bakti ({short_date(entry.ends)}) lebih awal daripada awal masa bakti yang tercatat "
            f"({short_date(known.starts)})."
        )
    return (
        f"Awal masa bakti ({short_date(entry.starts)}) lebih akhir daripada akhir masa bakti yang tercatat "
        f"({short_date(known.ends)})."
    )


def _values(entry: Entry) -> dict[str, str]:
    said = {"name": entry.full_name, "number": entry.number, "rw": entry.rw, "code": entry.village}
    return dict.fromkeys(SHOWN, "") | said
