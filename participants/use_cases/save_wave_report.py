"""The office writes about a wave that is over."""

from datetime import datetime

from django.db import transaction

from participants.models import WaveReport
from participants.queries.wave_report import report_of, report_values, told
from programs.models import Wave
from programs.queries.changes import changed_labels, differences
from programs.use_cases._editing import locked_wave, refuse_stale
from rtportal.accounts.models import User
from rtportal.audit.record import record

PART = "report"


@transaction.atomic
def save_wave_report(
    *, wave: Wave, version: int, minutes: str, evaluation: str, conclusion: str, by: User, now: datetime
) -> WaveReport:
    """The caller has checked Right.SCHEDULE.

    Does: writes minutes, evaluation and conclusion. Nothing where they stand so already.
    Refuses: an edit on top of a version that somebody else has changed (StaleEdit).
    Tells: one audit line at the wave with the beginnings of what changed.
    """
    held = locked_wave(wave.pk)
    row = report_of(held)
    refuse_stale(row, held.group, version, PART)
    before = report_values(row)
    row.minutes, row.evaluation, row.conclusion = minutes.strip(), evaluation.strip(), conclusion.strip()
    changes = differences(before, report_values(row))
    if not changes:
        return row
    row.version += 1
    row.save()
    short = [{name: told(value) for name, value in change.items()} for change in changes]
    record(
        at=now,
        actor=by,
        action="wave.report_changed",
        sentence=f"Mengubah laporan {held.title}: {changed_labels(changes)}.",
        region_code=held.program.region_id,
        subject=held.group,
        data={PART: {"version": row.version, "changes": short}},
    )
    return row
