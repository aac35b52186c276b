"""A provider reported something: keep it first, understand it later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from rtportal.lib.wakeup import wake_after_commit
from rtportal.messaging.models import ChannelEvent

READING_TASK = "messaging.read_channel_events"


@transaction.atomic
def keep_channel_events(*, channel: str, payloads: Mapping[str, dict[str, Any]], now: datetime) -> None:
    """Keep events as they came, by keys (at most 200 characters) made of their own ids.

    Does: adds a row for each key that is new; the same event again changes nothing.
    Refuses: nothing.
    Tells: wakes the task that reads them.
    """
    if not payloads:
        return
    ChannelEvent.objects.bulk_create(
        [
            ChannelEvent(channel=channel, key=key, payload=payload, received_at=now)
            for key, payload in sorted(payloads.items())
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    wake_after_commit(READING_TASK)
