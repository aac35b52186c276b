"""Heads change from one wave to another: what happens to their rows, messages and places, and which seats are free."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from participants.corrections import correct_told
from participants.messages import invitations_to
from participants.models import Enrolment, EnrolmentMove, EnrolmentSuccession, WaitingPlace
from participants.queries.wave_pages import current_heads
from participants.substitutes import turn_back_heads
from participants.told import ANNOUNCEMENTS, for_predecessors
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.accounts.row_guard import beyond_scope
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import enqueue

PROMOTION_TASK = "participants.promote_waiting"
# An answer was given for another day, so nothing of it holds any more; its row in the history stays.
UNANSWERED = {
    "answer": "",
    "answered_at": None,
    "reason": "",
    "substitute_name": "",
    "substitute_phone": "",
    "companion_name": "",
    "substitute_relation": "",
    "substitute_key": "",
    "substitute_state": "",
    "substitute_decided_at": None,
    "substitute_decided_by": None,
    "substitute_letter_at": None,
    "substitute_note": "",
}


class MoveRefused(InputError):
    """People cannot go to that wave."""


class SeatsRefused(MoveRefused):
    """The wave has fewer seats than it would need: `needed` in all. An official may accept exactly that number."""

    def __init__(self, wave: Wave, needed: int):
        self.needed = needed
        short = thousands(needed - wave.venue.capacity)
        super().__init__(
            f"{wave.title} akan memerlukan {thousands(needed)} kursi, sedangkan {wave.venue.name} memuat "
            f"{thousands(wave.venue.capacity)}: kurang {short} kursi. Setujui kekurangan ini, pilih gelombang lain, "
            "atau masukkan ke daftar tunggu."
        )


def locked_waves(keys: Iterable[int]) -> dict[int, Wave]:
    """The waves with venue, programme and region by their keys; those rows and the programmes' are locked.

    A programme first, then its waves by key, as everybody who locks waves does: so nobody waits in a circle.
    """
    rows = Wave.objects.select_for_update(of=("program", "self"), no_key=True)
    rows = rows.select_related("program__region", "program__office", "venue").filter(pk__in=set(keys))
    return {wave.pk: wave for wave in rows.order_by("program_id", "pk")}


@beyond_scope("how full a wave is counts everybody in it, and names nobody")
def seats_taken(wave: Wave) -> int:
    """Seats of those who hold one: enrolled and not declined, and whoever the opening of invitations will enrol."""
    people = Enrolment.objects.filter(wave=wave).seated().count()
    if not wave.invitations_opened_at:
        seated = Enrolment.objects.filter(wave=wave, rt=OuterRef("rt_id"))
        people += current_heads(wave).exclude(Exists(seated)).count()
    return people * wave.program.seats_per_head


def seat_limit(wave: Wave) -> int:
    """Seats of the hall, or the larger number that an official has knowingly accepted."""
    return max(wave.venue.capacity, wave.seats_acknowledged)


def free_seats(wave: Wave) -> int:
    """Seats that may still be given; negative where more are taken. `wave` comes with venue and programme."""
    return seat_limit(wave) - seats_taken(wave)


def move(
    *,
    enrolments: Sequence[Enrolment],
    to_wave: Wave,
    cause: str,
    reason: str = "",
    actor: User | None,
    now: datetime,
) -> int:
    """Put the people into `to_wave` and return how many. `cause` is one of EnrolmentMove.Cause.

    The caller has locked the waves concerned (`locked_waves`) and the enrolments (with `wave` and `head`), has checked
    the seats, and writes the audit line. Their answers start anew, whoever was told the former day gets one correction,
    queued invitations follow and queued reminders of the former day are dropped, and a place on a waiting list is given
    up. Who comes from a wave whose invitations were not open yet is invited here, if they are open here. Whoever had
    named one of them as substitute here has to answer again.
    """
    keys = [enrolment.pk for enrolment in enrolments]
    EnrolmentMove.objects.bulk_create(
        EnrolmentMove(
            enrolment=enrolment,
            from_wave_id=enrolment.wave_id,
            to_wave=to_wave,
            cause=cause,
            reason=reason,
            at=now,
            actor=actor,
        )
        for enrolment in enrolments
    )
    people = Enrolment.objects.filter(pk__in=keys)
    people.update(wave=to_wave, group="", row_number=None, **UNANSWERED)
    _leave_waiting_lists(keys, to_wave, cause, now)
    correct_told(people, now=now)
    turn_back_heads(to_wave, now=now)
    if to_wave.invitations_opened_at:
        _invite([one for one in enrolments if one.wave_id != to_wave.pk], to_wave, now)
    return len(keys)


def _invite(people: Sequence[Enrolment], wave: Wave, now: datetime) -> None:
    """Write to those who were never written to: their wave was not open yet, or they succeeded whoever was."""
    keys = [one.pk for one in people]
    successions = EnrolmentSuccession.objects.filter(enrolment__in=keys)
    successors = set(successions.order_by().values_list("enrolment_id", flat=True))
    written = Message.objects.filter(~for_predecessors(), kind__in=ANNOUNCEMENTS, about_id__in=keys)
    known = set(written.values_list("about_id", flat=True))
    for is_successor in (False, True):
        some = [
            one
            for one in people
            if one.pk not in known and (one.pk in successors) == is_successor
            if is_successor or not one.wave.invitations_opened_at
        ]
        enqueue(invitations_to(some, wave, now=now, with_new_link=is_successor), now=now)


def _leave_waiting_lists(keys: list[int], to_wave: Wave, cause: str, now: datetime) -> None:
    places = WaitingPlace.objects.filter(enrolment__in=keys, closed_at=None)
    if cause == EnrolmentMove.Cause.POURED:
        # Nobody chose that wave for them: whoever waits for a third one goes on waiting.
        places = places.filter(wave=to_wave)
    places.update(closed_at=now)
