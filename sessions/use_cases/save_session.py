"""Putting a session on the agenda or changing it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import Wave
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from rtportal.lib import clock
from sessions.models import Speaker, TrainingSession
from sessions.queries.session_values import session_values
from sessions.use_cases._session_edits import locked_sessions, tell_edits
from sessions.use_cases._session_parts import Part, set_parts


@transaction.atomic
def save_session(
    *,
    wave: Wave,
    session: TrainingSession | None,
    version: int = 0,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    room: str,
    group: str = "",
    note: str,
    parts: Sequence[Part],
    actor: User,
    now: datetime,
) -> TrainingSession:
    """Write a session of the wave with exactly these speakers.

    Does: creates it (`session=None`) or changes it on top of the `version` that was seen; a speaker who stays keeps
    row and status unless the official changed the status. A change of nothing leaves no trace.
    Refuses: an end before the start, a speaker twice or of another region, a session deleted meanwhile, a break where
    attendance was marked (Refusal); an edit on top of a version that somebody else has changed, or a status where the
    speaker answered meanwhile (StaleEdit). A clash is no reason: the agenda shows it.
    Tells: one audit line at the wave.
    """
    if ends_at <= starts_at:
        raise Refusal("Waktu selesai harus setelah waktu mulai.", field="ends")
    _refuse_speakers(parts, wave.program.region_id)
    values = {
        "kind": kind,
        "title": title,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "room": room,
        "group": group,
        "note": note,
    }
    if session is None:
        saved, before = TrainingSession.objects.create(wave=locked_wave(wave.pk), **values), {}
        set_parts(saved, parts, actor=actor, now=now)
    else:
        [saved] = locked_sessions(wave, {session.pk: version})
        before = session_values(saved, wave.zone)
        # Both are done, whatever the first says.
        if not any([_change(saved, values), set_parts(saved, parts, actor=actor, now=now)]):
            return saved
        saved.version += 1
        saved.save(update_fields=["version"])
    span = clock.span_words(starts_at, ends_at, wave.zone)
    tell_edits(
        [(saved, before)],
        wave=wave,
        action="session.updated" if before else "session.created",
        sentence=f"{'Mengubah' if before else 'Menambah'} sesi “{title}” ({span})",
        actor=actor,
        now=now,
    )
    return saved


def _refuse_speakers(parts: Sequence[Part], region_code: str) -> None:
    ids = {part.speaker_id for part in parts}
    if len(ids) < len(parts):
        raise Refusal("Seorang narasumber hanya dapat dicantumkan satu kali dalam satu sesi.")
    if Speaker.objects.for_region(region_code).filter(pk__in=ids).count() < len(ids):
        raise Refusal("Narasumber itu tidak ada dalam daftar narasumber wilayah ini.")


def _change(session: TrainingSession, values: dict) -> bool:
    """Write what differs; returns whether anything did."""
    changed = [name for name, value in values.items() if getattr(session, name) != value]
    for name in changed:
        setattr(session, name, values[name])
    if not session.takes_attendance and session.attendances.exists():
        raise Refusal(
            "Kehadiran sudah dicatat dalam sesi ini, jadi jenisnya tidak dapat menjadi istirahat.", field="kind"
        )
    if changed:
        session.save(update_fields=changed)
    return bool(changed)
