"""What the portal notes about its channels and its worker, so that pages can say when something does not work."""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from rtportal.messaging.models import ChannelState, Heartbeat

WORKER = "worker"


def beat(name: str, *, now: datetime) -> None:
    """Somebody who works unseen is alive."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, beaten_at=now)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["beaten_at"],
    )


def out_of_service(*, now: datetime) -> set[str]:
    """Channels that take nothing at present and are left alone."""
    return set(
        ChannelState.objects.filter(unavailable_since__isnull=False, paused_until__gt=now).values_list("pk", flat=True)
    )


def note_trouble(channel: str, *, detail: str, until: datetime, now: datetime) -> None:
    """A channel takes nothing; no worker tries it before `until`."""
    ChannelState.objects.bulk_create([ChannelState(channel=channel)], ignore_conflicts=True)
    ChannelState.objects.filter(pk=channel).update(
        unavailable_since=Coalesce(F("unavailable_since"), Value(now)),
        detail=detail[:500],
        paused_until=until,
        pause_reason=detail[:200],
    )


def note_service(channel: str, *, begun_at: datetime, now: datetime) -> None:
    """A channel has accepted a message: whatever the trouble was, it is over, unless it came after the send began."""
    ChannelState.objects.bulk_create(
        [ChannelState(channel=channel, last_accepted_at=now)],
        update_conflicts=True,
        unique_fields=["channel"],
        update_fields=["last_accepted_at"],
    )
    ChannelState.objects.filter(pk=channel, unavailable_since__lte=begun_at).update(
        unavailable_since=None, detail="", paused_until=None, pause_reason=""
    )
