"""A personal link that fell into wrong hands is closed."""

from datetime import datetime

from django.db import transaction

from participants.models import Enrolment
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError


class RevokeRefused(InputError):
    """There is nothing to revoke any more."""


@transaction.atomic
def revoke_link(*, enrolment: Enrolment, by: User, now: datetime) -> None:
    """`enrolment` comes with `head.rt` and `wave`; the caller has checked Right.ANSWER_FOR.

    Does: closes the link and the code as they were seen: both say whom to ask, and the pass is refused at the door.
    Answer and seat stay. Messages still waiting are not sent, and none follows until there is a new link.
    Refuses (RevokeRefused): a link that was revoked or replaced meanwhile.
    Tells: one audit line at the wave.
    """
    rows = Enrolment.objects.filter(pk=enrolment.pk, link_hash=enrolment.link_hash, link_revoked_at=None)
    if not rows.update(link_revoked_at=now):
        raise RevokeRefused("Tautan ini baru saja dicabut atau diganti. Muat ulang halaman ini.")
    head = enrolment.head
    record(
        at=now,
        actor=by,
        action="link.revoked",
        sentence=f"Tautan pribadi {head} ({head.rt}) dicabut.",
        region_code=enrolment.village_id,
        subject=enrolment.wave.group,
        data={"enrolment": enrolment.pk},
    )
