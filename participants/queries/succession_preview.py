"""What a change of head means for one RT, in numbers, before it is written down."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from participants.models import Enrolment, RTHead, WaitingPlace
from participants.succession import passing
from participants.told import ANNOUNCEMENTS, REMINDERS
from rtportal.messaging.models import Message


@dataclass(frozen=True)
class SuccessionPreview:
    """`passing` and `kept` are enrolments with wave and programme, the next wave first; the rest are numbers of those
    that pass: answers that start anew, messages that are withdrawn, places on waiting lists that pass too.
    """

    passing: list[Enrolment]
    kept: list[Enrolment]
    answered: int
    withdrawn: int
    waiting: int


def succession_preview(head: RTHead, *, now: datetime) -> SuccessionPreview:
    """Four queries at most."""
    rows = passing(now).filter(head=head).select_related("wave__program__region").order_by("wave__starts_at", "pk")
    seats = list(rows)
    under_way = Q(wave__starts_at__lte=now, wave__ends_at__gt=now, wave__cancelled_at=None)
    kept = Enrolment.objects.active().filter(under_way, head=head).select_related("wave__program__region")
    keys = [one.pk for one in seats]
    messages = Message.objects.filter(kind__in=[*ANNOUNCEMENTS, *REMINDERS], about_id__in=keys)
    return SuccessionPreview(
        passing=seats,
        kept=list(kept),
        answered=sum(1 for one in seats if one.answer),
        withdrawn=messages.filter(state__in=[Message.State.QUEUED, Message.State.TASK]).count(),
        waiting=WaitingPlace.objects.filter(enrolment__in=keys, closed_at=None).count(),
    )
