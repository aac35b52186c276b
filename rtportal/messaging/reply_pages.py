"""Replies as pages show them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import phones
from rtportal.messaging.channels import label_of
from rtportal.messaging.models import Reply
from rtportal.messaging.queries import spellings
from rtportal.regions.models import Region

# Of one conversation.
SHOWN_EARLIER = 10


def replies_to(user: User, *, state: str = "", search: str = "") -> QuerySet[Reply]:
    """Replies in the user's scope, newest first; `search` looks in names and words, and for whole numbers."""
    rows = Reply.objects.visible_to(user).select_related("message", "handled_by")
    if state:
        rows = rows.filter(state=state)
    if search:
        found = Q(sender_name__icontains=search) | Q(text__icontains=search) | Q(address__in=spellings(search))
        rows = rows.filter(found | Q(message__recipient_name__icontains=search))
    return rows


def earlier_than(reply: Reply, user: User) -> QuerySet[Reply]:
    """What the same number wrote before, newest first."""
    rows = Reply.objects.visible_to(user).filter(channel=reply.channel, address=reply.address, pk__lt=reply.pk)
    return rows[:SHOWN_EARLIER]


def described(rows: Iterable[Reply]) -> list[Reply]:
    """The rows as pages show them, each with `who`, `region`, `zone`, `channel_label`, `shown_address`, `is_phone`,
    and `chat` (digits for wa.me). One query.
    """
    listed = list(rows)
    regions = Region.objects.in_bulk({row.region_code for row in listed if row.region_code})
    for row in listed:
        row.region = regions.get(row.region_code)
        row.zone = row.region.time_zone if row.region else "WIB"
        row.channel_label = label_of(row.channel)
        row.shown_address = phones.display(row.address)
        row.is_phone = row.address.startswith("+") and row.address[1:].isdecimal()
        row.chat = row.address[1:] if row.is_phone else ""
        row.who = (row.message.recipient_name if row.message else "") or row.sender_name or row.shown_address
    return listed


def may_handle(user: User, reply: Reply) -> bool:
    """Whoever may record answers in its region; of nobody known, whoever plans anywhere."""
    scope = scope_of(user)
    if not reply.region_code:
        return scope.may_anywhere(Right.SCHEDULE)
    return scope.may(Right.ANSWER_FOR, reply.region_code)
