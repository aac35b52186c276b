"""The work queue of messages that operators send from their own telephones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.messaging.kinds import kind_labels
from rtportal.messaging.models import Message
from rtportal.regions.codes import within_q
from rtportal.regions.models import Region

MANUAL = "manual"


@dataclass(frozen=True)
class Place:
    """A kelurahan/desa with tasks: telephone numbers to write to, those among them opened but not marked, and since
    when the oldest waits.
    """

    region: Region
    phones: int
    opened: int
    oldest_at: datetime


def tasks_of(user: User) -> QuerySet[Message]:
    """Tasks on the own telephone that the user may carry out."""
    areas = scope_of(user).areas_with(Right.ANSWER_FOR)
    return Message.objects.tasks().filter(within_q("region_code", areas), channel=MANUAL)


def still_useful(now: datetime) -> Q:
    """Not too late yet, or opened: whether it was sent only its operator knows."""
    return Q(expires_at=None) | Q(expires_at__gt=now) | Q(started_at__isnull=False)


def places_with_tasks(user: User, now: datetime) -> list[Place]:
    """Kelurahan/desa in which the user has something to send, by code. Two queries."""
    rows = (
        tasks_of(user)
        .filter(still_useful(now))
        .order_by()
        .values_list("region_code")
        .annotate(
            phones=Count("address", distinct=True),
            opened=Count("address", distinct=True, filter=Q(started_at__isnull=False)),
            oldest_at=Min("queued_at"),
        )
    )
    found = {code: numbers for code, *numbers in rows}
    regions = Region.objects.filter(code__in=found).select_related("parent").order_by("code")
    return [Place(region, *found[region.code]) for region in regions]


@dataclass(frozen=True)
class Work:
    """What is left in one region: telephone numbers nobody has opened, and messages somebody has."""

    free: int
    own: list[Message]
    of_others: list[Message]


def work_in(user: User, region_code: str, now: datetime) -> Work:
    """Two queries, whatever there is to do."""
    rows = tasks_of(user).filter(within_q("region_code", [region_code]))
    free = rows.filter(still_useful(now), started_at=None).aggregate(phones=Count("address", distinct=True))
    opened = rows.filter(started_at__isnull=False).select_related("started_by").order_by("started_at", "pk")
    own, others = [], []
    for message in opened:
        (own if message.started_by_id == user.pk else others).append(message)
    return Work(free["phones"], own, others)


def kind_words(messages: Iterable[Message]) -> str:
    """`Undangan`, `Pengingat dan Undangan`: what the messages are called, each once."""
    labels = kind_labels()
    names = list(dict.fromkeys(labels.get(message.kind, message.kind) for message in messages))
    *first, last = names
    return f"{', '.join(first)} dan {last}" if first else last
