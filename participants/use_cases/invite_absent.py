"""Those who were absent from a wave are offered a later one."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from participants.links import hash_of
from participants.messages import invitations_to
from participants.models import Attendance, Enrolment, EnrolmentMove, RTHead
from participants.moving import MoveRefused, locked_waves
from participants.queries.absent import absent_from
from participants.short_codes import insert_with_codes
from participants.substitutes import turn_back_heads
from participants.use_cases._moving import accept_seats, refuse_target
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from rtportal.messaging.outbox import enqueue


@dataclass(frozen=True)
class CaughtUp:
    """People given a place in the later wave, and how many of them no message reaches now.

    `is_later`: nobody is written to yet, because the invitations of that wave are opened on their own.
    """

    people: int
    unreachable: int
    is_later: bool


@transaction.atomic
def invite_absent(*, wave_id: int, to_wave_id: int, accepted_seats: int = 0, actor: User, now: datetime) -> CaughtUp:
    """The caller has checked Right.SCHEDULE in the programme's region.

    Does: every RT with a head of which nobody was present in a session of the wave gets an enrolment of its own, with a
    link of its own, in the later wave: for its present head, who may be a successor. In the former wave they stay
    listed as absent, continued there. Called again nobody is enrolled twice.
    Refuses (MoveRefused): a wave that is not over, one without any attendance, nobody absent; a later wave of another
    programme, one that has begun or is cancelled; too few seats unless `accepted_seats` is the number needed
    (SeatsRefused).
    Tells: each of them, through the outbox, if the invitations of the later wave are open; else when they are opened.
    Where one of them stands in for a head of that wave, that head has to answer again and is told so.
    """
    waves = locked_waves({wave_id, to_wave_id})
    wave, target = waves[wave_id], waves[to_wave_id]
    if now < wave.ends_at:
        raise MoveRefused(f"{wave.title} belum selesai. Undang yang tidak hadir sesudahnya.")
    if wave == target:
        raise MoveRefused("Pilih gelombang lain sebagai gelombang susulan.")
    refuse_target(target, wave.program_id, now, may_be_draft=True)
    if not Attendance.objects.filter(enrolment__wave=wave).exists():
        raise MoveRefused(f"Kehadiran {wave.title} belum dicatat, jadi belum diketahui siapa yang tidak hadir.")
    absent = list(_locked(absent_from(wave)))
    if not absent:
        raise MoveRefused(f"Tidak ada lagi yang perlu diundang ulang dari {wave.title}.")
    accept_seats(target, len(absent) * target.program.seats_per_head, accepted_seats)
    followers = _continue(absent, wave, target, actor, now)
    turn_back_heads(target, now=now)
    is_open = target.publication_id is not None and target.invitations_opened_at is not None
    reached = _invite(followers, target, now) if is_open else 0
    sentence = f"{thousands(len(absent))} ketua RT yang tidak hadir di {wave.title} dilanjutkan ke {target.title}."
    for one in (wave, target):
        record(
            at=now,
            actor=actor,
            action="participants.caught_up",
            sentence=sentence,
            region_code=one.program.region_id,
            subject=one.group,
            data={"enrolments": [follower.pk for follower in followers]},
        )
    return CaughtUp(len(absent), len(absent) - reached if is_open else 0, not is_open)


def _locked(people: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    return people.select_for_update(of=("self",), no_key=True).select_related("head__rt").order_by("pk")


def _continue(absent: list[Enrolment], wave: Wave, target: Wave, actor: User, now: datetime) -> list[Enrolment]:
    # First, because a head has one active enrolment in a programme.
    Enrolment.objects.filter(pk__in=[one.pk for one in absent]).update(superseded_at=now)
    in_office = RTHead.objects.current().filter(rt__in=[one.rt_id for one in absent]).select_related("rt__village")
    heads = {head.rt_id: head for head in in_office}
    followers = []
    for one in absent:
        head = heads[one.rt_id]
        follower = Enrolment(
            program_id=wave.program_id,
            wave=target,
            head=head,
            rt_id=head.rt_id,
            village_id=head.rt.village_id,
            invited_at=now,
            follows=one,
        )
        follower.link_hash = hash_of(follower.link_id)
        followers.append(follower)
    insert_with_codes(followers)
    EnrolmentMove.objects.bulk_create(
        EnrolmentMove(
            enrolment=follower,
            from_wave=wave,
            to_wave=target,
            cause=EnrolmentMove.Cause.CAUGHT_UP,
            at=now,
            actor=actor,
        )
        for follower in followers
    )
    return followers


def _invite(followers: list[Enrolment], target: Wave, now: datetime) -> int:
    """How many can be written to."""
    reachable = invitations_to(followers, target, now=now)
    enqueue(reachable, now=now)
    return len(reachable)
