"""An uploaded roster is read and compared: the preview."""

from datetime import datetime

from participants.models import RosterImport
from participants.roster_file.decisions import keepable
from participants.roster_file.differences import find_differences
from participants.roster_file.preview import outcome_of
from participants.roster_file.reading import read_stored_roster
from rtportal.lib import clock
from rtportal.lib.errors import InputError


def check_roster(*, roster_import: RosterImport, now: datetime) -> bool:
    """Does: reads the file of an import this worker has claimed, writing its progress, and stores what it would
    change: counts, the first rows of each kind, every faulty row. Where an official has to say something first, it
    stores the questions. Nothing of the roster itself changes.
    Refuses: a file that cannot be used; the sentence is kept with the import.
    Tells: nobody. Returns False if the claim was lost meanwhile (cancelled, or taken by another worker).
    """
    held = RosterImport.objects.filter(
        pk=roster_import.pk, state=RosterImport.State.UPLOADED, lease_until=roster_import.lease_until
    )

    today = clock.local_date(now, roster_import.region.time_zone)

    def progress(done: int, total: int) -> None:
        held.update(rows_done=done, rows_total=total)

    try:
        reading = read_stored_roster(roster_import, today=today, progress=progress)
    except InputError as refused:
        values = {"state": RosterImport.State.REFUSED, "refusal": keepable(refused.sentence)[:1000]}
    else:
        if reading.questions:
            asked = {"state": RosterImport.State.ASKED, "questions": keepable(reading.questions)}
            return bool(held.update(**asked, lease_until=None, attempts=0))
        found = find_differences(reading.checked, roster_import.region_id, roster_import.decisions)
        values = {"state": RosterImport.State.PREVIEWED} | outcome_of(reading, found, now=now)
    return bool(held.update(**values, lease_until=None, attempts=0))
