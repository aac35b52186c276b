"""Readings of the outbox for pages."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from rtportal.accounts.models import User
from rtportal.lib import phones
from rtportal.messaging.channels import all_channels
from rtportal.messaging.kinds import kind_labels
from rtportal.messaging.models import InboxItem, Message
from rtportal.regions.models import Region


def messages_to(user: User, *, state: str = "", channel: str = "", kind: str = "", search: str = "") -> QuerySet:
    """Messages in the user's scope, newest first; `search` looks in names and addresses."""
    rows = Message.objects.visible_to(user)
    wanted = {"state": state, "channel": channel, "kind": kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return _found(rows, search)


def inbox_of(user: User, *, search: str = "") -> QuerySet:
    """What the development inbox received for people in the user's scope, newest first."""
    return _found(InboxItem.objects.visible_to(user), search)


def _found(rows: QuerySet, search: str) -> QuerySet:
    if search:
        rows = rows.filter(Q(recipient_name__icontains=search) | Q(address__in=spellings(search)))
    return rows


def spellings(search: str) -> list[str]:
    """The addresses that somebody may mean: sealed as they are, they are only found whole."""
    return list(dict.fromkeys([phones.searched(search) or search, search.lower()]))


def described(rows: Iterable[Message | InboxItem]) -> list[Message | InboxItem]:
    """The rows as pages show them, with `region` and, for messages, what people call kind and channel. One query."""
    listed = list(rows)
    regions = Region.objects.in_bulk({row.region_code for row in listed})
    kinds, channels = kind_labels(), all_channels()
    for row in listed:
        row.region = regions.get(row.region_code)
        row.zone = row.region.time_zone if row.region else "WIB"
        if isinstance(row, Message):
            row.kind_label = kinds.get(row.kind, row.kind)
            row.channel_label = channels[row.channel].label if row.channel in channels else row.channel
    return listed
