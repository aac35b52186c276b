"""Putting a session on the agenda or changing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from sessions.models import SessionSpeaker, Speaker, TrainingSession


@dataclass(frozen=True)
class Part:
    """Who speaks, as what (`SessionSpeaker.Role`), and whether they will (`SessionSpeaker.Status`)."""

    speaker_id: int
    role: str = SessionSpeaker.Role.SPEAKER
    status: str = SessionSpeaker.Status.INVITED


@transaction.atomic
def save_session(
    *,
    wave: Wave,
    session: TrainingSession | None,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    room: str,
    note: str,
    parts: Sequence[Part],
    actor: User,
    now: datetime,
) -> TrainingSession:
    """Write a session of the wave with exactly these speakers.

    Does: creates it (`session=None`) or changes it; a change of nothing leaves no trace.
    Refuses (InputError): an end before the start, a speaker twice or of another region, a session deleted meanwhile,
    a break where attendance was marked. Conflicts are no reason: `sessions.rules.conflicts` tells them.
    Tells: one audit line at the wave.
    """
    if ends_at <= starts_at:
        raise InputError("Waktu selesai harus setelah waktu mulai.")
    _refuse_speakers(parts, wave.program.region_id)
    values = {
        "kind": kind,
        "title": title,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "room": room,
        "note": note,
    }
    if session is None:
        saved = TrainingSession.objects.create(wave=wave, **values)
        changed = []
    else:
        saved = TrainingSession.objects.select_for_update().filter(pk=session.pk, wave=wave).first()
        if saved is None:
            raise InputError("Sesi ini baru saja dihapus oleh petugas lain.")
        changed = _change(saved, values)
    if _replace_parts(saved, parts):
        changed.append("narasumber")
    if session is None or changed:
        _tell(saved, wave, changed, is_new=session is None, actor=actor, now=now)
    return saved


def _refuse_speakers(parts: Sequence[Part], region_code: str) -> None:
    ids = {part.speaker_id for part in parts}
    if len(ids) < len(parts):
        raise InputError("Seorang narasumber hanya dapat dicantumkan satu kali dalam satu sesi.")
    if Speaker.objects.for_region(region_code).filter(pk__in=ids).count() < len(ids):
        raise InputError("Narasumber itu tidak ada dalam daftar narasumber wilayah ini.")


def _change(session: TrainingSession, values: dict) -> list[str]:
    """Write what differs; returns the changed fields in words."""
    changed = [name for name, value in values.items() if getattr(session, name) != value]
    for name in changed:
        setattr(session, name, values[name])
    if not session.takes_attendance and session.attendances.exists():
        raise InputError("Kehadiran sudah dicatat dalam sesi ini, jadi jenisnya tidak dapat menjadi istirahat.")
    if changed:
        session.save(update_fields=changed)
    return [str(session._meta.get_field(name).verbose_name) for name in changed]


def _replace_parts(session: TrainingSession, parts: Sequence[Part]) -> bool:
    """Make the session's speakers exactly these; returns whether anything differed."""
    before = [Part(*row) for row in session.session_speakers.values_list("speaker_id", "role", "status")]
    if sorted(before, key=lambda part: part.speaker_id) == sorted(parts, key=lambda part: part.speaker_id):
        return False
    session.session_speakers.all().delete()
    SessionSpeaker.objects.bulk_create(
        SessionSpeaker(session=session, speaker_id=part.speaker_id, role=part.role, status=part.status)
        for part in parts
    )
    return True


def _tell(
    session: TrainingSession, wave: Wave, changed: list[str], *, is_new: bool, actor: User, now: datetime
) -> None:
    span = clock.span_words(session.starts_at, session.ends_at, wave.zone)
    sentence = (
        f"Menambah sesi “{session.title}” ({span})."
        if is_new
        else f"Mengubah sesi “{session.title}” ({span}): {', '.join(changed)}."
    )
    record(
        at=now,
        actor=actor,
        action="session.created" if is_new else "session.updated",
        sentence=sentence,
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"session": session.pk, "changed": changed},
    )
