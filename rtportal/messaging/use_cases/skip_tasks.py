"""An operator puts back what was opened but not sent."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.messaging.models import Message


@transaction.atomic
def skip_tasks(*, messages: Iterable[Message], by: User, now: datetime) -> int:
    """Put messages that `by` has open back to the end of the queue.

    Does: nobody has them open any more, and their texts are made anew when they are opened again.
    Refuses: nothing; what `by` does not have open stays as it is.
    Tells: nobody. Returns how many were put back.
    """
    keys = [message.pk for message in messages]
    opened = Message.objects.tasks().filter(pk__in=keys, started_by=by, started_at__isnull=False)
    return opened.update(started_at=None, started_by=None, edition=None, due_at=now)
