"""Giving a wave the agenda of another one: a bimtek repeats the same day for other kecamatan."""

from datetime import datetime, timedelta

from django.db import transaction

from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from sessions.models import SessionSpeaker, TrainingSession


@transaction.atomic
def copy_agenda(*, from_wave: Wave, to_wave: Wave, actor: User, now: datetime) -> int:
    """Copy all sessions with their speakers, at the same local hours of the other wave's day; returns how many.

    Does: keeps the distance in days from the wave's first day, so an agenda of two days stays one.
    Refuses (InputError): a wave that has an agenda already, a source without one, a source of another region.
    Tells: one audit line at the receiving wave.
    """
    # Two officials may press the button at once: the second finds an agenda.
    Wave.objects.select_for_update().get(pk=to_wave.pk)
    if to_wave.training_sessions.exists():
        raise InputError("Gelombang ini sudah mempunyai agenda, jadi tidak ada yang disalin.")
    if from_wave.program.region_id != to_wave.program.region_id:
        raise InputError("Agenda hanya dapat disalin dari gelombang di wilayah yang sama.")
    sessions = list(from_wave.training_sessions.prefetch_related("session_speakers"))
    if not sessions:
        raise InputError(f"{from_wave.title} belum mempunyai agenda.")
    shift = to_wave.local_day - from_wave.local_day
    copies = TrainingSession.objects.bulk_create(_shifted(session, from_wave, to_wave, shift) for session in sessions)
    SessionSpeaker.objects.bulk_create(
        SessionSpeaker(session=copy, speaker_id=part.speaker_id, role=part.role, status=part.status)
        for session, copy in zip(sessions, copies, strict=True)
        for part in session.session_speakers.all()
    )
    record(
        at=now,
        actor=actor,
        action="agenda.copied",
        sentence=f"Menyalin agenda dari {from_wave.title} {from_wave.program.name}: {len(copies)} sesi.",
        region_code=to_wave.program.region_id,
        subject=to_wave.group,
        data={"from_wave": from_wave.pk, "sessions": len(copies)},
    )
    return len(copies)


def _shifted(session: TrainingSession, from_wave: Wave, to_wave: Wave, shift: timedelta) -> TrainingSession:
    def moved(instant: datetime) -> datetime:
        local = instant.astimezone(clock.parse_zone(from_wave.zone))
        return clock.local_instant(local.date() + shift, local.time(), to_wave.zone)

    return TrainingSession(
        wave=to_wave,
        kind=session.kind,
        title=session.title,
        starts_at=moved(session.starts_at),
        ends_at=moved(session.ends_at),
        room=session.room,
        note=session.note,
    )
