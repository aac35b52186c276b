"""Whose telephone or mailbox it is that a reply came from."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from participants.models import Enrolment, RTHead
from participants.queries.enrolment_page import ABOUT_ENROLMENTS, enrolments_with_wave
from rtportal.messaging.models import Message


def newest_message_to(channel: str, address: str) -> Message | None:
    """The newest message about a participant whose head has this address, whichever channel it went over.

    Else the newest about anybody of that address, so that the reply of somebody who is invited nowhere finds a region.
    """
    enrolments = list(Enrolment.objects.filter(head__in=_heads_at(channel, address)).values_list("pk", flat=True))
    rows = Message.objects.filter(kind__in=ABOUT_ENROLMENTS, about_id__in=enrolments)
    # What went out there itself comes before what the same person got elsewhere.
    there = rows.filter(channel=channel, address__iexact=address)
    return there.order_by("-id").first() or rows.order_by("-id").first()


def open_enrolments_at(channel: str, address: str, *, now: datetime) -> QuerySet[Enrolment]:
    """Invitations of heads with this address that still stand: published, not called off, not over."""
    rows = enrolments_with_wave().filter(head__in=_heads_at(channel, address), link_revoked_at=None)
    return rows.active().filter(wave__publication__isnull=False, wave__cancelled_at=None, wave__ends_at__gt=now)


def page_about(message: Message) -> str:
    """Where officials see the participant of a message and record answers; "" for messages about others."""
    is_ours = message.kind in ABOUT_ENROLMENTS
    return reverse("participants:enrolment_detail", args=[message.about_id]) if is_ours else ""


def _heads_at(channel: str, address: str) -> QuerySet[RTHead]:
    where = Q(email__iexact=address) if channel == "email" else Q(phone=address)
    return RTHead.objects.current().filter(where).values("pk") if address else RTHead.objects.none()
