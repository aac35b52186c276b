"""A payment that was recorded by mistake."""

from datetime import datetime

from django.db import transaction

from participants.models import Payment
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import rupiah


@transaction.atomic
def take_back_payment(*, payment: Payment, by: User, now: datetime) -> bool:
    """Whether there was anything to take back. The caller has checked Right.SCHEDULE.

    Does: deletes the record; the participant stands as not paid again. `payment` comes with `enrolment.wave.program`.
    Refuses: nothing; a payment that is gone stays gone.
    Tells: one audit line at the wave, with the sum that was recorded.
    """
    deleted, _ = Payment.objects.filter(pk=payment.pk).delete()
    if not deleted:
        return False
    wave = payment.enrolment.wave
    record(
        at=now,
        actor=by,
        action="payment.taken_back",
        sentence=f"Membatalkan catatan uang transpor {payment.received_by}, {rupiah(payment.amount)}.",
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"enrolment": payment.enrolment_id, "amount": payment.amount},
    )
    return True
