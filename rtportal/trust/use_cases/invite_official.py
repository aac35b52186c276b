"""Offer a role to somebody who has no account yet, or one elsewhere."""

from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from rtportal.accounts.models import Assignment, User
from rtportal.regions.models import Region
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.invitation_links import invitation_hash
from rtportal.trust.models import OfficialInvitation
from rtportal.trust.rules import refuse_unless_grantable
from rtportal.trust.use_cases._notes import tell

HAS_ROLE = "Alamat ini sudah memegang peran itu di wilayah itu."
IS_INVITED = "Alamat ini sudah diundang untuk peran dan wilayah itu. Buka undangannya untuk mengirim ulang."


@transaction.atomic
def invite_official(
    *, name: str, email: str, role: str, region: Region, actor: User, now: datetime
) -> OfficialInvitation:
    """Does: writes the invitation (of its link only a hash) and an audit line. The link opens once, for seven days.

    Refuses: a role with rights that the actor does not hold there; whoever holds or was offered this role already.
    Tells: nobody; the caller sends the link after the commit, or shows it.
    """
    email = email.strip().lower()
    refuse_unless_grantable(actor, role, region)
    if Assignment.objects.filter(user__email=email, role=role, region=region).exists():
        raise OfficialRefused(HAS_ROLE, field="email")
    link_id = uuid4()
    try:
        with transaction.atomic():
            invitation = OfficialInvitation.objects.create(
                email=email,
                name=name,
                role=role,
                region=region,
                link_id=link_id,
                link_hash=invitation_hash(link_id),
                invited_by=actor,
                invited_at=now,
                expires_at=now + OfficialInvitation.VALID_FOR,
            )
    except IntegrityError as error:
        raise OfficialRefused(IS_INVITED, field="email") from error
    tell(
        at=now,
        actor=actor,
        action="official.invited",
        sentence=f"Mengundang {name} ({email}) sebagai {invitation.get_role_display()} di {region.full_name}.",
        region_code=region.code,
        official=None,
    )
    return invitation
