"""The preview of an import as its page shows it: the first rows of each kind, in words."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

from participants.models import RTHead
from participants.roster_file.decisions import keepable
from participants.roster_file.differences import Change, Differences
from participants.roster_file.entries import Entry
from participants.roster_file.findings import doubtful_rows, doubts_shown, missing_shown, repairs_shown
from participants.roster_file.places import Places
from participants.roster_file.reading import Reading
from participants.succession import passing
from rtportal.lib import nik, phones
from rtportal.lib.clock import short_date
from rtportal.lib.names import full_name

# The page counts all rows but shows only these, or it would weigh megabytes; faulty rows are all shown.
SHOWN = 200
LEFT_OUT_SHOWN = 10


def outcome_of(reading: Reading, found: Differences, *, now: datetime) -> dict:
    """What a check found, as values for the fields of `RosterImport` that the page reads.

    `preview` holds lists `new`, `replaced` and `changed` of at most 200 rows each, and `passing`, how many invitations
    go to new heads; `repairs`, `warnings` and `missing` as `findings.py` tells them. `faults` holds every faulty row.
    """
    faults = sorted([*reading.checked.faults, *found.faults], key=lambda fault: fault.row)
    outcome = {
        "rows_total": reading.total,
        "rows_done": reading.total,
        "new_count": len(found.new),
        "changed_count": len(found.changed),
        "replaced_count": found.replaced_count,
        "unchanged_count": found.unchanged,
        "fault_count": len(faults),
        "missing_count": len(found.missing),
        "ended_count": len(found.ended),
        "warning_count": doubtful_rows(reading.checked.doubts),
        "repair_count": len(reading.checked.repairs),
        "faults": [fault.as_json() for fault in faults],
        "preview": _preview_of(reading, found) | {"passing": _passing(found, now)},
        "fingerprint": found.fingerprint(),
    }
    return keepable(outcome)


def _preview_of(reading: Reading, found: Differences) -> dict:
    places = reading.places
    return {
        "new": [_row(entry, places) | {"phone": phones.display(entry.phone)} for entry, _ in found.new[:SHOWN]],
        "replaced": [_replaced(change, places) for change in islice(_of_kind(found, True), SHOWN)],
        "changed": [_changed(change, places) for change in islice(_of_kind(found, False), SHOWN)],
        "repairs": repairs_shown(reading.checked.repairs),
        "warnings": doubts_shown(reading.checked.doubts),
        "missing": missing_shown(found, reading.checked, places),
        "columns": reading.columns,
        "ignored_columns": reading.ignored_columns,
        "other_sheets": reading.other_sheets,
        "left_out": {"count": len(reading.left_out_rows), "rows": reading.left_out_rows[:LEFT_OUT_SHOWN]},
    }


def _passing(found: Differences, now: datetime) -> int:
    """Whoever replaces somebody who was replaced meanwhile gets what that one holds, so RTs are what counts."""
    units = [change.known.rt_id for change in _of_kind(found, True)]
    units += [rt_id for _, rt_id in found.new if rt_id is not None]
    return passing(now).filter(head__rt__in=units).count() if units else 0


def _of_kind(found: Differences, is_replaced: bool) -> Iterator[Change]:
    return (change for change in found.changed if change.is_replaced == is_replaced)


def _row(entry: Entry, places: Places) -> dict:
    return {"row": entry.row, "name": entry.full_name, "unit": entry.unit, "place": places.say(entry.village)}


def _replaced(change: Change, places: Places) -> dict:
    known = change.known
    return _row(change.entry, places) | {"before": full_name(known.front, known.name, known.back)}


def _changed(change: Change, places: Places) -> dict:
    told = []
    for column, (label, old, new) in change.fields.items():
        if column == "nik_digest":
            told.append([label, "ada" if old else "", nik.mask(change.entry.nik)])
        else:
            told.append([label, _shown(column, old), _shown(column, new)])
    return _row(change.entry, places) | {"changes": told}


def _shown(column: str, value: object) -> str:
    if isinstance(value, date):
        return short_date(value)
    if column == "phone":
        return phones.display(value)
    if column == "status":
        return RTHead.Status(value).label
    return value or ""
