"""What became of the messages that told a wave's participants of a change."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count

from participants.models import Enrolment
from participants.told import SCHEDULE_CHANGED, WAVE_CANCELLED
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.messaging.kinds import kind_labels
from rtportal.messaging.models import REACHED, Message


@dataclass(frozen=True)
class CorrectionProgress:
    """What became of the messages of one kind that told participants of a change."""

    label: str
    queued: int
    by_hand: int
    sent: int
    failed: int
    unknown: int
    dropped: int


def correction_progress(wave: Wave, user: User) -> list[CorrectionProgress]:
    """Changes and cancellations told to the wave's participants in the user's scope, a line for each kind there is.

    One query, whatever the size of the wave.
    """
    people = Enrolment.objects.filter(wave=wave).visible_to(user).order_by().values("pk")
    rows = Message.objects.filter(kind__in=[SCHEDULE_CHANGED, WAVE_CANCELLED], about_id__in=people)
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, state, count in rows.order_by().values_list("kind", "state").annotate(count=Count("pk")):
        states[kind][state] = count
    labels = kind_labels()
    return [
        CorrectionProgress(
            label=labels[kind],
            queued=found["queued"] + found["sending"],
            by_hand=found["task"],
            sent=sum(found[state] for state in REACHED),
            failed=found["failed"],
            unknown=found["unknown"],
            dropped=found["expired"] + found["withdrawn"],
        )
        for kind, found in sorted(states.items())
    ]
