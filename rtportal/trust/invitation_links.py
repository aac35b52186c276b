"""Links by which invited officials come in: shown to those who invite, never stored."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from rtportal.lib import links


def invitation_token(link_id: UUID) -> str:
    return links.make_token(settings.LINK_KEY.encode(), link_id, purpose=links.OFFICIAL_INVITATION)


def invitation_hash(link_id: UUID) -> str:
    """What `OfficialInvitation.link_hash` holds for this link id."""
    return links.hash_token(invitation_token(link_id))


def invitation_url(link_id: UUID) -> str:
    """The absolute address that an invited official opens."""
    return settings.BASE_URL + reverse("trust:invitation_accept", args=[invitation_token(link_id)])
