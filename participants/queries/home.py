"""What an official has to do today."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from participants.models import Enrolment, RTHead
from participants.queries.answer_desk import DeskCounts, desk_counts
from participants.queries.corrections import Waiting, waiting_for
from participants.queries.data_requests import requests_waiting_for
from participants.queries.reconciliation import DistrictNumbers, Numbers, wave_numbers
from participants.queries.wave_pages import Seats, seats_of
from programs.models import Program, Wave
from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.messaging.models import Message
from rtportal.privacy.queries.incidents import untold_of
from sessions.models import SessionSpeaker

# Waves listed after the next one.
LATER_WAVES = 6


@dataclass
class Today:
    """The start page: the next wave in numbers, and what waits for a human."""

    wave: Wave | None
    seats: Seats | None
    districts: list[DistrictNumbers]
    total: Numbers | None
    later: list[Wave]
    messages_to_decide: int
    messages_failed: int
    corrections: Waiting
    requests: Waiting
    incidents: Waiting
    desk: DeskCounts
    tentative_speakers: list[SessionSpeaker]
    has_heads: bool
    has_programs: bool


def today(user: User, now: datetime) -> Today:
    """A fixed number of queries, whatever the user's region holds."""
    waves = list(_coming(user, now)[: LATER_WAVES + 1])
    wave = waves[0] if waves else None
    numbers = wave_numbers(wave, user, now=now) if wave else None
    # The states first: few messages are in one of them, whatever was sent.
    wrong = Message.objects.filter(state__in=[Message.State.UNKNOWN, Message.State.FAILED])
    states = wrong.filter(scope_of(user).rows("region_code")).aggregate(
        unknown=Count("id", filter=Q(state=Message.State.UNKNOWN)),
        # Those with another link left go on by themselves.
        failed=Count("id", filter=Q(state=Message.State.FAILED, route=[])),
    )
    return Today(
        wave=wave,
        seats=seats_of(wave) if wave else None,
        districts=numbers.districts if numbers else [],
        total=numbers.total if numbers else None,
        later=waves[1:],
        messages_to_decide=states["unknown"],
        messages_failed=states["failed"],
        corrections=waiting_for(user, now),
        requests=requests_waiting_for(user, now),
        incidents=Waiting(*untold_of(user, now)),
        desk=desk_counts(user, now),
        tentative_speakers=list(_tentative(user, now)),
        # Where a wave is meant for somebody, there is somebody.
        has_heads=bool(numbers and numbers.total.target) or RTHead.objects.visible_to(user).current().exists(),
        has_programs=Program.objects.visible_to(user).exists(),
    )


def _coming(user: User, now: datetime) -> QuerySet:
    """Waves to come, each with `people` and `answered` among those in the user's scope."""
    mine = Enrolment.objects.visible_to(user).filter(wave=OuterRef("pk")).order_by().values("wave")
    waves = Wave.objects.visible_to(user).ending_after(now).filter(cancelled_at=None)
    # Counted by wave, not joined: only the few waves that are shown are counted.
    return (
        waves.select_related("program__region", "venue")
        .annotate(
            people=_count(mine),
            answered=_count(mine.exclude(answer="")),
        )
        .order_by("starts_at", "pk")
    )


def _count(rows: QuerySet) -> Coalesce:
    """How many rows of one group there are, as a column of another query."""
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def _tentative(user: User, now: datetime) -> QuerySet:
    waves = Wave.objects.visible_to(user).ending_after(now).filter(cancelled_at=None)
    return (
        SessionSpeaker.objects.unsure()
        .filter(session__wave__in=waves, session__ends_at__gt=now)
        .select_related("speaker", "session__wave__program__region")
        .order_by("session__starts_at")[:10]
    )
