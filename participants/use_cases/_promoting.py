"""What giving a seat to people who wait means, whether the list does it or an official."""

from collections.abc import Sequence
from datetime import datetime

from participants.messages import draft_to
from participants.models import EnrolmentMove, WaitingPlace
from participants.moving import move
from participants.reaching import routes_to
from participants.reminders import INVITATION
from participants.use_cases._moving import record_move, who
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.messaging.outbox import enqueue


def give_seats(*, places: Sequence[WaitingPlace], wave: Wave, actor: User | None, now: datetime) -> None:
    """Move the people of these places into `wave`; all rows are locked, the seats are counted.

    `places` come with `enrolment.head.rt`. Who had declined this very wave stays in it: nothing about it is new to
    them, so no correction would be written, and they get a new invitation instead.
    """
    people = [place.enrolment for place in places]
    back = [place for place in places if place.enrolment.wave_id == wave.pk]
    move(enrolments=people, to_wave=wave, cause=EnrolmentMove.Cause.PROMOTED, actor=actor, now=now)
    routes = routes_to([place.enrolment for place in back], wave.program)
    drafts = [
        draft_to(
            place.enrolment,
            routes=routes,
            kind=INVITATION,
            dedupe_key=f"{INVITATION}:{place.enrolment_id}:seat:{place.pk}",
            group=wave.group,
            expires_at=wave.starts_at,
            now=now,
        )
        for place in back
    ]
    enqueue([draft for draft in drafts if draft], now=now)
    WaitingPlace.objects.filter(pk__in=[place.pk for place in places]).update(closed_at=now)
    record_move([wave], people, f"{who(people)} naik dari daftar tunggu {wave.title}.", actor=actor, now=now)
