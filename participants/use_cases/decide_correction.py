"""An operator accepts or refuses what a head asked to have put right."""

from copy import copy
from datetime import datetime

from django.db import transaction

from participants.models import DataCorrection, RTHead
from participants.roster_file import cells
from participants.substitutes import turn_back_heads
from participants.use_cases._correcting import (
    LONGEST_NOTE,
    CorrectionRefused,
    change_sentence,
    columns_of,
    data_of,
)
from participants.use_cases._readdressing import locked_coming_waves, readdress
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.errors import InputError


class AlreadyDecided(InputError):
    """Somebody else was faster; the sentence says who, when and how."""


@transaction.atomic
def decide_correction(
    *, correction: DataCorrection, is_accepted: bool, note: str, by: User, now: datetime
) -> DataCorrection:
    """`correction` comes with `enrolment.wave` and `village`; the caller has checked Right.ANSWER_FOR.

    Does: writes an accepted wish to the head and takes messages not sent yet along; keeps who decided, when and why.
    Refuses: no reason for a refusal, or too long a one (CorrectionRefused, field `note`); a second decision
    (AlreadyDecided).
    Tells: the head's own page; one audit line at the wave, with telephone numbers masked in its sentence. Where this
    head turns out to stand in for another one of the wave, that one has to answer again and is told so.
    """
    said = cells.text(note)
    if not said and not is_accepted:
        raise CorrectionRefused({"note": "Tulis alasan penolakan. Ketua RT membacanya pada halamannya."})
    if len(said) > LONGEST_NOTE:
        raise CorrectionRefused({"note": f"Terlalu panjang: {len(said)} huruf, paling banyak {LONGEST_NOTE}."})
    # Before the head, as everybody does who locks waves: the corrected head may stand in for another one there.
    waves = locked_coming_waves([correction.head_id], now=now) if is_accepted else []
    # Then the head, as whoever asks does: so nobody waits in a circle.
    head = RTHead.objects.select_for_update(of=("self",), no_key=True).select_related("rt").get(pk=correction.head_id)
    state = DataCorrection.State.ACCEPTED if is_accepted else DataCorrection.State.REFUSED
    rows = DataCorrection.objects.filter(pk=correction.pk)
    decision = {"state": state, "decided_at": now, "decided_by": by, "decision_note": said}
    if not rows.filter(state=DataCorrection.State.OPEN).update(**decision):
        raise AlreadyDecided(_decided_sentence(rows.select_related("decided_by", "village").get()))
    before = {field: value for field, value in data_of(head).items() if field in correction.wanted}
    if is_accepted:
        _write(head, correction.wanted, now)
        for wave in waves:
            turn_back_heads(wave, now=now)
    verb = "diterima" if is_accepted else "ditolak"
    reason = f" Keterangan: {said}" if said else ""
    record(
        at=now,
        actor=by,
        action=f"correction.{state}",
        sentence=(f"Perbaikan data {head} ({head.rt}) {verb}: {change_sentence(before, correction.wanted)}.{reason}"),
        region_code=correction.village_id,
        subject=correction.enrolment.wave.group,
        data={"correction": correction.pk, "before": before, "after": correction.wanted},
    )
    return rows.get()


def _write(head: RTHead, wanted: dict[str, str], now: datetime) -> None:
    former, columns = copy(head), columns_of(wanted)
    if columns:
        for name, value in columns.items():
            setattr(head, name, value)
        head.save(update_fields=columns)
        readdress([(former, head)], now=now)


def _decided_sentence(correction: DataCorrection) -> str:
    at = clock.moment_words(correction.decided_at, correction.village.time_zone)
    how = correction.get_state_display()
    return f"Permintaan ini sudah {how} oleh {correction.decided_by} pada {at}. Keputusan Anda tidak disimpan."
