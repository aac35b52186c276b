"""Taking a session off the agenda."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.use_cases._editing import locked_wave, refuse_stale
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from sessions.models import TrainingSession
from sessions.queries.session_values import session_key


@transaction.atomic
def delete_session(*, session: TrainingSession, version: int, actor: User, now: datetime) -> None:
    """Delete a session together with its list of speakers (the speakers themselves stay).

    Does: nothing if it is gone already.
    Refuses: a session in which attendance was marked or recorded at all, or for which materials were handed in
    (Refusal); one that somebody else changed after the official saw `version` (StaleEdit).
    Tells: one audit line at the wave.
    """
    wave = locked_wave(session.wave_id)
    # The lock keeps attendance from being marked between the count and the deletion.
    found = TrainingSession.objects.select_for_update().filter(pk=session.pk).first()
    if found is None:
        return
    refuse_stale(found, wave.group, version, session_key(found.pk))
    present = found.attendances.count()
    if present:
        raise Refusal(
            f"Sesi “{found.title}” tidak dapat dihapus karena kehadiran {thousands(present)} peserta sudah dicatat"
            " di dalamnya."
        )
    # A sheet that was only printed goes with its session.
    sheet = getattr(found, "paper_sheet", None)
    if found.attendance_events.exists() or (sheet and sheet.lines.exists()):
        raise Refusal(
            f"Sesi “{found.title}” tidak dapat dihapus karena kehadiran pernah dicatat di dalamnya,"
            " dan catatan itu tetap disimpan."
        )
    if papers := found.materials.count():
        raise Refusal(
            f"Sesi “{found.title}” tidak dapat dihapus karena {thousands(papers)} berkas materi sudah diunggah"
            " untuknya. Hapus dahulu berkas itu."
        )
    found.delete()
    record(
        at=now,
        actor=actor,
        action="session.deleted",
        sentence=f"Menghapus sesi “{found.title}” ({clock.span_words(found.starts_at, found.ends_at, wave.zone)}).",
        region_code=wave.program.region_id,
        subject=wave.group,
    )
