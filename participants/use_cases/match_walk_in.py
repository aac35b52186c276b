"""A guest without an invitation turns out to be a head of the region."""

from datetime import datetime

from django.db import transaction

from participants.models import AttendanceEvent, Enrolment, RTHead, WalkIn
from participants.presence.projection import refold
from participants.queries.rehearsal_previews import new_enrolment
from participants.queries.walk_ins import standing_of
from participants.short_codes import insert_with_codes
from participants.substitutes import turn_back_heads
from programs.errors import Refusal
from programs.models import Wave
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from rtportal.audit.record import record


@transaction.atomic
def match_walk_in(*, walk_in_id: int, head_id: int, actor: User, now: datetime) -> Enrolment:
    """The caller has checked scope and Right.MARK_ATTENDANCE in the wave's region. Returns the head's place.

    Does: enrols the head in the guest's wave, if they have no place there yet (no invitation is sent: they are in the
    hall); what was recorded of the guest is the head's attendance from then on; with an audit line. Matching again to
    the same head changes nothing.
    Refuses (Refusal): a guest who was matched to somebody else or dropped; a head who is not in office in the
    programme's region, who sits in another wave of the programme, or whose RT is still invited under another name; a
    cancelled wave.
    Tells: whoever is represented by this head, before the wave begins, that they have to answer again; nobody else.
    """
    wave = locked_wave(WalkIn.objects.values_list("wave", flat=True).get(pk=walk_in_id))
    guest = WalkIn.objects.select_for_update(no_key=True).get(pk=walk_in_id)
    head = RTHead.objects.current().in_areas([wave.program.region_id]).select_related("rt").filter(pk=head_id).first()
    if head is None:
        raise Refusal("Ketua RT itu tidak ada dalam daftar yang sedang menjabat. Cari ulang.")
    if guest.enrolment_id:
        matched = Enrolment.objects.select_related("head").get(pk=guest.enrolment_id)
        if matched.head_id == head.pk:
            return matched
        raise Refusal(f"Tamu ini sudah dicocokkan dengan {matched.head}. Batalkan dahulu pencocokan itu.")
    if guest.dropped_at:
        raise Refusal("Tamu ini sudah dibatalkan, jadi tidak dapat dicocokkan.")
    if wave.is_cancelled:
        raise Refusal("Gelombang ini dibatalkan, jadi kehadiran tidak dicatat.")
    enrolment, refusal = standing_of([head], wave)[head.pk]
    if refusal:
        raise Refusal(refusal)
    guest.has_enrolled = enrolment is None
    guest.enrolment = enrolment or _enrol(wave, head, now)
    guest.matched_by, guest.matched_at = actor, now
    guest.save(update_fields=["enrolment", "has_enrolled", "matched_by", "matched_at"])
    _give_events(guest)
    record(
        at=now,
        actor=actor,
        action="walk_in.matched",
        sentence=f"Mencocokkan tamu tanpa undangan “{guest.name}” dengan {head} ({head.rt}).",
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"walk_in": guest.pk, "enrolment": guest.enrolment_id, "enrolled": guest.has_enrolled},
    )
    return guest.enrolment


def _enrol(wave: Wave, head: RTHead, now: datetime) -> Enrolment:
    # The programme's row is locked, as everybody does who enrols into its waves: nobody takes the place in between.
    enrolment = insert_with_codes([new_enrolment(wave, head, now)])[0]
    turn_back_heads(wave, now=now)
    return enrolment


def _give_events(guest: WalkIn) -> None:
    events = AttendanceEvent.objects.filter(walk_in=guest)
    # Its lock before its events, as whoever records does.
    Enrolment.objects.select_for_update(no_key=True).get(pk=guest.enrolment_id)
    events.update(enrolment=guest.enrolment_id)
    refold({(guest.enrolment_id, session) for session in events.order_by().values_list("session_id", flat=True)})
