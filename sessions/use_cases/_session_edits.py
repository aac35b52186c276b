"""Steps that editing, moving and swapping sessions share: locking, comparing versions, telling what changed."""

from collections.abc import Iterable
from datetime import datetime

from programs.errors import Refusal
from programs.models import Wave
from programs.queries.changes import changed_labels, differences
from programs.use_cases._editing import locked_wave, refuse_stale
from rtportal.accounts.models import User
from rtportal.audit.record import record
from sessions.models import TrainingSession
from sessions.queries.session_values import session_key, session_values

GONE = "Sesi ini baru saja dihapus oleh petugas lain."


def locked_sessions(wave: Wave, versions: dict[int, int]) -> list[TrainingSession]:
    """The wave's sessions with these keys in the order given, locked; `versions` is what the official saw of each.

    Refuses (Refusal) one that was deleted and (StaleEdit) one that somebody else saved meanwhile. The wave is locked
    first, as publishing does, so an agenda is never published half moved.
    """
    locked = locked_wave(wave.pk)
    rows = TrainingSession.objects.select_for_update().filter(wave=wave, pk__in=versions).order_by("pk")
    found = {row.pk: row for row in rows}
    for pk, version in versions.items():
        if pk not in found:
            raise Refusal(GONE)
        refuse_stale(found[pk], wave.group, version, session_key(pk))
        found[pk].wave = locked
    return [found[pk] for pk in versions]


def tell_edits(
    edits: Iterable[tuple[TrainingSession, dict[str, str]]],
    *,
    wave: Wave,
    action: str,
    sentence: str,
    actor: User,
    now: datetime,
) -> None:
    """One audit line for the saved sessions, each given with the values it had before (empty if it is new).

    `sentence` ends with a full stop, or is followed by what changed.
    """
    told = {
        session_key(session.pk): {
            "version": session.version,
            "changes": differences(before, session_values(session, wave.zone)) if before else [],
        }
        for session, before in edits
    }
    if not sentence.endswith("."):
        labels = changed_labels([change for line in told.values() for change in line["changes"]])
        sentence += f": {labels}." if labels else "."
    record(
        at=now,
        actor=actor,
        action=action,
        sentence=sentence,
        region_code=wave.program.region_id,
        subject=wave.group,
        data=told,
    )
