"""An invitation belongs to the office of RT head: what passes to a successor, and what dies with the predecessor.

The rules:
- Every active enrolment in a wave that has not begun passes: the row stays, its holder changes, with its place on a
  waiting list, its group and its row on the sheet. One in a cancelled wave passes too, or nobody could be poured.
- A wave that has begun keeps its holder. The office may still hand a place over by hand while the wave goes on and
  nobody of the RT was recorded there (`use_cases/pass_to_successor.py`).
- The answer starts anew; the history keeps it. Where the predecessor had declined and the seat was given away, the
  successor waits for one, and is invited as soon as there is one.
- Link and code die. Nothing more is written to the predecessor, and what waits is withdrawn.
- The successor gets one invitation if the wave's invitations are open, else with everybody.

Rows are locked in one order: roster of the kabupaten, programmes by key, waves by key, enrolments by key, messages.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet

from participants.messages import invitations_to
from participants.models import (
    Attendance,
    Enrolment,
    EnrolmentSuccession,
    PaperLine,
    RetiredPass,
    RTHead,
    WaitingPlace,
)
from participants.moving import UNANSWERED, free_seats, locked_waves
from participants.passes import renew_passes
from participants.substitutes import turn_back_heads
from participants.told import TO_HEADS
from programs.models import Program, Wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import enqueue
from rtportal.messaging.silencing import silence
from rtportal.regions.codes import REGENCY, ancestors, cut, within_q
from rtportal.regions.models import Region

WITHDRAWN_WORDS = "Ketua RT-nya berganti: undangan ini beralih kepada penggantinya."
_SEAT_GONE = "Ketua RT sebelumnya berhalangan dan kursinya sudah diberikan; penggantinya menunggu kursi."
# So many changes are named in one line of the history; the rest is a number.
_NAMED = 5


@dataclass(frozen=True)
class HandedOver:
    """Seats that have a new holder: to `invited` of them an invitation was written now, `unreachable` no channel
    reaches, `waiting` wait for a seat; the others are invited later, or their wave has begun.
    """

    seats: int = 0
    invited: int = 0
    unreachable: int = 0
    waiting: int = 0


def lock_roster(region_code: str) -> None:
    """Hold the roster of the kabupaten around the region and everything that invites from it, until the transaction
    ends: whoever opens invitations meanwhile sees the former heads or the new ones, never some of each.
    """
    regency = cut(region_code, REGENCY)
    list(Region.objects.select_for_update(no_key=True).filter(pk=regency).values_list("pk"))
    inviting = within_q("region_id", [regency]) | Q(region_id__in=ancestors(regency))
    list(Program.objects.select_for_update(no_key=True).filter(inviting).order_by("pk").values_list("pk"))


def passing(now: datetime) -> QuerySet[Enrolment]:
    """The enrolments that would go to a successor, of all heads."""
    still_to_come = Q(wave__starts_at__gt=now) | Q(wave__cancelled_at__isnull=False)
    return Enrolment.objects.active().filter(still_to_come)


def end_term(head: RTHead, *, successor_starts: date | None, today: date) -> None:
    """The term of `head` ends the day before the successor's begins (today, if that is not said) at the latest.

    Saves nothing: `left_office_on`, `term_ends_on` and `is_current` are to be written.
    """
    end = successor_starts - timedelta(days=1) if successor_starts else today
    if head.term_ends_on:
        end = min(end, head.term_ends_on)
    head.term_ends_on = max(end, head.term_starts_on or end)
    head.is_current = False
    # A term may have run out years before anybody succeeds; retention counts from here.
    head.left_office_on = today


def hand_over(heads: Iterable[RTHead], *, by: User, is_by_file: bool = False, now: datetime) -> HandedOver:
    """Give the seats of their RTs to these new heads, who are saved and in office; the roster is locked.

    About twenty statements however many there are, and some for each wave.
    """
    successors = {head.rt_id: head for head in heads}
    held = passing(now).filter(head__rt__in=successors).exclude(head__in=successors.values())
    chosen = _one_of_each_programme(held)
    return hand_over_seats(chosen, successors, by=by, is_by_file=is_by_file, now=now)


def hand_over_seats(
    keys: Collection[int], successors: dict[int, RTHead], *, by: User, is_by_file: bool = False, now: datetime
) -> HandedOver:
    """The same for enrolments by primary key; `successors` by primary key of the RT. At most one of each programme."""
    if not keys:
        return HandedOver()
    rows = Enrolment.objects.filter(pk__in=keys)
    waves = locked_waves(rows.order_by().values_list("wave", flat=True).distinct())
    people = list(rows.select_for_update(of=("self",), no_key=True).select_related("head__rt").order_by("pk"))
    for one in people:
        one.wave = waves[one.wave_id]
    last, written = _silence(people, now)
    EnrolmentSuccession.objects.bulk_create(
        EnrolmentSuccession(
            enrolment=one,
            from_head=one.head,
            to_head=successors[one.head.rt_id],
            at=now,
            actor=None if is_by_file else by,
            last_message_id=last,
        )
        for one in people
    )
    waiting = _without_seat(people)
    _record(people, successors, by, now)
    _change_holders(people, successors, waiting, now)
    renew_passes(people, cause=RetiredPass.Cause.SUCCEEDED, now=now)
    for wave in waves.values():
        if not wave.is_cancelled:
            # The new head may stand in for another one of the wave.
            turn_back_heads(wave, now=now)
    invited, unreachable = _invite([one for one in people if one.pk not in waiting], written, now)
    return HandedOver(len(people), invited, unreachable, len(waiting))


def why_kept(enrolment: Enrolment, successor: RTHead | None, *, now: datetime) -> str:
    """Why the place does not pass to the present head of its RT, in a sentence; "" if it may. Three queries at most.

    `enrolment` comes with `head` and `wave`.
    """
    if enrolment.head.is_current:
        return f"{enrolment.head} masih menjabat, jadi undangannya tetap."
    if successor is None:
        return "RT ini belum mempunyai ketua yang baru."
    if enrolment.superseded_at:
        return "Peserta ini sudah dilanjutkan ke gelombang susulan."
    wave = enrolment.wave
    if now >= wave.ends_at and not wave.is_cancelled:
        return f"{wave.title} sudah selesai, jadi undangannya tetap atas nama {enrolment.head}."
    if Enrolment.objects.active().filter(program=enrolment.program_id, head=successor).exists():
        return f"{successor} sudah mempunyai undangan sendiri dalam program ini."
    is_signed = PaperLine.objects.filter(enrolment=enrolment.pk, is_signed=True).exists()
    if is_signed or Attendance.objects.filter(enrolment=enrolment.pk).exists():
        return f"Kehadiran RT ini sudah dicatat, jadi undangannya tetap atas nama {enrolment.head}."
    return ""


def _one_of_each_programme(held: QuerySet[Enrolment]) -> list[int]:
    """Of an RT that was seated twice before seats belonged to the office, the newest head's seat passes."""
    newest: dict[tuple[int, int], int] = {}
    for program, rt, pk in held.order_by("head_id", "pk").values_list("program", "head__rt", "pk"):
        newest[program, rt] = pk
    return sorted(newest.values())


def _silence(people: Sequence[Enrolment], now: datetime) -> tuple[int, set[int]]:
    """Withdraw what waits for the predecessors; the last key of their messages, and the enrolments written to."""
    theirs = Message.objects.filter(kind__in=TO_HEADS, about_id__in=[one.pk for one in people])
    silence(theirs, words=WITHDRAWN_WORDS, now=now)
    last = theirs.aggregate(last=Max("pk"))["last"] or 0
    return last, set(theirs.order_by().values_list("about_id", flat=True).distinct())


def _without_seat(people: Sequence[Enrolment]) -> set[int]:
    """Of those who had declined, whose seats are taken by now."""
    declined: defaultdict[Wave, list[int]] = defaultdict(list)
    for one in people:
        if one.answer == Enrolment.AnswerKind.DECLINED and not one.wave.is_cancelled:
            declined[one.wave].append(one.pk)
    gone: set[int] = set()
    for wave, keys in declined.items():
        free = max(0, free_seats(wave) // wave.program.seats_per_head)
        gone.update(keys[free:])
    return gone


def _change_holders(
    people: Sequence[Enrolment], successors: dict[int, RTHead], waiting: set[int], now: datetime
) -> None:
    known = RTHead.objects.select_related("rt__village").in_bulk([successors[one.head.rt_id].pk for one in people])
    for one in people:
        one.head = known[successors[one.head.rt_id].pk]
        for name, value in UNANSWERED.items():
            setattr(one, name, value)
    rows = Enrolment.objects.filter(pk__in=[one.pk for one in people])
    rows.update(**UNANSWERED)
    Enrolment.objects.bulk_update(people, ["head"], batch_size=500)
    rows.filter(pk__in=waiting).update(answer=Enrolment.AnswerKind.DECLINED, answered_at=now, reason=_SEAT_GONE)
    places = WaitingPlace.objects.filter(enrolment__in=waiting, closed_at=None)
    elsewhere = set(places.values_list("enrolment_id", flat=True))
    WaitingPlace.objects.bulk_create(
        WaitingPlace(enrolment=one, wave=one.wave, since=now)
        for one in people
        if one.pk in waiting and one.pk not in elsewhere
    )


def _invite(people: Sequence[Enrolment], written: set[int], now: datetime) -> tuple[int, int]:
    """How many were invited now, and how many of those who should be no channel reaches."""
    by_wave: defaultdict[Wave, list[Enrolment]] = defaultdict(list)
    for one in people:
        is_open = one.wave.publication_id and not one.wave.is_cancelled and now < one.wave.starts_at
        if is_open and (one.wave.invitations_opened_at or one.pk in written):
            by_wave[one.wave].append(one)
    drafts = [
        draft for wave, some in by_wave.items() for draft in invitations_to(some, wave, now=now, with_new_link=True)
    ]
    enqueue(drafts, now=now)
    return len(drafts), sum(map(len, by_wave.values())) - len(drafts)


def _record(people: Sequence[Enrolment], successors: dict[int, RTHead], by: User, now: datetime) -> None:
    """One line in the history of each wave: who is told nothing more, and who comes after them."""
    by_wave: defaultdict[Wave, list[Enrolment]] = defaultdict(list)
    for one in people:
        by_wave[one.wave].append(one)
    for wave, some in by_wave.items():
        changes = [f"{one.head} → {successors[one.head.rt_id]} ({one.head.rt})" for one in some[:_NAMED]]
        more = f", dan {thousands(len(some) - _NAMED)} lainnya" if len(some) > _NAMED else ""
        record(
            at=now,
            actor=by,
            action="invitation.succeeded",
            sentence=(
                f"{thousands(len(some))} undangan {wave.title} beralih kepada ketua RT yang baru, dan ketua lama "
                f"tidak dikirimi apa-apa lagi: {'; '.join(changes)}{more}."
            ),
            region_code=wave.program.region_id,
            subject=wave.group,
            data={"enrolments": [one.pk for one in some]},
        )
