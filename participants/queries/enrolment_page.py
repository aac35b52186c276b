"""Everything about one participant, for the official who has them on the phone."""

from dataclasses import dataclass
from datetime import datetime

from participants.models import Enrolment
from participants.told import ANNOUNCEMENTS, REMINDERS
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.messaging.kinds import kind_labels
from rtportal.messaging.models import Message

ABOUT_ENROLMENTS = [*ANNOUNCEMENTS, *REMINDERS]


@dataclass(frozen=True)
class Delivery:
    """A message to the head; `at` is when it was closed or, while it waits, queued."""

    label: str
    message: Message
    at: datetime


def enrolments_with_wave():
    """Enrolments with their head, place, wave, programme and office."""
    return Enrolment.objects.select_related(
        *("head__rt", "village__parent", "wave__venue", "wave__program__office", "wave__program__region"),
        *("followed_by__wave", "follows__wave"),
    )


def enrolment_page(enrolment: Enrolment, user: User) -> dict:
    """Context of the page: `enrolment`, `wave`, `answers`, `moves` and `deliveries` (newest first), `waiting` (the open
    place or None), and the rights `may_answer_for` and `may_schedule`.
    """
    labels = kind_labels()
    messages = Message.objects.filter(kind__in=ABOUT_ENROLMENTS, about_id=enrolment.pk).order_by("-id")
    return {
        "enrolment": enrolment,
        "wave": enrolment.wave,
        "answers": enrolment.answers.select_related("actor"),
        "deliveries": [Delivery(labels[one.kind], one, one.closed_at or one.queued_at) for one in messages],
        "moves": enrolment.moves.select_related("from_wave", "to_wave", "actor"),
        "waiting": enrolment.waiting_places.filter(closed_at=None).select_related("wave").first(),
        "may_schedule": scope_of(user).may(Right.SCHEDULE, enrolment.wave.program.region_id),
        "may_answer_for": scope_of(user).may(Right.ANSWER_FOR, enrolment.village_id),
    }
