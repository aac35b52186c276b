"""What participants were told of their wave's schedule: read from the outbox, compared with what holds now.

An announcement is an invitation, a correction or a cancellation. Each message keeps as `edition` the primary key of the
publication its text told. *Told* is the newest announcement that was sent, may have been sent (unknown) or is in a
worker's or an operator's hands: who may have read something must be corrected. Reminders announce nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from participants.models import Enrolment, EnrolmentSuccession
from participants.reminders import INVITATION
from programs.models import Wave, WavePublication
from rtportal.messaging.models import REACHED, Message

SCHEDULE_CHANGED, WAVE_CANCELLED = "schedule_changed", "wave_cancelled"
REMINDER_UNANSWERED, REMINDER_CONFIRMED = "reminder_unanswered", "reminder_confirmed"
REMINDER_COMPANION, REMINDER_SUBSTITUTE = "reminder_companion", "reminder_substitute"
SUBSTITUTE_REFUSED = "substitute_refused"
# Thanks come when all is over, and an operator's list is no announcement to a participant.
THANKS, OPERATOR_LIST = "attendance_thanks", "operator_unanswered"
ANNOUNCEMENTS = (INVITATION, SCHEDULE_CHANGED, WAVE_CANCELLED)
# Whoever must answer again is reminded of it, too: about the wave they are in, or not at all.
REMINDERS = (
    REMINDER_UNANSWERED,
    REMINDER_CONFIRMED,
    REMINDER_COMPANION,
    REMINDER_SUBSTITUTE,
    SUBSTITUTE_REFUSED,
)
# All kinds of messages about an enrolment to whoever holds it.
TO_HEADS = (*ANNOUNCEMENTS, *REMINDERS, THANKS)

State = Message.State
_TOLD = {*REACHED, State.UNKNOWN, State.SENDING, State.TASK}
_FIELDS = ["pk", "about_id", "kind", "state", "channel", "address", "edition", "started_at"]


@dataclass(frozen=True, slots=True)
class Told:
    """One announcement as it was, is being or may have been told; `edition` None: nobody knows what it says."""

    pk: int
    kind: str
    channel: str
    address: str
    edition: int | None


@dataclass(slots=True)
class Heard:
    """What the outbox holds about one enrolment."""

    told: Told | None = None
    # The same without what is in a worker's hands.
    settled: Told | None = None
    # Keys of messages in a worker's hands, reminders too.
    under_way: set[int] = field(default_factory=set)
    # Announcements still queued: key → kind.
    queued: dict[int, str] = field(default_factory=dict)
    # The newest announcement, whatever became of it: key, kind, state, channel.
    newest: tuple[int, str, str, str] | None = None


def heard_by(enrolments: QuerySet[Enrolment] | Iterable[int], *, without: Iterable[int] = ()) -> dict[int, Heard]:
    """By enrolment; whoever was never written to is left out, as are the messages `without`. One query.

    What a predecessor in the office was told is not what its present holder heard.
    """
    keys = enrolments.order_by().values("pk") if isinstance(enrolments, QuerySet) else set(enrolments)
    rows = Message.objects.filter(~for_predecessors(), kind__in=[*ANNOUNCEMENTS, *REMINDERS], about_id__in=keys)
    # A reminder matters only while a worker holds it.
    rows = rows.exclude(kind__in=REMINDERS, state__in=set(State) - {State.SENDING}).exclude(pk__in=without)
    heard: dict[int, Heard] = defaultdict(Heard)
    # An older message may be sent again after a newer one, so they are told in the order of their start.
    told: dict[int, list[tuple[datetime, int, Told]]] = defaultdict(list)
    for pk, about, kind, state, channel, address, edition, started_at in rows.order_by("pk").values_list(*_FIELDS):
        one = heard[about]
        if state == State.SENDING:
            one.under_way.add(pk)
        if kind in REMINDERS:
            continue
        one.newest = (pk, kind, state, channel)
        if state == State.QUEUED or (state == State.TASK and started_at is None):
            one.queued[pk] = kind
        elif state == State.SENDING and started_at is None:
            one.told = Told(pk, kind, channel, address, None)
        elif state in _TOLD:
            told[about].append((started_at or _EARLIEST, pk, Told(pk, kind, channel, address, edition)))
    for about, entries in told.items():
        one = heard[about]
        one.told = one.told or max(entries)[2]
        one.settled = max((entry for entry in entries if entry[1] not in one.under_way), default=(None,))[-1]
    return dict(heard)


def for_predecessors() -> Exists:
    """Of messages about enrolments: those to somebody who held it before its present head."""
    later = EnrolmentSuccession.objects.filter(enrolment=OuterRef("about_id"), last_message_id__gte=OuterRef("pk"))
    return Exists(later.order_by())


def last_for_predecessors(enrolment: str) -> Subquery:
    """Key of the last message about the enrolment (the field that holds its key) that was for somebody before."""
    successions = EnrolmentSuccession.objects.filter(enrolment=OuterRef(enrolment)).order_by("-id")
    return Subquery(successions.values("last_message_id")[:1])


_EARLIEST = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def publications_told(heard: Iterable[Heard]) -> dict[int, WavePublication]:
    """The publications that somebody was told, by primary key, each with its wave and programme. One query."""
    keys = {told.edition for one in heard for told in (one.told, one.settled) if told and told.edition}
    return WavePublication.objects.select_related("wave__program").in_bulk(keys)


def kind_due(
    told: Told | None,
    publications: dict[int, WavePublication],
    *,
    wave: Wave,
    facts: dict | None,
    group: str,
) -> str:
    """The kind of correction that somebody of the wave and group needs who was `told`; "" if what they know holds.

    `facts` is the schedule that holds for the wave, None while nothing is published.
    """
    if told is None:
        return ""
    if wave.is_cancelled:
        return "" if told.kind == WAVE_CANCELLED else WAVE_CANCELLED
    if facts is None:
        return ""
    known = publications.get(told.edition)
    if told.kind == WAVE_CANCELLED or known is None or known.wave_id != wave.pk:
        return SCHEDULE_CHANGED
    return "" if matter_of(known.facts, group) == matter_of(facts, group) else SCHEDULE_CHANGED


def matter_of(facts: dict, group: str) -> tuple:
    """What of a schedule a participant acts on: time, hall, and when and where each session for them is.

    Titles and speakers are not among it: they may change up to the day without a message to everybody.
    """
    agenda = {
        item["session"]: (item["starts_at"], item["ends_at"], item["room"])
        for item in facts["agenda"]
        if not group or not item["group"] or item["group"] == group
    }
    return (facts["starts_at"], facts["ends_at"], facts["venue_id"], facts["venue"], facts["address"], agenda)
