"""A place that stayed with a former head is handed to the present one by hand."""

from datetime import datetime

from django.db import transaction

from participants.models import Enrolment, RTHead
from participants.moving import locked_waves
from participants.succession import HandedOver, hand_over_seats, lock_roster, why_kept
from rtportal.accounts.models import User
from rtportal.lib.errors import InputError


class SuccessionRefused(InputError):
    """The place stays with whoever has it."""


@transaction.atomic
def pass_to_successor(*, enrolment: Enrolment, by: User, now: datetime) -> HandedOver:
    """`enrolment` comes with `head.rt`; the caller has checked Right.MANAGE_ROSTER.

    Does: gives the place of a former head to the present head of the RT, with a new link and code.
    Refuses (SuccessionRefused, nothing changed): a head in office, an RT without one; a wave that has ended, or was
    continued in a later one; somebody recorded at the door, on the list or on paper.
    Tells: the successor, if the wave has not begun and its invitations are open. Else the office shows them the pass.
    """
    lock_roster(enrolment.head.rt.village_id)
    locked_waves(Enrolment.objects.filter(pk=enrolment.pk).values_list("wave", flat=True))
    # Whoever records attendance holds the row, so it is seen here or finds another head.
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("head__rt", "wave")
    held = rows.get(pk=enrolment.pk)
    successor = RTHead.objects.current().filter(rt=held.head.rt_id).first()
    if refusal := why_kept(held, successor, now=now):
        raise SuccessionRefused(refusal)
    return hand_over_seats([held.pk], {successor.rt_id: successor}, by=by, now=now)
