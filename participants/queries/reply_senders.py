"""Whose telephone or mailbox it is that a reply came from."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from participants.models import Enrolment, RTHead
from participants.queries.enrolment_page import ABOUT_ENROLMENTS, enrolments_with_wave
from rtportal.accounts.models import User
from rtportal.messaging.models import Message
from rtportal.messaging.replies import Person, Sender

# At one address; more than these no family has.
MOST_PEOPLE = 10
# A number that so many heads gave is an office's.
MOST_HEADS = 100


def sender_at(channel: str, address: str) -> Sender | None:
    """Who writes from this address: the newest message about them, what went out there itself before all else.

    Two heads may share a telephone; then only their region is known, the one of the newest message.
    """
    rows = Enrolment.objects.filter(head__in=_heads_at(channel, address)).order_by("-pk")
    found = list(rows.values_list("pk", "head_id", "village_id"))
    if not found:
        return None
    messages = Message.objects.filter(kind__in=ABOUT_ENROLMENTS, about_id__in=[pk for pk, *_ in found])
    # E-mail addresses come back in any spelling; of a family there are few messages.
    listed = list(messages.order_by("-id"))
    there = [one for one in listed if one.channel == channel and one.address.casefold() == address.casefold()]
    newest = next(iter(there or listed), None)
    is_shared = len({head for _, head, _ in found}) > 1
    return Sender(newest.region_code if newest else found[0][2], None if is_shared else newest)


def people_at(channel: str, address: str, message: Message | None, *, user: User) -> list[Person]:
    """Participants in the user's scope who may have written, each with the page on which answers are recorded."""
    about = message.about_id if message and message.kind in ABOUT_ENROLMENTS else 0
    # Looked up first: of an OR with a condition about heads no index finds the rows.
    heads = list(_heads_at(channel, address).values_list("pk", flat=True)[:MOST_HEADS])
    mine = Q(head__in=heads, superseded_at=None) | Q(pk=about)
    rows = Enrolment.objects.visible_to(user).filter(mine).select_related("head").order_by("-pk")[:MOST_PEOPLE]
    return [
        Person(enrolment.head.full_name, reverse("participants:enrolment_detail", args=[enrolment.pk]))
        for enrolment in sorted(rows, key=lambda one: one.pk != about)
    ]


def open_enrolments_at(channel: str, address: str, *, now: datetime) -> QuerySet[Enrolment]:
    """Invitations of heads with this address that still stand: published, not called off, not over."""
    rows = enrolments_with_wave().filter(head__in=_heads_at(channel, address), link_revoked_at=None)
    return rows.active().filter(wave__publication__isnull=False, wave__cancelled_at=None, wave__ends_at__gt=now)


def _heads_at(channel: str, address: str) -> QuerySet[RTHead]:
    where = Q(email__iexact=address) if channel == "email" else Q(phone=address)
    return RTHead.objects.current().filter(where).values("pk") if address else RTHead.objects.none()
