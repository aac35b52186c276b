"""What the portal sent to a wave's participants, and what became of each message, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from participants.models import Enrolment
from participants.reminders import INVITATION
from participants.told import ANNOUNCEMENTS, REMINDERS, THANKS, for_predecessors
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.messaging.channels import label_of
from rtportal.messaging.kinds import kind_labels
from rtportal.messaging.models import Message
from rtportal.messaging.steps import Steps, steps_for

ABOUT_PEOPLE = (*ANNOUNCEMENTS, *REMINDERS, THANKS)
State = Message.State
_WRONG = (State.FAILED, State.UNKNOWN, State.EXPIRED, State.WITHDRAWN)


@dataclass(frozen=True)
class Event:
    """Something that happened to a message; `at` None: it is still to come."""

    at: datetime | None
    words: str


@dataclass(frozen=True)
class Delivery:
    """A message to the head, its history, and what the reader may do with it."""

    label: str
    channel_label: str
    message: Message
    events: list[Event]
    steps: Steps | None


def messages_of(wave: Wave, user: User) -> QuerySet[Message]:
    """Every message to participants of the wave in the user's scope."""
    people = Enrolment.objects.filter(wave=wave).visible_to(user).order_by().values("pk")
    return Message.objects.filter(kind__in=ABOUT_PEOPLE, about_id__in=people)


def need_a_human(wave: Wave, user: User) -> QuerySet[Message]:
    """The newest invitation of each who has not answered, where it did not arrive and nothing follows by itself."""
    people = Enrolment.objects.filter(wave=wave, answer="").active().visible_to(user).order_by().values("pk")
    rows = Message.objects.filter(kind=INVITATION, about_id__in=people, state__in=_WRONG)
    rows = rows.exclude(for_predecessors())
    newer = Message.objects.filter(kind=INVITATION, about_id=OuterRef("about_id"), pk__gt=OuterRef("pk"))
    return rows.filter(~Exists(newer)).order_by("region_code", "recipient_name", "pk")


def deliveries_of(enrolment: Enrolment, *, may_act: bool, now: datetime) -> list[Delivery]:
    """Every message about the enrolment, the newest first. Two queries, however many there are."""
    rows = Message.objects.filter(kind__in=ABOUT_PEOPLE, about_id=enrolment.pk).order_by("-id")
    rows = rows.annotate(is_for_predecessor=for_predecessors())
    messages = list(rows.select_related("urgent_by").prefetch_related("attempts"))
    labels = kind_labels()
    return [
        Delivery(
            label=labels[message.kind],
            channel_label=label_of(message.channel),
            message=message,
            events=list(_events(message, now)),
            steps=steps_for(message, now, is_allowed=may_act and not message.is_for_predecessor, others=messages),
        )
        for message in messages
    ]


def _events(message: Message, now: datetime) -> Iterator[Event]:
    yield Event(message.queued_at, "Masuk antrean.")
    if message.urgent_reason:
        yield Event(None, f"Dinyatakan mendesak oleh {message.urgent_by}: {message.urgent_reason}")
    attempts = list(message.attempts.all())
    for attempt in attempts:
        detail = f". {attempt.detail}" if attempt.detail else "."
        yield Event(attempt.started_at, f"Percobaan ke-{attempt.number}: {attempt.get_outcome_display()}{detail}")
    state = State(message.state)
    if message.reported_at:
        yield Event(message.reported_at, f"Laporan dari {label_of(message.channel)}: {state.label}.")
    if state in _WRONG and (not attempts or attempts[-1].detail != message.detail):
        yield Event(message.closed_at, f"{state.label.capitalize()}. {message.detail}".strip())
    if state == State.FAILED and message.failure:
        yield Event(None, f"Sebab: {message.get_failure_display()}.")
    if state == State.QUEUED and message.due_at > now:
        yield Event(message.due_at, "Ditahan sampai jam kirim." if message.hold else "Terjadwal untuk dikirim.")
    if message.passed_on_at and message.route:
        yield Event(message.passed_on_at, f"Diteruskan lewat {label_of(message.route[0][0])}.")
