"""A provider told us something; it is kept before anybody acts on it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from rtportal.lib.clean_text import storable, storable_json
from rtportal.lib.wakeup import wake_after_commit
from rtportal.messaging.models import ChannelEvent

READING_TASK = "messaging.read_channel_events"


@transaction.atomic
def keep_channel_events(*, channel: str, events: Iterable[tuple[str, dict[str, Any]]], now: datetime) -> None:
    """`events` are pairs of a key, made of the event's own ids (at most 200 characters), and its payload.

    Does: keeps each event once, as it came. One that is known already stays as it is.
    Refuses: nothing.
    Tells: wakes the worker that acts on them.
    """
    rows = [
        ChannelEvent(channel=channel, key=storable(key), payload=storable_json(payload), received_at=now)
        for key, payload in events
    ]
    if rows:
        ChannelEvent.objects.bulk_create(rows, ignore_conflicts=True)
        wake_after_commit(READING_TASK)
