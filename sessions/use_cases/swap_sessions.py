"""Letting two sessions change places."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from rtportal.accounts.models import User
from rtportal.lib import clock
from sessions.models import TrainingSession
from sessions.queries.session_values import HALL, session_values
from sessions.use_cases._session_edits import locked_sessions, tell_edits


@transaction.atomic
def swap_sessions(
    *, session: TrainingSession, version: int, other_id: int, other_version: int, actor: User, now: datetime
) -> tuple[TrainingSession, TrainingSession]:
    """Exchange the places of two sessions of one wave; returns both, the asked one first.

    Does: where one follows right on the other in the same room, they change order and each keeps its length;
    otherwise each takes the other's hours and room, so nothing around them is touched. Groups and speakers stay.
    Refuses: a session with itself or one of another wave or deleted meanwhile (Refusal); an edit on top of a version
    of either that somebody else has changed (StaleEdit).
    Tells: one audit line at the wave.
    """
    if session.pk == other_id:
        raise Refusal("Pilih sesi lain untuk ditukar.", field="other")
    wave = session.wave
    pair = locked_sessions(wave, {session.pk: version, other_id: other_version})
    before = [session_values(row, wave.zone) for row in pair]
    first, second = sorted(pair, key=lambda row: (row.starts_at, row.pk))
    if first.ends_at == second.starts_at and first.room == second.room:
        first.starts_at, first.ends_at, second.starts_at, second.ends_at = (
            second.ends_at - (first.ends_at - first.starts_at),
            second.ends_at,
            first.starts_at,
            first.starts_at + (second.ends_at - second.starts_at),
        )
    else:
        for name in ("starts_at", "ends_at", "room"):
            mine, theirs = getattr(first, name), getattr(second, name)
            setattr(first, name, theirs)
            setattr(second, name, mine)
    for row in pair:
        row.version += 1
        row.save(update_fields=["starts_at", "ends_at", "room", "version"])
    places = "; ".join(
        f"“{row.title}” {clock.span_words(row.starts_at, row.ends_at, wave.zone)}, {row.room or HALL}" for row in pair
    )
    tell_edits(
        zip(pair, before, strict=True),
        wave=wave,
        action="session.swapped",
        sentence=f"Menukar dua sesi: {places}.",
        actor=actor,
        now=now,
    )
    return pair[0], pair[1]
