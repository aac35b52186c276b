"""Handing due messages over to their channels."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from rtportal.lib import clock
from rtportal.lib.wakeup import wake_after_commit
from rtportal.messaging import leases
from rtportal.messaging.channels import all_channels
from rtportal.messaging.channels.base import ChannelUnavailable, PermanentRefusal, Sender, TemporaryRefusal
from rtportal.messaging.kinds import Content, Unfit, render
from rtportal.messaging.leases import Closing, Lease, LeaseLost
from rtportal.messaging.models import DeliveryAttempt, Message
from rtportal.messaging.outbox import DELIVERY_TASK

logger = logging.getLogger("rtportal.messaging")

# Taking and writing a batch costs nearly the same for few messages as for many.
BATCH = 100
# Far below the broker's visibility timeout, and other tasks get their turn in between.
LONGEST_RUN = timedelta(seconds=60)
# Pauses after the first, second … temporary refusal; after one more the message has failed.
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
# How long a channel that takes nothing is left alone. That is no attempt of any message.
UNAVAILABLE_PAUSE = timedelta(minutes=1)
# A server that hangs up in the middle of every message would turn a whole wave into questions for a human.
UNKNOWNS_IN_A_ROW = 2

State, Outcome = Message.State, DeliveryAttempt.Outcome
_LATE = "Terlambat: batas waktu pengiriman pesan ini sudah lewat."
_UNKNOWN = "Sambungan terputus saat isi pesan dikirim, jadi tidak diketahui apakah pesan ini sampai."


def deliver_due_messages(
    *, now_fn: Callable[[], datetime] = clock.now, should_stop: Callable[[], bool] = lambda: False
) -> int:
    """Send what is due, in batches on one open connection, until nothing is due or a minute has passed.

    Does: takes messages by lease, sends each outside any transaction, closes each with its attempt. Messages whose
    time has passed expire unsent. What a channel refuses for now is due again later, what it refuses for good has
    failed, and where nobody knows the message is *unknown*.
    Refuses: nothing; two workers at once share the work.
    Tells: once it sent something from a full batch it wakes one more worker, and after its minute a successor.
    Returns how many messages were accepted.
    """
    begun_at = now_fn()
    _expire_overdue(begun_at)

    def is_over() -> bool:
        return should_stop() or now_fn() - begun_at >= LONGEST_RUN

    with ExitStack() as stack:
        run = _Run(stack, now_fn, is_over)
        while not is_over():
            lease = leases.claim(now=now_fn(), size=BATCH, without=run.unavailable)
            if not lease.messages:
                break
            run.deliver(lease)
        else:
            if not should_stop():
                wake_after_commit(DELIVERY_TASK)
    return run.accepted


def _expire_overdue(now: datetime) -> None:
    Message.objects.queued().filter(expires_at__lte=now).update(state=State.EXPIRED, closed_at=now, detail=_LATE)


class _Run:
    """One worker's turn at the outbox: its open senders and what it has learned about its channels."""

    def __init__(self, stack: ExitStack, now_fn: Callable[[], datetime], is_over: Callable[[], bool]):
        self.stack = stack
        self.now_fn = now_fn
        self.is_over = is_over
        self.senders: dict[str, Sender] = {}
        self.unavailable: set[str] = set()
        self.accepted = 0
        self.unknowns_in_a_row = 0
        self.should_wake = False
        self.has_woken = False

    def deliver(self, lease: Lease) -> None:
        # A full batch means that there may be more than one worker can do; a working channel, that it may help.
        self.should_wake = len(lease.messages) == BATCH and not self.has_woken
        contents = render(lease.messages)
        by_channel = sorted(lease.messages, key=attrgetter("channel"))
        for name, group in groupby(by_channel, key=attrgetter("channel")):
            messages = list(group)
            try:
                self._deliver_group(lease, self._sender(name), messages, contents)
            except LeaseLost:
                logger.warning("lease %s ran out before its messages were sent", lease.key)
                return
            except ChannelUnavailable as error:
                self.unavailable.add(name)
                logger.warning("channel %s takes nothing: %s", name, error.detail)
                leases.release(lease, messages, due_at=self.now_fn() + UNAVAILABLE_PAUSE, detail=error.detail)

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
                if self.is_over():
                    break
                now = self.now_fn()
                leases.renew(lease, now=now)
                content = contents[message.pk]
                unsent = _closing_without_send(message, sender, content, now)
                if unsent:
                    leases.turn(lease, close=unsent, now=now)
                    continue
                # Closes the one before in the same commit.
                closing, last = last, None
                leases.turn(lease, close=closing, start=message, edition=content.edition, now=now)
                last = self._send(lease, sender, message, content)
                if self.unknowns_in_a_row == UNKNOWNS_IN_A_ROW:
                    self.unknowns_in_a_row = 0
                    raise ChannelUnavailable("Sambungan ke peladen berulang kali terputus di tengah pengiriman.")
        finally:
            if last:
                leases.turn(lease, close=last, now=self.now_fn())
        if self.is_over():
            leases.release(lease, messages)

    def _send(self, lease: Lease, sender: Sender, message: Message, content: Content) -> Closing:
        try:
            receipt = sender.send(message, content, expires_at=message.expires_at)
        except TemporaryRefusal as refusal:
            return _closing_for_later(message, refusal.detail, self.now_fn())
        except PermanentRefusal as refusal:
            return Closing(
                message=message,
                state=State.FAILED,
                failure=refusal.failure,
                at=self.now_fn(),
                outcome=Outcome.PERMANENT,
                detail=refusal.detail,
                subject=content.subject,
            )
        except ChannelUnavailable:
            leases.undo_start(lease, message)
            raise
        except Exception as error:
            logger.exception("outcome of message %s unknown", message.pk)
            self.unknowns_in_a_row += 1
            return Closing(
                message=message,
                state=State.UNKNOWN,
                at=self.now_fn(),
                outcome=Outcome.UNKNOWN,
                detail=f"{_UNKNOWN} ({str(error)[:200]})",
                subject=content.subject,
            )
        self.accepted += 1
        self.unknowns_in_a_row = 0
        if self.should_wake:
            wake_after_commit(DELIVERY_TASK)
            self.should_wake, self.has_woken = False, True
        return Closing(
            message=message,
            state=State.ACCEPTED,
            at=self.now_fn(),
            outcome=Outcome.ACCEPTED,
            detail=receipt.detail,
            subject=content.subject,
            reference=receipt.reference,
        )


def _closing_without_send(
    message: Message, sender: Sender | None, content: Content | Unfit, now: datetime
) -> Closing | None:
    """What becomes of a message that is not to be handed over; None if it is."""
    if message.expires_at and message.expires_at <= now:
        return Closing(message=message, state=State.EXPIRED, at=now, outcome=None, detail=_LATE)
    if sender is None:
        detail = f"Saluran “{message.channel}” tidak ada di portal ini."
        return Closing(message=message, state=State.FAILED, at=now, outcome=Outcome.PERMANENT, detail=detail)
    if not isinstance(content, Unfit):
        return None
    if content.state == State.QUEUED:
        return _closing_for_later(message, content.detail, now)
    outcome = Outcome.PERMANENT if content.state == State.FAILED else None
    return Closing(message=message, state=content.state, at=now, outcome=outcome, detail=content.detail)


def _closing_for_later(message: Message, detail: str, now: datetime) -> Closing:
    """Due again after a pause that grows with each try; failed when there were enough."""
    tried = message.attempt_count if message.started_at else message.attempt_count + 1
    if tried > len(BACKOFF):
        return Closing(message=message, state=State.FAILED, at=now, outcome=Outcome.TEMPORARY, detail=detail)
    due_at = now + BACKOFF[tried - 1]
    return Closing(message=message, state=State.QUEUED, at=now, outcome=Outcome.TEMPORARY, detail=detail, due_at=due_at)
