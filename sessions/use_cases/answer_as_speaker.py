"""A speaker answers through the personal link."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from rtportal.audit.record import record
from sessions.models import SessionSpeaker, Speaker
from sessions.speaker_facts import own_session
from sessions.use_cases._answering import Status, locked_part, read_reason, write_part

# `diundang` is no answer.
ANSWERS = (Status.CONFIRMED, Status.TENTATIVE, Status.DECLINED)
_WORDS = {Status.CONFIRMED: "bersedia", Status.TENTATIVE: "belum pasti", Status.DECLINED: "menolak"}


@transaction.atomic
def answer_as_speaker(
    *, speaker: Speaker, session_id: int, status: str, reason: str = "", now: datetime
) -> SessionSpeaker:
    """`speaker` is whom the link opened; `status` one of ANSWERS.

    Does: keeps the answer, whatever was answered before; everybody who reads the published schedule sees it at once,
    and who says yes is taken for the published hours.
    Refuses (Refusal, nothing changed): a link replaced meanwhile; a session that is not theirs in the published
    schedule, was cancelled or has begun; no reason for declining; a yes at the time of another yes.
    Tells: one audit line at the wave.
    """
    if status not in ANSWERS:
        raise Refusal("Pilih salah satu jawaban: bersedia, belum pasti, atau menolak.", field="status")
    reason = read_reason(status, reason)
    part = locked_part(session=session_id, speaker=speaker.pk)
    wave = part and part.session.wave
    own = wave and wave.publication and own_session(wave.publication.facts, speaker.pk, session_id)
    if not own:
        raise Refusal("Sesi ini sedang diubah oleh penyelenggara. Hubungi nomor telepon di bawah.")
    if wave.is_cancelled:
        raise Refusal("Acara ini sudah dibatalkan, jadi jawaban tidak diperlukan lagi.")
    if now >= own.starts_at:
        raise Refusal("Sesi ini sudah dimulai, jadi jawabannya tidak dapat diubah lagi.")
    if Speaker.objects.filter(pk=speaker.pk).values_list("link_hash", flat=True).get() != speaker.link_hash:
        raise Refusal("Tautan ini sudah diganti. Buka tautan terakhir yang Anda terima.")
    if (part.status, part.decline_reason) == (status, reason):
        return part
    write_part(part, status=status, reason=reason, by=None, now=now)
    record(
        at=now,
        actor=None,
        actor_label=part.speaker.title,
        action="speaker.answered",
        sentence=f"{part.speaker} menjawab {_WORDS[status]} untuk sesi “{own.title}”"
        + (f": {reason}" if reason else "")
        + ".",
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"speaker": speaker.pk, "session": session_id, "status": status},
    )
    return part
