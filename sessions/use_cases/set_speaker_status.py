"""An official records whether a speaker comes."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from rtportal.accounts.models import User
from rtportal.audit.record import record
from sessions.models import SessionSpeaker
from sessions.use_cases._answering import Status, locked_part, read_reason, write_part


@transaction.atomic
def set_speaker_status(
    *, part: SessionSpeaker, status: str, reason: str = "", actor: User, now: datetime
) -> SessionSpeaker:
    """The caller has checked Right.SCHEDULE where the session is held.

    Does: keeps the status; in a published wave everybody who reads the schedule sees it at once, and a speaker who
    says yes is taken for the published hours. The same status again leaves no trace.
    Refuses (Refusal, nothing changed): a speaker taken off the session meanwhile, an unknown status, declining
    without a reason, a yes at the time of another yes.
    Tells: one audit line at the wave.
    """
    reason = read_reason(status, reason)
    row = locked_part(pk=part.pk)
    if row is None:
        raise Refusal("Narasumber ini baru saja dihapus dari sesi oleh petugas lain.")
    if (row.status, row.decline_reason) == (status, reason):
        return row
    before = row.get_status_display()
    write_part(row, status=status, reason=reason, by=actor, now=now)
    wave = row.session.wave
    record(
        at=now,
        actor=actor,
        action="speaker.status_set",
        sentence=f"Kesediaan {row.speaker} pada sesi “{row.session.title}”: {before} → {Status(status).label}"
        + (f" ({reason})" if reason else "")
        + ".",
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"speaker": row.speaker_id, "session": row.session_id, "status": status},
    )
    return row
