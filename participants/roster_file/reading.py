"""A roster file read as a whole: what of it can be used, and in which columns and sheets it was found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.files.storage import default_storage

from participants.models import RosterImport
from participants.roster_file import MAX_ROWS
from participants.roster_file.columns import is_heading
from participants.roster_file.places import Places
from participants.roster_file.rows import Checked, check_rows
from participants.roster_file.sheet_plan import plan_sheets
from participants.roster_file.sheet_rows import roster_rows, without_closing_rows
from rtportal.lib.errors import InputError
from rtportal.lib.sheets import read_tables, refuse_too_many
from rtportal.regions.models import Region

_LISTED = 20

Progress = Callable[[int, int], None]


def _untold(done: int, total: int) -> None:
    """Nobody waits for the progress."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of a file, the places they may name, and what was left unread."""

    checked: Checked
    places: Places
    total: int
    ignored_columns: list[str]
    other_sheets: list[str]
    # What an official has to say before the rows can be read: see `decisions.py`.
    questions: list[dict] = field(default_factory=list)
    # Which column was taken for which, in the shape of questions.
    columns: list[dict] = field(default_factory=list)
    # Totals, signatures and the like: [row, sheet].
    left_out_rows: list[list] = field(default_factory=list)


def read_stored_roster(
    roster_import: RosterImport, *, today: date | None = None, progress: Progress = _untold
) -> Reading:
    """`read_roster` of the uploaded file; InputError also where the file is no longer there."""
    try:
        with default_storage.open(roster_import.path) as file:
            data = file.read()
    except FileNotFoundError:
        raise InputError("Berkasnya tidak ditemukan lagi. Unggah sekali lagi.") from None
    return read_roster(
        data,
        roster_import.filename,
        roster_import.region,
        decisions=roster_import.decisions,
        today=today,
        progress=progress,
    )


def read_roster(
    data: bytes,
    filename: str,
    region: Region,
    *,
    decisions: Mapping | None = None,
    today: date | None = None,
    progress: Progress = _untold,
) -> Reading:
    """Read and check the roster of a region; `progress(done, total)` comes at the start and every 2,000 rows.

    `decisions`: what an official answered before, in the shape of `RosterImport.decisions`; `today`: see `check_rows`.

    Raises InputError for a file that cannot be used at all; faulty rows are part of the answer.
    """
    found = read_tables(data, filename, max_rows=MAX_ROWS, is_heading=is_heading)
    places = Places(region, (decisions or {}).get("places"))
    plan = plan_sheets(found.tables, places, decisions or {})
    if plan.questions:
        return Reading(Checked(), places, 0, [], [], plan.questions, plan.columns)
    refuse_too_many([sheet.table for sheet in plan.sheets], MAX_ROWS)
    left_out = without_closing_rows(plan.sheets)
    rows, at = roster_rows(plan.sheets)
    total = len(rows)
    if not total:
        raise InputError("Di bawah judul kolom belum ada baris yang terisi. Isi daftarnya, lalu unggah lagi.")
    progress(0, total)
    checked = check_rows(rows, at, places, today=today, progress=lambda done: progress(done, total))
    others = [*plan.left_out, *found.other_sheets]
    return Reading(
        checked,
        places,
        total,
        plan.ignored[:_LISTED],
        others[:_LISTED],
        checked.questions,
        plan.columns,
        left_out,
    )
