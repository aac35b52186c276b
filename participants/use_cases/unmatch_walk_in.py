"""A guest was taken for the wrong person."""

from datetime import datetime

from django.db import transaction

from participants.models import Answer, AttendanceEvent, Enrolment, PaperLine, Payment, WalkIn
from participants.presence.merge import FOUND_HERE, LATE_UNDO
from participants.presence.projection import refold
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from rtportal.audit.record import record


@transaction.atomic
def unmatch_walk_in(*, walk_in_id: int, actor: User, now: datetime) -> bool:
    """The caller has checked scope and Right.MARK_ATTENDANCE in the wave's region. Returns False if not matched.

    Does: takes what was recorded of the guest from the head again, and the head's place too, if the match made it and
    nothing else hangs on it (another record or answer, a row on a printed sheet, another wave, a correction asked for,
    a certificate, money); with an audit line.
    Refuses: nothing.
    Tells: nobody.
    """
    wave = locked_wave(WalkIn.objects.values_list("wave", flat=True).get(pk=walk_in_id))
    guest = WalkIn.objects.select_for_update(no_key=True).get(pk=walk_in_id)
    if guest.enrolment_id is None:
        return False
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("head__rt")
    enrolment = rows.get(pk=guest.enrolment_id)
    events = AttendanceEvent.objects.filter(walk_in=guest)
    sessions = set(events.order_by().values_list("session_id", flat=True))
    # What made these events odd was the rest of that person's log; how a desk took the guest back, their own.
    events.filter(problem__in=FOUND_HERE - {LATE_UNDO}).update(problem="")
    events.update(enrolment=None)
    refold({(enrolment.pk, session) for session in sessions})
    has_enrolled = guest.has_enrolled
    guest.enrolment, guest.has_enrolled, guest.matched_by, guest.matched_at = None, False, None, None
    guest.save(update_fields=["enrolment", "has_enrolled", "matched_by", "matched_at"])
    record(
        at=now,
        actor=actor,
        action="walk_in.unmatched",
        sentence=f"Membatalkan pencocokan tamu “{guest.name}” dengan {enrolment.head} ({enrolment.head.rt}).",
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"walk_in": guest.pk, "enrolment": enrolment.pk},
    )
    if has_enrolled:
        _take_place_back(enrolment)
    return True


def _take_place_back(enrolment: Enrolment) -> None:
    # Another guest who is the same person inherits the question whether the place was made at the door.
    if WalkIn.objects.filter(pk=enrolment.walk_ins.order_by("pk").values_list("pk", flat=True).first()).update(
        has_enrolled=True
    ):
        return
    is_needed = (
        enrolment.row_number is not None
        or AttendanceEvent.objects.filter(enrolment=enrolment).exists()
        or Answer.objects.filter(enrolment=enrolment).exists()
        or PaperLine.objects.filter(enrolment=enrolment).exists()
        or Enrolment.objects.filter(follows=enrolment).exists()
        or enrolment.successions.exists()
        or enrolment.moves.exists()
        or enrolment.data_corrections.exists()
        or enrolment.certificates.exists()
        or Payment.objects.filter(enrolment=enrolment).exists()
    )
    if not is_needed:
        enrolment.delete()
