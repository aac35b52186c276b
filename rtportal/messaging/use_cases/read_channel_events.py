"""Acting on what the providers reported."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from rtportal.messaging.channels import all_channels
from rtportal.messaging.models import ChannelEvent
from rtportal.messaging.reports import Approval, Incoming, Report
from rtportal.messaging.use_cases.apply_approval import apply_approval
from rtportal.messaging.use_cases.apply_report import Applied, apply_report
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from rtportal.messaging.use_cases.receive_reply import receive_reply

logger = logging.getLogger("rtportal.messaging")

BATCH = 200
# A report may come before the send it tells of is written down.
PATIENCE = timedelta(minutes=10)
_IGNORED = "tidak perlu ditindaklanjuti"
_UNREADABLE = "tidak terbaca"


def read_channel_events(*, now: datetime) -> int:
    """Act on every event that waits, oldest first, each in its own transaction. Returns how many were settled.

    Does: statuses raise messages, replies and approvals go to their use cases; each event keeps what came of it. One
    that came too early waits for the next run, one that cannot be understood is marked and logged.
    Refuses: nothing.
    Tells: failures are passed on to the next link.
    """
    settled, failed, last = 0, False, 0
    while keys := _waiting_after(last):
        for key in keys:
            outcome = _settle(key, now)
            settled += outcome is not None
            failed = failed or outcome == Applied.FAILED
        last = keys[-1]
    if failed:
        pass_on_failures(now=now)
    return settled


def _waiting_after(last: int) -> list[int]:
    rows = ChannelEvent.objects.filter(processed_at__isnull=True, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def _settle(key: int, now: datetime) -> str | None:
    """What came of one event; None if it must wait or somebody else has it."""
    try:
        with transaction.atomic():
            rows = ChannelEvent.objects.filter(pk=key, processed_at__isnull=True)
            event = rows.select_for_update(skip_locked=True).first()
            outcome = _act(event, now) if event else None
            if outcome is not None:
                _close(key, outcome, now)
            return outcome
    except DatabaseError:
        raise
    except Exception:
        # One that cannot be understood must not hold back the others; it is kept, and says so.
        logger.exception("event %s cannot be read", key)
        _close(key, _UNREADABLE, now)
        return _UNREADABLE


def _act(event: ChannelEvent, now: datetime) -> str | None:
    channel = all_channels().get(event.channel)
    outcome: str = _IGNORED
    for told in channel.read(event.payload) if channel else []:
        if isinstance(told, Report):
            outcome = apply_report(channel=event.channel, report=told, now=now)
            is_young = event.received_at > now - PATIENCE
            if outcome == Applied.TOO_EARLY or (outcome == Applied.UNKNOWN and is_young):
                return None
        elif isinstance(told, Approval):
            outcome = apply_approval(approval=told, now=now)
        elif isinstance(told, Incoming):
            receive_reply(
                channel=event.channel,
                address=told.address,
                text=told.text,
                payload=told.payload,
                context_reference=told.context_reference,
                sender_name=told.sender_name,
                external_id=told.external_id,
                now=min(told.at or now, now),
            )
            outcome = "balasan diterima"
    return outcome


def _close(key: int, outcome: str, now: datetime) -> None:
    ChannelEvent.objects.filter(pk=key).update(processed_at=now, outcome=outcome[:200])
