"""Participants are put on the waiting list of another wave."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from participants.models import Enrolment, WaitingPlace
from participants.moving import PROMOTION_TASK, MoveRefused, locked_waves
from participants.use_cases._moving import locked_people, names_of, record_move, refuse_settled, refuse_target, who
from rtportal.accounts.models import User
from rtportal.lib.wakeup import wake_after_commit


@transaction.atomic
def wait_for_wave(*, enrolment_ids: Collection[int], wave_id: int, actor: User, now: datetime) -> int:
    """The caller has checked scope and Right.SCHEDULE. Returns how many were put on the list now.

    Does: gives each the next place; whoever waits for this wave already keeps theirs. As soon as a seat is free they
    move by themselves, first come, first served. Whoever has declined may also wait for a seat in the same wave.
    Refuses (MoveRefused): nobody chosen, somebody who waits for another wave, is in this one, was present or whose
    wave is over; a wave of another programme, one that is not published, has begun or is cancelled.
    Tells: nobody before a seat is free.
    """
    asked = Enrolment.objects.filter(pk__in=enrolment_ids).order_by()
    waves = locked_waves({wave_id, *asked.values_list("wave_id", flat=True).distinct()})
    target = waves[wave_id]
    people = locked_people(enrolment_ids)
    if not people:
        raise MoveRefused("Pilih dahulu peserta yang akan menunggu.")
    for program_id in {one.program_id for one in people}:
        refuse_target(target, program_id, now)
    refuse_settled(people, now)
    if here := [one for one in people if one.wave_id == target.pk and one.answer != Enrolment.AnswerKind.DECLINED]:
        raise MoveRefused(f"{names_of(here)} sudah mempunyai kursi di {target.title}.")
    places = WaitingPlace.objects.filter(enrolment__in=people, closed_at=None)
    waiting = dict(places.values_list("enrolment_id", "wave_id"))
    if taken := [one for one in people if waiting.get(one.pk, target.pk) != target.pk]:
        raise MoveRefused(f"{names_of(taken)} sudah menunggu gelombang lain. Keluarkan dahulu dari daftar tunggu itu.")
    fresh = [one for one in people if one.pk not in waiting]
    WaitingPlace.objects.bulk_create(WaitingPlace(enrolment=one, wave=target, since=now, actor=actor) for one in fresh)
    if fresh:
        sentence = f"Memasukkan {who(fresh)} ke daftar tunggu {target.title}."
        record_move([target], fresh, sentence, action="waiting.joined", actor=actor, now=now)
        wake_after_commit(PROMOTION_TASK)
    return len(fresh)
