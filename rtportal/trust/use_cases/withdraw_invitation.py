"""Take an invitation of an official back."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.trust.models import OfficialInvitation
from rtportal.trust.use_cases._notes import tell


@transaction.atomic
def withdraw_invitation(*, invitation: OfficialInvitation, actor: User, now: datetime) -> bool:
    """Does: closes the link for good and writes an audit line; one that ended before stays as it is (False).

    Refuses: nothing.
    Tells: nobody; who opens the link reads that it does not hold any more.
    """
    if not OfficialInvitation.objects.waiting().filter(pk=invitation.pk).update(withdrawn_at=now):
        return False
    tell(
        at=now,
        actor=actor,
        action="official.invitation_withdrawn",
        sentence=f"Menarik undangan petugas untuk {invitation.name} ({invitation.email}).",
        region_code=invitation.region_id,
        official=None,
    )
    return True
