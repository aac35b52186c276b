"""Somebody carried out messages by hand, or could not."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from rtportal.messaging.channels import label_of
from rtportal.messaging.models import DeliveryAttempt, Message
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures

Outcome = Literal["told", "failed"]
# Of very many people these are named in the history.
NAMED = 3


@transaction.atomic
def close_tasks(
    *,
    messages: Iterable[Message],
    outcome: Outcome,
    by: User,
    now: datetime,
    detail: str = "",
    failure: Message.Failure = Message.Failure.UNDELIVERED,
) -> list[Message]:
    """Close tasks as told, or as failed for the reason in `detail` (a sentence) and `failure`.

    Does: each gets an attempt and its state; an audit line for each wave and kelurahan/desa. Those that failed go on to
    the next link of their route.
    Refuses: nothing; what is no task any more stays as it is.
    Tells: nobody else. Returns the messages that were closed.
    """
    is_told = outcome == "told"
    keys = [message.pk for message in messages]
    closed = list(Message.objects.tasks().filter(pk__in=keys).select_for_update().order_by("pk"))
    if not closed:
        return []
    words = (detail or ("Disampaikan." if is_told else "Tidak dapat disampaikan."))[:400]
    told = f"{words} Dicatat oleh {by}."[:500]
    Message.objects.filter(pk__in=[message.pk for message in closed]).update(
        state=Message.State.ACCEPTED if is_told else Message.State.FAILED,
        failure="" if is_told else failure,
        started_at=Coalesce(F("started_at"), Value(now)),
        started_by=None,
        closed_at=now,
        attempt_count=F("attempt_count") + 1,
        detail=told,
    )
    DeliveryAttempt.objects.bulk_create(
        DeliveryAttempt(
            message=message,
            number=message.attempt_count + 1,
            channel=message.channel,
            started_at=message.started_at or now,
            ended_at=now,
            outcome=DeliveryAttempt.Outcome.ACCEPTED if is_told else DeliveryAttempt.Outcome.PERMANENT,
            detail=told,
        )
        for message in closed
    )
    _record(closed, outcome, words, by, now)
    if not is_told:
        pass_on_failures(now=now)
    return closed


def _record(closed: list[Message], outcome: Outcome, words: str, by: User, now: datetime) -> None:
    together = defaultdict(list)
    for message in closed:
        together[message.group, message.region_code, message.channel].append(message)
    for (group, region_code, channel), some in together.items():
        names = ", ".join(message.recipient_name for message in some[:NAMED])
        more = f" dan {thousands(len(some) - NAMED)} orang lain" if len(some) > NAMED else ""
        verdict = "sudah disampaikan" if outcome == "told" else f"tidak dapat disampaikan: {words}"
        record(
            at=now,
            actor=by,
            action=f"message.task_{outcome}",
            sentence=f"Menandai pesan untuk {names}{more} ({label_of(channel)}): {verdict}",
            region_code=region_code,
            subject=group,
            data={"messages": [message.pk for message in some]},
        )
