"""Moving a session to other hours or another room, or making it longer or shorter."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from rtportal.accounts.models import User
from rtportal.lib import clock
from sessions.models import TrainingSession
from sessions.queries.session_values import HALL, session_values
from sessions.use_cases._session_edits import locked_sessions, tell_edits


@transaction.atomic
def move_session(
    *,
    session: TrainingSession,
    version: int,
    starts_at: datetime,
    ends_at: datetime,
    room: str,
    actor: User,
    now: datetime,
) -> TrainingSession:
    """Give the session these hours and this room (empty: the main hall).

    Does: writes them as a new version; the same place again leaves no trace.
    Refuses: an end before the start, a session deleted meanwhile (Refusal); an edit on top of a version that somebody
    else has changed (StaleEdit). A clash is no reason: the agenda shows it.
    Tells: one audit line at the wave.
    """
    if ends_at <= starts_at:
        raise Refusal("Waktu selesai harus setelah waktu mulai.", field="ends")
    wave = session.wave
    [row] = locked_sessions(wave, {session.pk: version})
    place = {"starts_at": starts_at, "ends_at": ends_at, "room": room}
    if all(getattr(row, name) == value for name, value in place.items()):
        return row
    before = session_values(row, wave.zone)
    for name, value in place.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*place, "version"])
    span = clock.span_words(starts_at, ends_at, wave.zone)
    tell_edits(
        [(row, before)],
        wave=wave,
        action="session.moved",
        sentence=f"Memindahkan sesi “{row.title}” ke {span}, {room or HALL}.",
        actor=actor,
        now=now,
    )
    return row
