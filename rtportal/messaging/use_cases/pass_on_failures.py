"""Whoever a channel could not reach is told over the next one."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft, enqueue
from rtportal.messaging.routes import base_of, key_over, keys_over_any, opted_out

BATCH = 200


def pass_on_failures(*, now: datetime, size: int = BATCH) -> int:
    """Follow up every failed message that nobody followed up, `size` in each transaction.

    Does: the first later link whose address still wants messages becomes a message of its own, due now, with the same
    end and the links after it as its route; if it exists already, it stays as it is. Where no link is left, or the
    time of the message has passed, nothing follows, nor where the person got the message over another link after all.
    Each failure is followed up once.
    Refuses: nothing; two at once share the work.
    Tells: wakes a worker for what the portal sends itself. Returns how many messages are new.
    """
    added = 0
    while True:
        with transaction.atomic():
            rows = Message.objects.not_passed_on().order_by("pk").select_for_update(skip_locked=True)
            failed = list(rows[:size])
            if failed:
                added += enqueue(_successors(failed, now), now=now)
                Message.objects.filter(pk__in=[message.pk for message in failed]).update(passed_on_at=now)
        if len(failed) < size:
            return added


def _successors(failed: list[Message], now: datetime) -> list[Draft]:
    refused = opted_out(address for message in failed for _, address in message.route)
    arrived = _arrived(failed)
    drafts = (_successor(message, refused, now) for message in failed if base_of(message.dedupe_key) not in arrived)
    return [draft for draft in drafts if draft]


def _arrived(failed: list[Message]) -> set[str]:
    """Base keys of those whose message got through over another link: a channel may report that late."""
    bases = {base_of(message.dedupe_key) for message in failed if message.route}
    keys = [key for base in bases for key in keys_over_any(base)]
    found = Message.objects.reached().filter(dedupe_key__in=keys) if keys else Message.objects.none()
    return {base_of(key) for key in found.values_list("dedupe_key", flat=True)}


def _successor(message: Message, refused: Collection[tuple[str, str]], now: datetime) -> Draft | None:
    links = tuple((channel, address) for channel, address in message.route if (channel, address) not in refused)
    if not links or (message.expires_at and message.expires_at <= now):
        return None
    return Draft(
        dedupe_key=key_over(message.dedupe_key, links[0][0]),
        kind=message.kind,
        route=links,
        recipient_name=message.recipient_name,
        region_code=message.region_code,
        group=message.group,
        about_id=message.about_id,
        due_at=now,
        expires_at=message.expires_at,
        is_synthetic=message.is_synthetic,
        urgent_reason=message.urgent_reason,
        urgent_by_id=message.urgent_by_id,
    )
