"""What moving people means for them, before it is done, and who waits for a wave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from participants.models import Attendance, Enrolment, WaitingPlace
from participants.moving import seat_limit
from participants.queries.absent import coming_waves
from participants.queries.wave_rows import seats_of_waves
from participants.told import heard_by
from programs.models import Wave
from rtportal.accounts.models import User

# So many are said by name; the rest is a number.
NAMED = 8


@dataclass(frozen=True)
class MovePreview:
    """Numbers of the people chosen: `told + queued + untold == people`.

    `answered` come or send somebody and have to answer again, `declined` are unable to come in this wave, `settled`
    were present and cannot be moved.
    """

    people: int
    named: list[Enrolment]
    told: int
    queued: int
    untold: int
    answered: int
    declined: int
    settled: int

    @property
    def more(self) -> int:
        return self.people - len(self.named)


@dataclass(frozen=True)
class Target:
    """A wave to go to with its free seats (negative where it is overfull) and how many wait for one already."""

    wave: Wave
    free: int
    waiting: int


def move_preview(keys: Sequence[int]) -> MovePreview:
    """Five queries, however many people."""
    people = Enrolment.objects.filter(pk__in=keys)
    heard = heard_by(keys)
    told = sum(1 for one in heard.values() if one.told)
    queued = sum(1 for one in heard.values() if one.queued and not one.told)
    named = people.select_related("head__rt", "village").order_by("village_id", "head__rt__rw", "head__rt__number")
    return MovePreview(
        people=len(keys),
        named=list(named[:NAMED]),
        told=told,
        queued=queued,
        untold=len(keys) - told - queued,
        answered=people.confirmed().count(),
        declined=people.filter(answer=Enrolment.AnswerKind.DECLINED).count(),
        settled=people.filter(Exists(Attendance.objects.filter(enrolment=OuterRef("pk")))).count(),
    )


def targets_of(wave: Wave, now: datetime, *, drafts: bool = False) -> list[Target]:
    """The other coming waves of its programme that people can be put into; five queries however many."""
    waves = coming_waves(wave, now)
    found = list(waves if drafts else waves.published())
    _, seats = seats_of_waves(found)
    waiting: dict[int, int] = {}
    for wave_id in WaitingPlace.objects.filter(wave__in=found, closed_at=None).values_list("wave_id", flat=True):
        waiting[wave_id] = waiting.get(wave_id, 0) + 1
    return [Target(one, seat_limit(one) - seats[one.pk].needed, waiting.get(one.pk, 0)) for one in found]


def waiting_for(wave: Wave, user: User) -> list[WaitingPlace]:
    """The open places for the wave, in order and each with its `position`; those out of the user's scope are counted
    but not shown.
    """
    places = WaitingPlace.objects.filter(wave=wave, closed_at=None).order_by("since", "pk")
    positions = {pk: number for number, pk in enumerate(places.values_list("pk", flat=True), start=1)}
    mine = Enrolment.objects.visible_to(user).order_by().values("pk")
    rows = list(
        places.filter(enrolment__in=mine).select_related(
            "enrolment__head__rt", "enrolment__village__parent", "enrolment__wave", "actor"
        )
    )
    for place in rows:
        place.position = positions.get(place.pk, len(positions) + 1)
    return rows


def swap_candidates(enrolment: Enrolment, user: User, now: datetime, search: str = "") -> QuerySet[Enrolment]:
    """People of the programme's other coming waves in the user's scope who were present nowhere yet."""
    present = Attendance.objects.filter(enrolment=OuterRef("pk"))
    found = Q()
    for word in search.split():
        found &= Q(head__name__icontains=word) | Q(village__name__icontains=word)
    return (
        Enrolment.objects.active()
        .filter(found, ~Exists(present), wave__in=coming_waves(enrolment.wave, now).published())
        .visible_to(user)
        .select_related("head__rt", "village__parent", "wave")
        .order_by("wave__number", "village_id", "head__rt__rw", "head__rt__number", "pk")
    )
