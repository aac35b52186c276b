"""Messages whose channel does not bring them in time go on to the next link."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from rtportal.messaging.channels import label_of
from rtportal.messaging.models import ChannelState, Message
from rtportal.messaging.pacing import uses_that_count
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures

# How long a channel that takes nothing is waited for, if the time of the message allows it.
PATIENCE = timedelta(days=1)
# Most trouble is over sooner; and what was not tried for so long may be over.
SHORTEST = timedelta(minutes=30)


def give_up_waiting(*, now: datetime) -> int:
    """Fail what waits for a channel in vain, where another link is left.

    Does: fails messages that have waited for half an hour, when their channel has taken nothing for a day or their time
    ends within a day; likewise those for which a channel's budget has room only after their time. Messages without a
    further link go on waiting.
    Refuses: nothing.
    Tells: the failures go on to the next link. Returns how many failed.
    """
    failed = 0
    for state in ChannelState.objects.filter(Q(unavailable_since__isnull=False) | Q(paused_until__gt=now)):
        waiting = Message.objects.due(now).filter(channel=state.channel).exclude(route=[])
        in_vain, why = _in_vain(state, waiting, now)
        failed += in_vain.update(
            state=Message.State.FAILED, failure=Message.Failure.CHANNEL, detail=why, closed_at=now, hold=""
        )
    if failed:
        pass_on_failures(now=now)
    return failed


def _in_vain(state: ChannelState, waiting: QuerySet, now: datetime) -> tuple[QuerySet, str]:
    """Which of the waiting messages, and the reason."""
    name = label_of(state.channel)
    if state.unavailable_since is None:
        stopped = waiting.exclude(address__in=uses_that_count(state.channel, now=now).values("address"))
        why = f"Jatah {name} baru tersedia lagi sesudah batas waktu pesan ini."
        return stopped.filter(expires_at__lte=state.paused_until), why
    why = f"{name} tidak melayani dan pesan ini tidak dapat menunggu lebih lama. {state.detail}"[:500]
    # Old trouble of a channel that nobody has tried since tells nothing about today.
    is_still_so = state.paused_until and state.paused_until > now - SHORTEST
    if not is_still_so:
        return waiting.none(), why
    # The hours move due times each evening, so patience is counted by the channel.
    waiting = waiting.filter(due_at__lte=now - SHORTEST)
    has_been_long = state.unavailable_since <= now - PATIENCE
    return (waiting if has_been_long else waiting.filter(expires_at__lte=now + PATIENCE)), why
