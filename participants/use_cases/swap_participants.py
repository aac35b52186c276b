"""Two participants of two waves change places."""

from datetime import datetime

from django.db import transaction

from participants.models import Enrolment, EnrolmentMove
from participants.moving import PROMOTION_TASK, MoveRefused, locked_waves, move
from participants.use_cases._moving import accept_seats, locked_people, record_move, refuse_settled, refuse_target
from rtportal.accounts.models import User
from rtportal.lib.wakeup import wake_after_commit


@transaction.atomic
def swap_participants(*, one_id: int, other_id: int, actor: User, now: datetime) -> None:
    """`one_id` and `other_id` are enrolments; the caller has checked that both are in scope and Right.SCHEDULE.

    Does: each goes into the other's wave, with history, so the waves keep their numbers; their answers start anew.
    Refuses (MoveRefused): two of one wave or of two programmes, somebody who was present or whose wave is over, a
    wave that has begun or is cancelled, and where a seat that its holder had declined was given to somebody else.
    Tells: whoever was told the former date gets one correction.
    """
    asked = dict(Enrolment.objects.filter(pk__in=[one_id, other_id]).values_list("pk", "wave_id"))
    waves = locked_waves(asked.values())
    people = locked_people(asked)
    if len(people) != 2 or len(waves) != 2:
        raise MoveRefused("Pilih peserta dari gelombang lain untuk ditukar.")
    if any(asked[person.pk] != person.wave_id for person in people):
        raise MoveRefused("Salah satu dari mereka baru saja dipindahkan. Periksa lagi, lalu pilih ulang.")
    refuse_settled(people, now)
    first, second = people
    for person, target in ((first, waves[second.wave_id]), (second, waves[first.wave_id])):
        refuse_target(target, person.program_id, now)
    for leaving, target in ((second, waves[second.wave_id]), (first, waves[first.wave_id])):
        # Whoever leaves frees a seat only where they held one.
        frees = leaving.answer != Enrolment.AnswerKind.DECLINED
        accept_seats(target, 0 if frees else target.program.seats_per_head, 0)
    for person, target in ((first, waves[second.wave_id]), (second, waves[first.wave_id])):
        move(enrolments=[person], to_wave=target, cause=EnrolmentMove.Cause.SWAPPED, actor=actor, now=now)
    sentence = (
        f"Menukar {first.head} ({first.head.rt}) dari {waves[first.wave_id].title} "
        f"dengan {second.head} ({second.head.rt}) dari {waves[second.wave_id].title}."
    )
    record_move(waves.values(), people, sentence, actor=actor, now=now)
    wake_after_commit(PROMOTION_TASK)
