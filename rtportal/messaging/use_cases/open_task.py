"""An operator takes the next telephone number of a work queue and is shown what to send there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from rtportal.accounts.models import User
from rtportal.messaging.by_hand import tasks_of
from rtportal.messaging.kinds import Content, Unfit, render
from rtportal.messaging.models import Message
from rtportal.regions.codes import within_q

State = Message.State
_LATE = "Terlambat: batas waktu pengiriman pesan ini sudah lewat."


@dataclass(frozen=True)
class OpenedTask:
    """Messages to one telephone number; `contents` by primary key holds what each says, if it still says anything."""

    address: str
    messages: list[Message]
    contents: dict[int, Content]
    is_synthetic: bool

    @property
    def texts(self) -> list[str]:
        return [self.contents[message.pk].text for message in self.messages if message.pk in self.contents]


@transaction.atomic
def open_task(*, region_code: str, by: User, now: datetime) -> OpenedTask | None:
    """Take the number that waits longest in a region, with every message to it that `by` may send.

    Does: marks the messages as opened by `by`, makes their texts now and keeps which edition each tells; messages
    that need no sending any more are closed on the way. What `by` has open already comes first.
    Refuses: nothing; None if nothing is left. Two operators never get the same message.
    Tells: nobody; the operator does.
    """
    allowed = tasks_of(by)
    here = allowed.filter(within_q("region_code", [region_code]))
    late = here.filter(started_at=None, expires_at__lte=now)
    late.update(state=State.EXPIRED, closed_at=now, detail=_LATE)
    unready: set[int] = set()
    while True:
        own = here.filter(started_by=by, started_at__isnull=False).order_by("started_at", "pk").first()
        first = own or here.filter(started_at=None).exclude(pk__in=unready).order_by("due_at", "pk").first()
        if first is None:
            return None
        if opened := _take(allowed.filter(address=first.address), unready, by, now):
            return opened


def _take(rows: QuerySet, unready: set[int], by: User, now: datetime) -> OpenedTask | None:
    """All messages to one number; None if none of them is to be sent (now), or somebody else was quicker."""
    free = rows.filter(started_at=None).exclude(pk__in=unready)
    asked = list(free.values_list("pk", flat=True))
    # Of two operators at once the condition lets one have each row.
    rows.filter(pk__in=asked, started_at=None).update(started_at=now, started_by=by)
    messages = list(rows.filter(started_by=by, started_at__isnull=False).order_by("pk"))
    contents = render(messages)
    fresh = {message.pk for message in messages if message.pk in asked}
    for message in messages:
        content = contents[message.pk]
        if message.pk not in fresh:
            # It may have been sent with what it said then, so its edition stays.
            continue
        if isinstance(content, Unfit):
            _put_aside(message, content, unready, now)
        else:
            Message.objects.filter(pk=message.pk).update(edition=content.edition, subject=content.subject[:200])
    kept = [message for message in messages if message.pk not in fresh or isinstance(contents[message.pk], Content)]
    if not kept:
        # Whoever was quicker has them; they must not be asked for again in this turn.
        unready.update(asked)
        return None
    return OpenedTask(
        address=kept[0].address,
        messages=kept,
        contents=_told(kept, contents),
        is_synthetic=any(message.is_synthetic for message in kept),
    )


def _put_aside(message: Message, unfit: Unfit, unready: set[int], now: datetime) -> None:
    changes = {"started_at": None, "started_by": None, "detail": unfit.detail}
    if unfit.state == State.QUEUED:
        unready.add(message.pk)
    else:
        changes |= {"state": unfit.state, "closed_at": now}
        if unfit.state == State.FAILED:
            changes["failure"] = Message.Failure.CONTENT
    Message.objects.filter(pk=message.pk).update(**changes)


def _told(messages: Collection[Message], contents: dict[int, Content | Unfit]) -> dict[int, Content]:
    found = {message.pk: contents[message.pk] for message in messages}
    return {pk: content for pk, content in found.items() if isinstance(content, Content)}
