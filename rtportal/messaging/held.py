"""Messages that the sending hours hold back."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from rtportal.accounts.models import User
from rtportal.messaging.models import Message


@dataclass(frozen=True)
class Held:
    """How many messages wait for the sending hours, and the first instant at which one of them goes."""

    count: int
    opens_at: datetime | None


def held_in(group: str, *, now: datetime) -> QuerySet[Message]:
    """The held messages of a group such as `wave:12` that may still be sent."""
    rows = Message.objects.queued().filter(group=group, hold=Message.Hold.QUIET, due_at__gt=now)
    return rows.exclude(expires_at__lte=now)


def held_count(group: str, user: User, *, now: datetime) -> Held:
    """Of the group's messages in the user's scope. One query."""
    return Held(**held_in(group, now=now).visible_to(user).aggregate(count=Count("pk"), opens_at=Min("due_at")))
