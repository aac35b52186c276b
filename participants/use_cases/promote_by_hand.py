"""An official gives somebody who waits a seat, out of turn."""

from datetime import datetime

from django.db import transaction

from participants.models import WaitingPlace
from participants.moving import PROMOTION_TASK, MoveRefused, locked_waves
from participants.use_cases._moving import accept_seats, locked_people, refuse_settled, refuse_target
from participants.use_cases._promoting import give_seats
from rtportal.accounts.models import User
from rtportal.lib.wakeup import wake_after_commit


@transaction.atomic
def promote_by_hand(*, place_id: int, accepted_seats: int = 0, actor: User, now: datetime) -> None:
    """The caller has checked scope and Right.SCHEDULE.

    Does: moves the person into the wave they wait for, whoever else waits.
    Refuses (MoveRefused): a place that was used or given up meanwhile, somebody who was present or whose wave is over,
    a wave that has begun or is cancelled; no free seat, unless `accepted_seats` is the number then needed
    (SeatsRefused).
    Tells: as `promote_waiting`.
    """
    place = WaitingPlace.objects.select_related("enrolment").get(pk=place_id)
    target = locked_waves({place.wave_id, place.enrolment.wave_id})[place.wave_id]
    people = locked_people([place.enrolment_id])
    place = WaitingPlace.objects.select_for_update(no_key=True).filter(pk=place_id, closed_at=None).first()
    if place is None:
        raise MoveRefused("Peserta ini tidak lagi menunggu: ia sudah mendapat kursi atau sudah dikeluarkan.")
    place.enrolment = people[0]
    refuse_target(target, place.enrolment.program_id, now)
    refuse_settled(people, now)
    accept_seats(target, target.program.seats_per_head, accepted_seats)
    give_seats(places=[place], wave=target, actor=actor, now=now)
    wake_after_commit(PROMOTION_TASK)
