"""Secret addresses of an office's calendar: shown to its officials, never stored."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from rtportal.lib import links


def feed_token(link_id: UUID) -> str:
    return links.make_token(settings.LINK_KEY.encode(), link_id, purpose=links.OFFICE_FEED)


def feed_hash(link_id: UUID) -> str:
    """What `CalendarFeed.link_hash` holds for this link id."""
    return links.hash_token(feed_token(link_id))


def feed_url(link_id: UUID) -> str:
    """The absolute address that calendar programs read."""
    return settings.BASE_URL + reverse("programs:calendar_feed", args=[feed_token(link_id)])
