"""One participant or many go to another wave of their programme."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from participants.models import EnrolmentMove
from participants.moving import PROMOTION_TASK, MoveRefused, locked_waves, move
from participants.use_cases._moving import (
    accept_seats,
    locked_people,
    names_of,
    record_move,
    refuse_settled,
    refuse_target,
    who,
)
from rtportal.accounts.models import User
from rtportal.lib.wakeup import wake_after_commit

LONGEST_REASON = 300


@transaction.atomic
def move_participants(
    *,
    enrolment_ids: Collection[int],
    from_wave_id: int,
    to_wave_id: int,
    reason: str = "",
    accepted_seats: int = 0,
    actor: User,
    now: datetime,
) -> int:
    """The caller has checked that all are in the actor's scope and Right.SCHEDULE. Returns how many moved.

    Does: moves all of them or nobody, with history; their answers start anew; reminders and waiting lists follow.
    Refuses (MoveRefused): nobody chosen, somebody who has left the wave since the choice was made, who was present or
    whose wave is over; a wave of another programme, one that is not published, has begun or is cancelled; too few
    seats unless `accepted_seats` is at least the number then needed (SeatsRefused).
    Tells: whoever was told the former date gets one correction, over the same channel.
    """
    waves = locked_waves({from_wave_id, to_wave_id})
    source, target = waves[from_wave_id], waves[to_wave_id]
    if source == target:
        raise MoveRefused(f"Mereka sudah di {target.title}. Pilih gelombang lain.")
    refuse_target(target, source.program_id, now)
    people = locked_people(enrolment_ids)
    if not people:
        raise MoveRefused("Pilih dahulu peserta yang akan dipindahkan.")
    if left := [one for one in people if one.wave_id != source.pk]:
        raise MoveRefused(f"Pilihan Anda sudah berubah: {names_of(left)} tidak lagi di {source.title}. Pilih ulang.")
    refuse_settled(people, now)
    accept_seats(target, len(people) * target.program.seats_per_head, accepted_seats)
    reason = " ".join(reason.replace("\0", " ").split())[:LONGEST_REASON]
    move(enrolments=people, to_wave=target, cause=EnrolmentMove.Cause.MOVED, reason=reason, actor=actor, now=now)
    words = f"Memindahkan {who(people)} dari {source.title} ke {target.title}"
    record_move([source, target], people, f"{words}: {reason}" if reason else f"{words}.", actor=actor, now=now)
    # The seats they leave may be somebody else's turn.
    wake_after_commit(PROMOTION_TASK)
    return len(people)
