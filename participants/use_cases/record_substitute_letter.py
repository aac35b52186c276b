"""A substitute's letter of assignment was handed in."""

from datetime import datetime

from django.db import transaction

from participants.models import Enrolment
from participants.substitutes import Outcome, keep_decision, record_decision
from participants.use_cases._substitutes import locked_substitute
from rtportal.accounts.models import User


@transaction.atomic
def record_substitute_letter(*, enrolment: Enrolment, key: str, is_received: bool, by: User, now: datetime) -> None:
    """`key` is the `substitute_key` that was shown; the caller has checked Right.ANSWER_FOR.

    Does: keeps when the letter came, or takes that back; with history and an audit line. The same again writes nothing.
    Refuses (SubstituteRefused): another answer since the page was opened; a wave that is over or cancelled.
    Tells: nobody.
    """
    row, wave = locked_substitute(enrolment.pk, key, now)
    if bool(row.substitute_letter_at) == is_received:
        return
    row.substitute_letter_at = now if is_received else None
    row.save(update_fields=["substitute_letter_at"])
    outcome = Outcome.LETTER if is_received else Outcome.NO_LETTER
    keep_decision(row, outcome, name=row.substitute_name, actor=by, now=now)
    record_decision(row, wave, outcome, actor=by, now=now)
