"""Transport money was handed over."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from participants.models import Payment
from participants.queries.payments import new_payment, payees
from programs.errors import Refusal
from programs.models import Wave
from programs.queries.papers import paper_settings
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import rupiah, thousands


@transaction.atomic
def record_payments(
    *, wave: Wave, by: User, now: datetime, only: Collection[int] | None = None, leave_out: Collection[int] = ()
) -> list[Payment]:
    """Returns the new payments. The caller has checked Right.SCHEDULE.

    Does: records the programme's transport money as paid for everybody who came and is not paid yet: for all but
    `leave_out`, or just for `only` (keys of enrolments). Who is paid already stays as it was, so twice is once.
    Refuses (Refusal): a cancelled wave, one that has not begun, a programme without an amount.
    Tells: one audit line at the wave with number and sum, if there are any.
    """
    held = locked_wave(wave.pk)
    if held.is_cancelled:
        raise Refusal(f"{held.title} dibatalkan, jadi tidak ada uang transpor.")
    if now < held.starts_at:
        raise Refusal(f"{held.title} belum dimulai. Pembayaran dicatat sesudah peserta hadir.")
    settings = paper_settings(held.program_id)
    if not settings.transport_amount:
        raise Refusal("Uang transpor per orang belum diisi. Isi dulu di pengaturan surat program ini.")
    people = payees(held).filter(payment__isnull=True).exclude(pk__in=leave_out)
    if only is not None:
        people = people.filter(pk__in=only)
    fresh = [new_payment(person, settings, paid_at=now, recorded_by=by) for person in people]
    made = Payment.objects.bulk_create(fresh, batch_size=500)
    if made:
        amount = sum(one.amount for one in made)
        who = made[0].received_by if len(made) == 1 else f"{thousands(len(made))} orang"
        record(
            at=now,
            actor=by,
            action="payments.recorded",
            sentence=f"Mencatat uang transpor {held.title} dibayar kepada {who}, seluruhnya {rupiah(amount)}.",
            region_code=held.program.region_id,
            subject=held.group,
            data={"enrolments": [one.enrolment_id for one in made], "amount": amount},
        )
    return made
