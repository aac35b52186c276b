"""What the use cases about a speaker's answer share: holding the part, and carrying the answer into the schedule."""

from datetime import datetime

from programs.errors import Refusal
from programs.models import Wave
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from sessions.live_parts import show_part
from sessions.models import SessionSpeaker

Status = SessionSpeaker.Status
LONGEST_REASON = SessionSpeaker._meta.get_field("decline_reason").max_length


def locked_part(**lookup) -> SessionSpeaker | None:
    """The part with speaker, session, wave, programme, region and publication; None if it is gone meanwhile.

    The wave is locked first, as publishing does it: an answer and a new version of the schedule come one after the
    other, and neither loses what the other wrote.
    """
    wave_id = Wave.objects.filter(training_sessions__session_speakers__in=_parts(**lookup)).values_list("pk", flat=True)
    found = wave_id.first()
    if found is None:
        return None
    wave = locked_wave(found)
    part = _parts(**lookup).select_for_update(of=("self",)).select_related("speaker", "session").first()
    if part is not None:
        part.session.wave = wave
    return part


def read_reason(status: str, reason: str) -> str:
    """The reason as it is kept: one line, empty unless the speaker declines.

    Refuses (Refusal): an unknown status, no reason or a very long one where the speaker declines.
    """
    if status not in Status.values:
        raise Refusal("Pilih salah satu jawaban: bersedia, belum pasti, atau menolak.", field="status")
    if status != Status.DECLINED:
        return ""
    line = " ".join(reason.replace("\0", "").split())
    if not line:
        raise Refusal("Isi alasan menolak, misalnya: ada tugas dinas pada hari itu.", field="reason")
    if len(line) > LONGEST_REASON:
        raise Refusal(f"Alasan terlalu panjang: paling banyak {LONGEST_REASON} huruf.", field="reason")
    return line


def write_part(part: SessionSpeaker, *, status: str, reason: str, by: User | None, now: datetime) -> None:
    """Keep the answer, show it in the published schedule at once, and take or free the speaker. `part` is locked.

    Refuses (Refusal): a yes to something at the time of another yes.
    """
    part.status, part.decline_reason = status, reason
    part.status_at, part.status_by = now, by
    part.save(update_fields=["status", "decline_reason", "status_at", "status_by"])
    show_part(part)


def _parts(**lookup):
    return SessionSpeaker.objects.filter(**lookup).order_by("pk")
