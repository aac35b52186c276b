"""Letters were printed."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from rtportal.messaging.kinds import Content, Unfit
from rtportal.messaging.models import Message

State = Message.State


@transaction.atomic
def mark_printed(*, printed: Mapping[int, Content], unfit: Mapping[int, Unfit], now: datetime) -> list[Message]:
    """Letters by their message, and messages that need none any more. Belongs into the transaction of the file.

    Does: keeps on each letter since when it is on paper and which edition it tells; closes those that need no letter
    any more, unless one was printed before.
    Refuses: nothing. A message that was closed while its letter was being laid out stays closed.
    Tells: nobody. Returns the messages of that last kind: their letters are on paper and must not be handed out.
    """
    rows = Message.objects.filter(pk__in=[*printed, *unfit]).select_for_update().order_by("pk")
    states = {message.pk: message for message in rows}
    by_words = defaultdict(list)
    for pk, content in printed.items():
        by_words[content.edition, content.subject[:200]].append(pk)
    for (edition, subject), keys in by_words.items():
        # Also where it is closed meanwhile: whoever holds the paper must be able to find out.
        Message.objects.filter(pk__in=keys).update(
            started_at=Coalesce(F("started_at"), Value(now)), edition=edition, subject=subject
        )
    for pk, reason in unfit.items():
        message = states.get(pk)
        if message and message.state == State.TASK and message.started_at is None and reason.state != State.QUEUED:
            failure = Message.Failure.CONTENT if reason.state == State.FAILED else ""
            Message.objects.filter(pk=pk).update(
                state=reason.state, failure=failure, detail=reason.detail, closed_at=now
            )
    return [states[pk] for pk in printed if pk in states and states[pk].state != State.TASK]
