"""Giving waves the agenda of another one: a bimtek repeats the same day for other kecamatan."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from programs.errors import Refusal
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from sessions.models import SessionSpeaker, TrainingSession
from sessions.queries.agenda_hindrances import agenda_hindrances


@dataclass(frozen=True)
class Copied:
    """How many sessions each wave got, which waves got the agenda, and the sentences of those that were left out."""

    sessions: int
    waves: list[Wave] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def copy_agenda(
    *, from_wave: Wave, to_waves: Collection[Wave], replace: Collection[int] = (), actor: User, now: datetime
) -> Copied:
    """Copy all sessions with their speakers to the same local hours of each other wave's days.

    Does: keeps rooms, groups and the distance in days from the wave's first day; every speaker starts anew as invited,
    because the yes was for another day. A wave that has an agenda is left out, unless its key is in `replace` and
    nobody was marked present and nothing was handed in there: then the old agenda goes.
    Refuses (Refusal): no wave chosen, a source without agenda, the source itself, a wave of another region or one
    that was cancelled; nothing is copied if no wave is left.
    Tells: one audit line at each wave that got the agenda.
    """
    if not to_waves:
        raise Refusal("Pilih paling sedikit satu gelombang tujuan.")
    keys = {wave.pk for wave in to_waves}
    # Two officials may press the button at once: the second finds an agenda.
    rows = Wave.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    waves = sorted(rows.select_related("program__region"), key=lambda wave: (wave.starts_at, wave.pk))
    _refuse_targets(from_wave, waves)
    sessions = list(from_wave.training_sessions.prefetch_related("session_speakers"))
    if not sessions:
        raise Refusal(f"{from_wave.title} belum mempunyai agenda.")
    # Nobody is marked present, and nothing is handed in, between looking and deleting.
    list(TrainingSession.objects.select_for_update().filter(wave__in=waves).order_by("pk").values_list("pk"))
    hindrances = agenda_hindrances(waves, replace)
    open_waves = [wave for wave in waves if wave.pk not in hindrances]
    left_out = [hindrances[wave.pk] for wave in waves if wave.pk in hindrances]
    if not open_waves:
        raise Refusal(" ".join(left_out))
    TrainingSession.objects.filter(wave__in=open_waves).delete()
    pairs = [
        (session, _shifted(session, from_wave, wave, wave.local_day - from_wave.local_day))
        for wave in open_waves
        for session in sessions
    ]
    TrainingSession.objects.bulk_create(copy for _, copy in pairs)
    SessionSpeaker.objects.bulk_create(
        SessionSpeaker(session=copy, speaker_id=part.speaker_id, role=part.role)
        for session, copy in pairs
        for part in session.session_speakers.all()
    )
    source, size = f"{from_wave.title} {from_wave.program.name}", thousands(len(sessions))
    for wave in open_waves:
        record(
            at=now,
            actor=actor,
            action="agenda.copied",
            sentence=f"Menyalin agenda dari {source}: {size} sesi.",
            region_code=wave.program.region_id,
            subject=wave.group,
            data={"from_wave": from_wave.pk, "sessions": len(sessions)},
        )
    return Copied(len(sessions), open_waves, left_out)


def _refuse_targets(from_wave: Wave, waves: list[Wave]) -> None:
    for wave in waves:
        if wave.pk == from_wave.pk:
            raise Refusal("Agenda tidak dapat disalin ke gelombang yang sama.")
        if wave.program.region_id != from_wave.program.region_id:
            raise Refusal("Agenda hanya dapat disalin ke gelombang di wilayah yang sama.")
        if wave.is_cancelled:
            raise Refusal(f"{wave.title} sudah dibatalkan.")


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
        group=session.group,
        note=session.note,
    )
