"""What the speakers of a wave are paid."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from programs.models import Wave
from sessions.models import SessionSpeaker, Speaker, SpeakerFee


@dataclass(frozen=True)
class FeeLine:
    """A speaker of the wave, in how many sessions, and the fee; None where none was written down."""

    speaker: Speaker
    sessions: int
    fee: SpeakerFee | None


def fee_tax(fee: SpeakerFee) -> int:
    """Whole rupiah; halves round up."""
    return int((fee.amount * fee.tax_percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def fee_mark(fee: SpeakerFee | None) -> str:
    """What stands written down, in one word: whoever edits says on top of what."""
    return f"{fee.amount}/{fee.tax_percent.normalize():f}/{int(bool(fee.paid_at))}" if fee else "-"


def fee_lines(wave: Wave) -> list[FeeLine]:
    """Who speaks or moderates in the wave and has not declined, and whoever has a fee, by name. Two queries."""
    fees = {fee.speaker_id: fee for fee in SpeakerFee.objects.filter(wave=wave.pk).select_related("speaker")}
    parts = SessionSpeaker.objects.filter(session__wave=wave.pk).exclude(role=SessionSpeaker.Role.STANDBY)
    speakers = {fee.speaker_id: fee.speaker for fee in fees.values()}
    counts: dict[int, int] = {}
    for part in parts.exclude(status=SessionSpeaker.Status.DECLINED).select_related("speaker"):
        speakers[part.speaker_id] = part.speaker
        counts[part.speaker_id] = counts.get(part.speaker_id, 0) + 1
    lines = [FeeLine(speaker, counts.get(pk, 0), fees.get(pk)) for pk, speaker in speakers.items()]
    return sorted(lines, key=lambda line: (line.speaker.name, line.speaker.position, line.speaker.pk))
