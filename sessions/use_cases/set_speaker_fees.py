"""What the speakers of a wave get."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from programs.errors import Refusal
from programs.models import Wave
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import rupiah
from sessions.models import SpeakerFee
from sessions.queries.speaker_fees import fee_lines, fee_mark


@dataclass(frozen=True)
class FeeWish:
    """Whole rupiah before tax (0 for no fee), tax in per cent, whether the money was handed over.

    `seen` is the `fee_mark` of what the official saw.
    """

    speaker_id: int
    amount: int
    tax_percent: Decimal
    is_paid: bool
    seen: str


@transaction.atomic
def set_speaker_fees(*, wave: Wave, wishes: Sequence[FeeWish], by: User, now: datetime) -> int:
    """Returns how many fees changed. The caller has checked Right.SCHEDULE.

    Does: writes down the fee of each speaker that `wishes` names; nothing where it stands so already. A fee of nothing
    is taken away. When it was paid is kept.
    Refuses (Refusal): somebody who does not speak in the wave, a fee of nothing that is said to be paid, a fee that
    somebody else changed since the official saw it.
    Tells: one audit line at the wave that names each change.
    """
    held = locked_wave(wave.pk)
    lines = {line.speaker.pk: line for line in fee_lines(held)}
    told = []
    for wish in wishes:
        line = lines.get(wish.speaker_id)
        if line is None:
            raise Refusal("Narasumber ini sudah tidak ada pada agenda gelombang. Muat ulang halaman ini.")
        if wish.is_paid and not wish.amount:
            raise Refusal(f"Isi jumlah honor {line.speaker} sebelum mencatatnya sudah dibayar.")
        if wish.seen != fee_mark(line.fee) and not _stands(line.fee, wish):
            raise Refusal(f"Honor {line.speaker} baru saja diubah petugas lain. Muat ulang halaman ini, lalu isi lagi.")
        if words := _changed(held, line.fee, wish, by, now):
            told.append(f"{line.speaker} {words}")
    if told:
        record(
            at=now,
            actor=by,
            action="speaker_fees.set",
            sentence=f"Mencatat honor narasumber {held.title}: {'; '.join(told)}.",
            region_code=held.program.region_id,
            subject=held.group,
            data={"speakers": [wish.speaker_id for wish in wishes]},
        )
    return len(told)


def _stands(fee: SpeakerFee | None, wish: FeeWish) -> bool:
    """It is written down so already."""
    if fee is None:
        return not wish.amount
    return (fee.amount, fee.tax_percent, bool(fee.paid_at)) == (wish.amount, wish.tax_percent, wish.is_paid)


def _changed(wave: Wave, fee: SpeakerFee | None, wish: FeeWish, by: User, now: datetime) -> str:
    """What is different now, in words; "" if nothing is."""
    if _stands(fee, wish):
        return ""
    if not wish.amount:
        fee.delete()
        return "tanpa honor"
    row = fee or SpeakerFee(wave=wave, speaker_id=wish.speaker_id)
    row.amount, row.tax_percent, row.recorded_by = wish.amount, wish.tax_percent, by
    row.paid_at = (row.paid_at or now) if wish.is_paid else None
    row.save()
    return f"{rupiah(row.amount)}, {'sudah' if wish.is_paid else 'belum'} dibayar"
