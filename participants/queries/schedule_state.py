"""How far a wave's schedule has come: draft, published, changed since, cancelled."""

from dataclasses import dataclass

from participants.publishing import has_unpublished_changes
from programs.models import Wave


@dataclass(frozen=True)
class ScheduleState:
    """`word` with the CSS class that gives it shape and colour; `hint` says what it means for others.

    `can_publish` is whether something waits to be published.
    """

    word: str
    status: str
    hint: str
    can_publish: bool = False


def schedule_state(wave: Wave) -> ScheduleState:
    """Needs `publication`, `venue` and `program.region`; two queries at most."""
    if wave.is_cancelled:
        return ScheduleState("Dibatalkan", "status-bad", wave.cancel_reason)
    if wave.publication is None:
        hint = "Belum ada yang tahu jadwal ini. Terbitkan sebelum membuka undangan."
        return ScheduleState("Draf", "status-off", hint, can_publish=True)
    number = wave.publication.number
    if has_unpublished_changes(wave):
        hint = f"Yang diketahui orang masih versi {number}."
        return ScheduleState("Ada perubahan belum diterbitkan", "status-warn", hint, can_publish=True)
    return ScheduleState(f"Terbit (versi {number})", "status-ok", "")
