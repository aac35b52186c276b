"""A participant no longer waits for a seat."""

from datetime import datetime

from django.db import transaction

from participants.models import WaitingPlace
from participants.use_cases._moving import record_move, who
from rtportal.accounts.models import User


@transaction.atomic
def leave_waiting_list(*, place_id: int, actor: User, now: datetime) -> bool:
    """The caller has checked scope and Right.SCHEDULE. Returns False if the place was given up or used before.

    Does: closes the place and adds an audit line; the participant stays in their present wave.
    Refuses: nothing.
    Tells: nobody, since nobody was told of it.
    """
    if not WaitingPlace.objects.filter(pk=place_id, closed_at=None).update(closed_at=now):
        return False
    place = WaitingPlace.objects.select_related("wave__program", "enrolment__head__rt").get(pk=place_id)
    people = [place.enrolment]
    sentence = f"Mengeluarkan {who(people)} dari daftar tunggu {place.wave.title}."
    record_move([place.wave], people, sentence, action="waiting.left", actor=actor, now=now)
    return True
