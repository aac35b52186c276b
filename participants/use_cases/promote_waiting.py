"""Seats that fell free go to those who wait for them."""

import logging
from collections import defaultdict
from datetime import datetime

from django.db import transaction

from participants.models import Attendance, Enrolment, WaitingPlace
from participants.moving import free_seats, locked_waves
from participants.use_cases._moving import locked_people
from participants.use_cases._promoting import give_seats
from programs.models import Wave

logger = logging.getLogger("rtportal.moving")


def promote_waiting(*, now: datetime) -> int:
    """Returns how many got a seat.

    Does: for each programme in a transaction of its own, moves those who wait into free seats, in the order in which
    they came; a seat that they leave goes to the next who waits for it. Called again, or twice at once, no seat is
    given twice. Closes places that have become pointless.
    Refuses: nothing; a programme that cannot be served is logged and tried again by the next sweep.
    Tells: whoever moves gets one correction, or a new invitation to the wave they had declined.
    """
    given = 0
    waiting = WaitingPlace.objects.filter(closed_at=None).order_by()
    for program_id in list(waiting.values_list("wave__program", flat=True).distinct()):
        try:
            with transaction.atomic():
                given += _promote_in(program_id, now)
        except Exception:
            logger.exception("the waiting lists of programme %s could not be served", program_id)
    return given


def _promote_in(program_id: int, now: datetime) -> int:
    open_places = WaitingPlace.objects.filter(wave__program=program_id, closed_at=None)
    # All waves of the programme: whom somebody moves meanwhile waits for the programme's lock, which comes with them.
    waves = locked_waves(Wave.objects.filter(program=program_id).values_list("pk", flat=True))
    # Whoever is taken off the list at this moment is off before, or has a seat and is told so.
    places = list(open_places.select_for_update(of=("self",), no_key=True).order_by("since", "pk"))
    people = {one.pk: one for one in locked_people(place.enrolment_id for place in places)}
    attended = set(Attendance.objects.filter(enrolment__in=people).values_list("enrolment_id", flat=True))
    alive, pointless = [], []
    for place in places:
        place.enrolment = people[place.enrolment_id]
        is_over = place.enrolment_id in attended or _is_pointless(place.enrolment, waves, place.wave_id, now)
        (pointless if is_over else alive).append(place)
    WaitingPlace.objects.filter(pk__in=[place.pk for place in pointless]).update(closed_at=now)
    promoted = _distribute(alive, waves)
    for wave_id in sorted(promoted):
        give_seats(places=promoted[wave_id], wave=waves[wave_id], actor=None, now=now)
    return sum(map(len, promoted.values()))


def _is_pointless(person: Enrolment, waves: dict[int, Wave], wave_id: int, now: datetime) -> bool:
    target, present = waves[wave_id], waves[person.wave_id]
    is_over = now >= present.ends_at and not present.is_cancelled
    if target.is_cancelled or now >= target.starts_at or is_over or person.superseded_at:
        return True
    return target == present and person.answer != Enrolment.AnswerKind.DECLINED


def _distribute(places: list[WaitingPlace], waves: dict[int, Wave]) -> dict[int, list[WaitingPlace]]:
    """Who gets a seat in which wave, in the order of the places. Whoever leaves a seat may let another one move up."""
    wanted = {place.wave_id for place in places}
    free = {pk: free_seats(waves[pk]) for pk in wanted if waves[pk].publication_id}
    promoted: defaultdict[int, list[WaitingPlace]] = defaultdict(list)
    waiting, moved = places, True
    while moved:
        moved, still = False, []
        for place in waiting:
            seats = waves[place.wave_id].program.seats_per_head
            # Nobody overtakes: a seat left in this very round waits for whoever stood there first.
            is_next = all(other.wave_id != place.wave_id for other in still)
            if not is_next or free.get(place.wave_id, 0) < seats:
                still.append(place)
                continue
            free[place.wave_id] -= seats
            left = place.enrolment.wave_id
            if left in free and place.enrolment.answer != Enrolment.AnswerKind.DECLINED:
                free[left] += seats
            promoted[place.wave_id].append(place)
            moved = True
        waiting = still
    return promoted
