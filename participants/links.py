"""The personal link of an enrolment: shown to its RT head in messages, never stored."""

from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from rtportal.lib import links


def token_of(link_id: UUID) -> str:
    return links.make_token(settings.LINK_KEY.encode(), link_id)


def hash_of(link_id: UUID) -> str:
    """What `Enrolment.link_hash` holds for this link id."""
    return links.hash_token(token_of(link_id))


def personal_url(link_id: UUID) -> str:
    """The absolute address an RT head opens."""
    return settings.BASE_URL + personal_path(link_id)


def personal_path(link_id: UUID) -> str:
    """The same within the portal: `/u/<token>/`."""
    return token_of(link_id).join(_around_token())


@cache
def _around_token() -> tuple[str, str]:
    """What the path has before and after the token; looking it up takes longer than making the token."""
    before, after = reverse("participants:invitation_show", args=["token"]).split("token")
    return before, after
