"""An RT head asks to have the own data put right."""

from datetime import datetime

from django.db import transaction

from participants.models import DataCorrection, Enrolment, RTHead
from participants.use_cases._correcting import CorrectionRefused, change_sentence, read_wish
from rtportal.audit.record import record

WAITS = "Permintaan sebelumnya masih diperiksa. Tunggu keputusannya, lalu kirim yang baru bila masih ada yang salah."


@transaction.atomic
def request_correction(
    *, enrolment: Enrolment, name: str, phone: str, email: str, note: str, now: datetime
) -> DataCorrection:
    """`enrolment` comes with `wave`; whoever asks has shown the last digits of the head's telephone.

    Does: keeps what is to change beside what it was, to be decided within three days of 24 hours. Nothing of the head
    changes yet.
    Refuses (CorrectionRefused, with every fault at once): what cannot be read, nothing at all, a second request while
    one waits.
    Tells: the operators' list and Beranda; one audit line at the wave.
    """
    head = RTHead.objects.select_for_update(of=("self",), no_key=True).select_related("rt").get(pk=enrolment.head_id)
    if DataCorrection.objects.waiting().filter(head=head).exists():
        raise CorrectionRefused({"": WAITS})
    wish = read_wish(head, name=name, phone=phone, email=email, note=note)
    correction = DataCorrection.objects.create(
        enrolment=enrolment,
        head=head,
        village_id=enrolment.village_id,
        wanted=wish.wanted,
        before=wish.before,
        note=wish.note,
        requested_at=now,
        due_at=now + DataCorrection.TIME_TO_DECIDE,
    )
    # A degree at its end brings a full stop of its own.
    change = change_sentence(wish.before, wish.wanted).removesuffix(".")
    record(
        at=now,
        actor=None,
        actor_label=f"{head} (tautan pribadi)",
        action="correction.requested",
        sentence=f"{head} ({head.rt}) meminta perbaikan data: {change}.",
        region_code=enrolment.village_id,
        subject=enrolment.wave.group,
        data={"enrolment": enrolment.pk, "correction": correction.pk},
    )
    return correction
