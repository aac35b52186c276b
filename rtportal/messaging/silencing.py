"""Nothing more is written to somebody: what waits is withdrawn, and nothing follows what failed."""

from datetime import datetime

from django.db.models import QuerySet

from rtportal.messaging.models import Message


def silence(messages: QuerySet[Message], *, words: str, now: datetime) -> None:
    """Withdraw those of the messages that wait, for the reason in `words`; a few statements, in the caller's
    transaction. One that a worker has in hand goes out or not, and is not tried again. The rows stay locked.
    """
    # In one order, as all do who hold several.
    list(messages.select_for_update().order_by("pk").values_list("pk"))
    # Nothing follows one that fails, or has failed. First, so that what was written meanwhile is seen below.
    messages.exclude(route=[]).update(route=[])
    # A task in somebody's hands or a letter on paper shows the dead link.
    waiting = messages.filter(state__in=[Message.State.QUEUED, Message.State.TASK])
    waiting.update(state=Message.State.WITHDRAWN, closed_at=now, detail=words)
    # One in a worker's hands that is given back.
    messages.filter(state=Message.State.SENDING).update(expires_at=now)
