"""Who speaks in a session, as the session's form says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from programs.errors import Change, StaleEdit
from rtportal.accounts.models import User
from sessions.bookings import lock_speakers
from sessions.models import SessionSpeaker, TrainingSession
from sessions.use_cases._answering import show_part

HIMSELF = "narasumber sendiri"


@dataclass(frozen=True)
class Part:
    """Who speaks, as what (`SessionSpeaker.Role`), and whether they will (`SessionSpeaker.Status`).

    `seen` is the status that the official saw: where `status` is the same, the official leaves it as it is by now.
    """

    speaker_id: int
    role: str = SessionSpeaker.Role.SPEAKER
    status: str = SessionSpeaker.Status.INVITED
    seen: str = SessionSpeaker.Status.INVITED


def set_parts(session: TrainingSession, parts: Sequence[Part], *, actor: User, now: datetime) -> bool:
    """Make the session's speakers exactly these, session and wave being locked; returns whether anything differed.

    Who stays keeps the row; another role or status shows at once in a published schedule, as every answer does.
    Refuses (Refusal) a yes at the time of another yes and (StaleEdit) another status where the speaker answered after
    the official looked.
    """
    present = {
        row.speaker_id: row
        for row in session.session_speakers.select_for_update(of=("self",)).select_related("speaker", "status_by")
    }
    _refuse_stale(session, present, parts)
    # All at once in one order: of two sessions with the same two speakers neither waits for the other.
    lock_speakers({part.speaker_id for part in parts})
    gone = set(present) - {part.speaker_id for part in parts}
    session.session_speakers.filter(speaker__in=gone).delete()
    changed = bool(gone)
    for part in parts:
        row = present.get(part.speaker_id) or SessionSpeaker(speaker_id=part.speaker_id)
        if row.pk and row.role == part.role and part.status in {part.seen, row.status}:
            continue
        row.session, row.role = session, part.role
        if part.status not in {part.seen, row.status}:
            row.status, row.status_at, row.status_by, row.decline_reason = part.status, now, actor, ""
        row.save()
        show_part(row)
        changed = True
    return changed


def _refuse_stale(session: TrainingSession, present: dict[int, SessionSpeaker], parts: Sequence[Part]) -> None:
    labels = dict(SessionSpeaker.Status.choices)
    changes = [
        Change(
            f"Kesediaan {row.speaker.title}",
            labels[part.seen],
            labels[row.status],
            str(row.status_by) if row.status_by else HIMSELF,
            row.status_at,
        )
        for part in parts
        if (row := present.get(part.speaker_id))
        and part.status != part.seen
        and row.status not in {part.seen, part.status}
    ]
    if changes:
        raise StaleEdit(version=session.version, changes=changes)
