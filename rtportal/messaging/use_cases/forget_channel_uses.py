"""Addresses that no budget counts any more are forgotten."""

from datetime import datetime

from rtportal.messaging.models import ChannelUse
from rtportal.messaging.pacing import COUNTED


def forget_channel_uses(*, now: datetime) -> int:
    """Delete what was reserved longer ago than any budget looks back.

    Does: keeps the table as large as a day's messages. Refuses: nothing. Tells: nobody. Returns how many rows went.
    """
    return ChannelUse.objects.filter(used_at__lte=now - COUNTED).delete()[0]
