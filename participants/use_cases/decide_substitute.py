"""A substitute is approved or refused."""

from datetime import datetime

from django.db import transaction

from participants.models import Enrolment
from participants.rules import LONGEST_REASON
from participants.substitutes import (
    HEAD_NOW,
    Outcome,
    State,
    head_of_wave,
    keep_decision,
    record_decision,
    turn_back,
)
from participants.use_cases._substitutes import SubstituteRefused, locked_substitute
from rtportal.accounts.models import User


@transaction.atomic
def decide_substitute(
    *, enrolment: Enrolment, key: str, is_approved: bool, note: str = "", by: User, now: datetime
) -> None:
    """`key` is the `substitute_key` that was shown; the caller has checked `substitutes.may_decide`.

    Does: approves the substitute, or refuses with a reason: then the head has to answer again and keeps the seat. Each
    decision is kept and gets an audit line; approving twice writes nothing.
    Refuses (SubstituteRefused): another answer since the page was opened; a wave that is over or cancelled; a refusal
    without a reason; approving somebody who is a head of the same wave by now.
    Tells: a refused substitute's head, through the outbox.
    """
    row, wave = locked_substitute(enrolment.pk, key, now)
    if not is_approved:
        turn_back([row], wave=wave, note=_reason(note), actor=by, now=now)
        return
    if row.substitute_state != State.PENDING:
        return
    if head_of_wave(wave, row.substitute_phone, row.substitute_key):
        raise SubstituteRefused(f"{HEAD_NOW} Tolak wakil ini, supaya ketua RT menyebutkan orang lain.")
    row.substitute_state, row.substitute_decided_at, row.substitute_decided_by = State.APPROVED, now, by
    row.save(update_fields=["substitute_state", "substitute_decided_at", "substitute_decided_by"])
    keep_decision(row, Outcome.APPROVED, name=row.substitute_name, actor=by, now=now)
    record_decision(row, wave, Outcome.APPROVED, actor=by, now=now)


def _reason(typed: str) -> str:
    note = " ".join(typed.replace("\0", " ").split())
    if not note:
        raise SubstituteRefused("Isi alasan menolak wakil. Ketua RT akan membacanya.")
    if len(note) > LONGEST_REASON:
        raise SubstituteRefused(f"Alasan terlalu panjang: {len(note)} huruf, paling banyak {LONGEST_REASON}.")
    return note
