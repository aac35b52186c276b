"""Handing due messages over to their channels."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta

from rtportal.lib import clock
from rtportal.lib.wakeup import wake_after_commit
from rtportal.messaging import channel_health, leases, pacing
from rtportal.messaging.channels import all_channels
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import DELIVERY_TASK
from rtportal.messaging.use_cases._closings import LATE
from rtportal.messaging.use_cases._delivery import Delivery
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures

# Taking and writing a batch costs nearly the same for few messages as for many.
BATCH = 100
# Far below the broker's visibility timeout, and other tasks get their turn in between. Shorter than a lease, so that
# a message of a channel with a pace never goes out a whole lease after its slot.
LONGEST_RUN = timedelta(seconds=60)


def deliver_due_messages(
    *,
    now_fn: Callable[[], datetime] = clock.now,
    sleep: Callable[[float], None] = time.sleep,
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due, in batches on one open connection, until nothing is due or a minute has passed.

    Does: takes messages by lease, sends each outside any transaction, closes each with its attempt. Messages whose
    time has passed expire unsent, those of the quiet hours wait for the opening. Over a channel with a pace each waits
    for its slot. What a channel refuses for now is due again later, what it refuses for good has failed and goes on to
    the next link, and where nobody knows the message is *unknown*.
    Refuses: nothing; two workers at once share the work.
    Tells: once it sent something from a full batch it wakes one more worker, and after its minute a successor.
    Returns how many messages were accepted.
    """
    begun_at = now_fn()
    channel_health.beat(channel_health.WORKER, now=begun_at)
    _expire_overdue(begun_at)
    pass_on_failures(now=begun_at)

    def is_over() -> bool:
        return should_stop() or now_fn() - begun_at >= LONGEST_RUN

    with ExitStack() as stack:
        run = Delivery(stack, now_fn=now_fn, sleep=sleep, is_over=is_over)
        comes_soon = _work(run, until=begun_at + LONGEST_RUN)
        if (comes_soon or is_over()) and not should_stop():
            wake_after_commit(DELIVERY_TASK)
    pass_on_failures(now=now_fn())
    return run.accepted


def _work(run: Delivery, *, until: datetime) -> bool:
    """Take and deliver in turns what has no pace and what has, until nothing is left or the run is over.

    Says whether a slot comes soon after the run, for which it could not wait any more.
    """
    paced = {name: channel for name, channel in all_channels().items() if channel.pace.is_limited}
    # Those with a pace that may have something to send: one that had nothing is not asked again in this run.
    asked, comes_soon, found = {name: pacing.Rhythm() for name in paced}, False, True
    while found and not run.is_over():
        lease = leases.claim(now=run.now_fn(), size=BATCH, without={*run.unavailable, *paced})
        run.deliver(lease, is_full=lease.found == BATCH)
        found = bool(lease.found)
        for name, rhythm in list(asked.items()):
            if name in run.unavailable or run.is_over():
                continue
            lease = pacing.claim(paced[name], now=run.now_fn(), size=BATCH, until=until, rhythm=rhythm)
            run.deliver(lease, is_full=lease.found == BATCH)
            found = found or bool(lease.found)
            comes_soon = comes_soon or lease.comes_soon
            if not lease.found:
                del asked[name]
    return comes_soon


def _expire_overdue(now: datetime) -> None:
    """Nothing is sent, and nobody is asked to bring anything, after its time."""
    for waiting in (Message.objects.queued(), Message.objects.tasks().filter(started_at=None)):
        waiting.filter(expires_at__lte=now).update(state=Message.State.EXPIRED, closed_at=now, detail=LATE, hold="")
