"""Freeing what a dead worker held."""

from datetime import datetime

from django.db import transaction

from rtportal.lib.wakeup import wake_after_commit
from rtportal.messaging.models import DeliveryAttempt, Message
from rtportal.messaging.outbox import DELIVERY_TASK
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures

_DETAIL = "Pengirimnya berhenti mendadak saat pesan ini sedang dikirim, jadi tidak diketahui apakah pesan ini sampai."


@transaction.atomic
def recover_leases(*, now: datetime) -> tuple[int, int]:
    """Take back messages whose lease has run out.

    Does: those whose send had begun become *unknown*, with an attempt that says so, until their channel reports them or
    a human decides; the others are due again. Failures that the dead worker had not followed up go on to the next link.
    Refuses: nothing; leases that still run are left alone.
    Tells: wakes a worker if something is due again. Returns (unknown, due again).
    """
    expired = Message.objects.filter(state=Message.State.SENDING, lease_until__lte=now)
    under_way = list(expired.filter(started_at__isnull=False).select_for_update())
    DeliveryAttempt.objects.bulk_create(
        DeliveryAttempt(
            message=message,
            number=message.attempt_count,
            channel=message.channel,
            started_at=message.started_at,
            ended_at=now,
            outcome=DeliveryAttempt.Outcome.UNKNOWN,
            detail=_DETAIL,
        )
        for message in under_way
    )
    Message.objects.filter(pk__in=[message.pk for message in under_way]).update(
        state=Message.State.UNKNOWN, lease="", lease_until=None, closed_at=now, detail=_DETAIL
    )
    freed = expired.filter(started_at__isnull=True).update(state=Message.State.QUEUED, lease="", lease_until=None)
    if freed:
        wake_after_commit(DELIVERY_TASK)
    pass_on_failures(now=now)
    return len(under_way), freed
