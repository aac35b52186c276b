"""The personal link of a speaker: shown in messages and to officials, never stored."""

import uuid
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from rtportal.lib import links
from sessions.models import Speaker


def token_of(link_id: UUID) -> str:
    return links.make_token(settings.LINK_KEY.encode(), link_id, links.SPEAKER)


def personal_url(link_id: UUID) -> str:
    """The absolute address a speaker opens."""
    return settings.BASE_URL + reverse("training_sessions:speaker_page", args=[token_of(link_id)])


def calendar_url(link_id: UUID) -> str:
    """The absolute address of the speaker's sessions for calendar programs."""
    return settings.BASE_URL + reverse("training_sessions:speaker_calendar", args=[token_of(link_id)])


def give_new_link(speaker: Speaker) -> None:
    """Another link on the (locked) row, not saved yet; the one given before opens nothing once it is."""
    speaker.link_id = uuid.uuid4()
    speaker.link_hash = links.hash_token(token_of(speaker.link_id))
