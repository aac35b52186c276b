"""Give an invited official a new link."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.invitation_links import invitation_hash
from rtportal.trust.models import OfficialInvitation
from rtportal.trust.rules import refuse_unless_grantable
from rtportal.trust.use_cases._notes import tell


@transaction.atomic
def resend_invitation(*, invitation: OfficialInvitation, actor: User, now: datetime) -> OfficialInvitation:
    """Does: makes another link, valid for seven days from now, and an audit line. The link sent before opens nothing.

    Whoever sends it again stands for it from now on.
    Refuses: an invitation that was accepted or taken back; a role that the actor may not give.
    Tells: nobody; the caller sends the link after the commit.
    """
    refuse_unless_grantable(actor, invitation.role, invitation.region)
    link_id = uuid4()
    changed = (
        OfficialInvitation.objects.waiting()
        .filter(pk=invitation.pk)
        .update(
            link_id=link_id,
            link_hash=invitation_hash(link_id),
            invited_by=actor,
            expires_at=now + OfficialInvitation.VALID_FOR,
        )
    )
    if not changed:
        raise OfficialRefused("Undangan ini sudah diterima atau ditarik.")
    tell(
        at=now,
        actor=actor,
        action="official.invited_again",
        sentence=f"Mengirim ulang undangan petugas kepada {invitation.name} ({invitation.email}).",
        region_code=invitation.region_id,
        official=None,
    )
    return OfficialInvitation.objects.select_related("region", "invited_by").get(pk=invitation.pk)
