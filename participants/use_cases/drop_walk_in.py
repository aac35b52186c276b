"""A guest without an invitation is struck from the list."""

from datetime import datetime

from django.db import transaction

from participants.models import WalkIn
from programs.errors import Refusal
from rtportal.accounts.models import User
from rtportal.audit.record import record


@transaction.atomic
def drop_walk_in(*, walk_in_id: int, actor: User, now: datetime) -> bool:
    """The caller has checked scope and Right.MARK_ATTENDANCE in the wave's region. Returns False if done before.

    Does: the guest counts as nobody from then on; the record of the door stays in its log; with an audit line.
    Refuses (Refusal): a guest who was matched to somebody.
    Tells: nobody.
    """
    rows = WalkIn.objects.select_for_update(of=("self",), no_key=True).select_related("wave__program")
    guest = rows.get(pk=walk_in_id)
    if guest.dropped_at:
        return False
    if guest.enrolment_id:
        raise Refusal("Tamu ini sudah dicocokkan dengan peserta. Batalkan dahulu pencocokan itu.")
    guest.dropped_at = now
    guest.save(update_fields=["dropped_at"])
    record(
        at=now,
        actor=actor,
        action="walk_in.dropped",
        sentence=f"Mencoret tamu tanpa undangan “{guest.name}”.",
        region_code=guest.wave.program.region_id,
        subject=guest.wave.group,
        data={"walk_in": guest.pk},
    )
    return True
