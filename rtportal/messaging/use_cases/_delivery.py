"""One worker's turn at the outbox: its open senders and what it has learned about its channels."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from rtportal.lib.wakeup import wake_after_commit
from rtportal.messaging import channel_health, leases
from rtportal.messaging.channels import all_channels
from rtportal.messaging.channels.base import ChannelUnavailable, PermanentRefusal, Sender, TemporaryRefusal
from rtportal.messaging.kinds import Content, Unfit, render
from rtportal.messaging.leases import Closing, Lease, LeaseLost
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import DELIVERY_TASK
from rtportal.messaging.pacing import PacedLease
from rtportal.messaging.routes import opted_out
from rtportal.messaging.use_cases import _closings as closings

logger = logging.getLogger("rtportal.messaging")

# How long a channel that takes nothing is left alone, unless it said how long. That is no attempt of any message.
UNAVAILABLE_PAUSE = timedelta(minutes=1)
# A server that hangs up in the middle of every message would turn a whole wave into questions for a human.
UNKNOWNS_IN_A_ROW = 2
# A worker that waits for a slot looks this often whether it is to end.
STEP = timedelta(milliseconds=500)


class Delivery:
    """Sends what is leased to it; `accepted` counts what channels took, `unavailable` names those that take nothing."""

    def __init__(
        self,
        stack: ExitStack,
        *,
        now_fn: Callable[[], datetime],
        sleep: Callable[[float], None],
        is_over: Callable[[], bool],
    ):
        self.stack, self.now_fn, self.sleep, self.is_over = stack, now_fn, sleep, is_over
        self.senders: dict[str, Sender] = {}
        self.unavailable = channel_health.out_of_service(now=now_fn())
        self.accepted = 0
        self._in_service: set[str] = set()
        self._unknowns_in_a_row = 0
        self._should_wake = False
        self._has_woken = False

    def deliver(self, lease: Lease, *, is_full: bool) -> None:
        """Send or give back each message of the lease. A full one may be only the first of more than one can do."""
        if not lease.messages:
            return
        # A channel that works is what more workers help with; so one is woken at the first success.
        self._should_wake = is_full and not self._has_woken
        contents = render(lease.messages)
        refused = opted_out(message.address for message in lease.messages)
        contents |= {m.pk: closings.OPTED_OUT for m in lease.messages if (m.channel, m.address) in refused}
        by_channel = sorted(lease.messages, key=attrgetter("channel"))
        for name, group in groupby(by_channel, key=attrgetter("channel")):
            messages = list(group)
            try:
                self._deliver_group(lease, self._sender(name), messages, contents)
            except LeaseLost:
                logger.warning("lease %s ran out before its messages were sent", lease.key)
                break
            except ChannelUnavailable as error:
                self._leave_alone(name, error)
                leases.release(lease, messages, detail=error.detail)
        if isinstance(lease, PacedLease):
            lease.give_back()

    def _leave_alone(self, name: str, error: ChannelUnavailable) -> None:
        logger.warning("channel %s takes nothing: %s", name, error.detail)
        now = self.now_fn()
        self.unavailable.add(name)
        channel_health.note_trouble(name, detail=error.detail, until=error.until or now + UNAVAILABLE_PAUSE, now=now)

    def _sender(self, name: str) -> Sender | None:
        """The open sender of a channel, None if this installation has no such channel."""
        channel = all_channels().get(name)
        if channel and name not in self.senders:
            self.senders[name] = self.stack.enter_context(channel.open())
        return self.senders.get(name)

    def _deliver_group(
        self, lease: Lease, sender: Sender | None, messages: list[Message], contents: dict[int, Content | Unfit]
    ) -> None:
        """Send the messages of one channel; on leaving, each one is closed or given back."""
        last: Closing | None = None
        try:
            for message in messages:
                if isinstance(lease, PacedLease) and (start := lease.start_of(message)) > self.now_fn():
                    # Nothing is left unwritten while it waits.
                    closing, last = last, None
                    if closing:
                        leases.turn(lease, close=closing, now=self.now_fn())
                    self._wait_until(start)
                if self.is_over() or self._is_stopped(lease):
                    break
                now = self.now_fn()
                leases.renew(lease, now=now)
                content = contents[message.pk]
                unsent = closings.without_send(message, sender, content, lease.hours, now)
                if unsent:
                    leases.turn(lease, close=unsent, now=now)
                    continue
                # Closes the one before in the same commit.
                closing, last = last, None
                leases.turn(lease, close=closing, start=message, edition=content.edition, now=now)
                last = self._send(lease, sender, message, content)
                if self._unknowns_in_a_row == UNKNOWNS_IN_A_ROW:
                    self._unknowns_in_a_row = 0
                    raise ChannelUnavailable("Sambungan ke peladen berulang kali terputus di tengah pengiriman.")
        finally:
            if last:
                leases.turn(lease, close=last, now=self.now_fn())
        if self.is_over() or messages[0].channel in self.unavailable:
            leases.release(lease, messages)

    def _is_stopped(self, lease: Lease) -> bool:
        """Whether another worker was told meanwhile that the channel takes nothing; its slots may be seconds away."""
        if not isinstance(lease, PacedLease) or lease.channel not in channel_health.out_of_service(now=self.now_fn()):
            return False
        self.unavailable.add(lease.channel)
        return True

    def _wait_until(self, start: datetime) -> None:
        """Sleeps at most as long as it is until then, even if the clock stands still."""
        left = start - self.now_fn()
        while left > timedelta(0) and self.now_fn() < start and not self.is_over():
            self.sleep(min(left, STEP).total_seconds())
            left -= STEP

    def _send(self, lease: Lease, sender: Sender, message: Message, content: Content) -> Closing:
        at = message.started_at
        if isinstance(lease, PacedLease):
            lease.begin(message, at=at)
        try:
            receipt = sender.send(message, content, expires_at=lease.hours.last_moment(message, at))
        except ChannelUnavailable:
            leases.undo_start(lease, message)
            raise
        except TemporaryRefusal as refusal:
            closing = closings.for_later(message, refusal.detail, self.now_fn(), retry_after=refusal.retry_after)
        except PermanentRefusal as refusal:
            closing = closings.failed(message, content, refusal, self.now_fn())
        except Exception as error:
            logger.exception("outcome of message %s unknown", message.pk)
            self._unknowns_in_a_row += 1
            closing = closings.unknown(message, content, error, self.now_fn())
        else:
            self._note_success(message.channel, begun_at=at)
            closing = closings.accepted(message, content, receipt, self.now_fn())
        if isinstance(lease, PacedLease):
            lease.uses.pop(message.pk, None)
        return closing

    def _note_success(self, channel: str, *, begun_at: datetime) -> None:
        self.accepted += 1
        self._unknowns_in_a_row = 0
        if channel not in self._in_service:
            self._in_service.add(channel)
            channel_health.note_service(channel, begun_at=begun_at, now=self.now_fn())
        if self._should_wake:
            wake_after_commit(DELIVERY_TASK)
            self._should_wake, self._has_woken = False, True
