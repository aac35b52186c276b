"""Taking a session off the agenda."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from sessions.models import TrainingSession


@transaction.atomic
def delete_session(*, session: TrainingSession, actor: User, now: datetime) -> None:
    """Delete a session together with its list of speakers (the speakers themselves stay).

    Does: nothing if it is gone already.
    Refuses (InputError): a session in which attendance was marked.
    Tells: one audit line at the wave.
    """
    # The lock keeps attendance from being marked between the count and the deletion.
    found = TrainingSession.objects.select_for_update().filter(pk=session.pk).first()
    if found is None:
        return
    present = found.attendances.count()
    if present:
        raise InputError(
            f"Sesi “{found.title}” tidak dapat dihapus karena kehadiran {thousands(present)} peserta sudah dicatat"
            " di dalamnya. Batalkan dahulu catatan kehadiran itu."
        )
    wave = session.wave
    found.delete()
    record(
        at=now,
        actor=actor,
        action="session.deleted",
        sentence=f"Menghapus sesi “{found.title}” ({clock.span_words(found.starts_at, found.ends_at, wave.zone)}).",
        region_code=wave.program.region_id,
        subject=wave.group,
    )
