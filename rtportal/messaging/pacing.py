"""Channels with a pace: who may be written to next, without more people or faster than the channel allows.

The channel's row is locked while a worker takes messages: what one has reserved, the next one counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from django.db import transaction
from django.db.models import F, Max, QuerySet

from rtportal.lib.numbers import thousands
from rtportal.messaging.channels.base import Channel, Pace
from rtportal.messaging.forecast import BUDGET_SPAN
from rtportal.messaging.holding import QuietHours, put_back_closed
from rtportal.messaging.leases import LEASE, Lease, take
from rtportal.messaging.models import ChannelState, ChannelUse, Message

# Slots are reserved this far ahead, so that a worker who waits for its own keeps other channels waiting no longer.
HORIZON = timedelta(seconds=10)
# Over a channel with such a gap one worker sends at a time: the delay of one must not meet the slot of another. And a
# send that is so late is written down anew.
ALONE = timedelta(seconds=1)
# An address counts until the latest instant at which its message may really have gone out was a day ago.
COUNTED = BUDGET_SPAN + LEASE


@dataclass(slots=True)
class Rhythm:
    """What one worker really did over a channel: when it began the last message, and the last one to each address."""

    begun_at: datetime | None = None
    begun_to: dict[str, datetime] = field(default_factory=dict)


@dataclass(slots=True)
class PacedLease(Lease):
    """Messages with the instants before which they must not be sent.

    `uses` are the rows that count their addresses: taken out of it once the message was really handed over, so that
    what is left there can be given back. `comes_soon`: nothing could be reserved any more, but the next slot is near.
    """

    channel: str = ""
    pace: Pace = field(default_factory=Pace)
    slots: dict[int, datetime] = field(default_factory=dict)
    uses: dict[int, int] = field(default_factory=dict)
    comes_soon: bool = False
    rhythm: Rhythm = field(default_factory=Rhythm)

    def start_of(self, message: Message) -> datetime:
        """Not before this instant, even if those before it were late."""
        earliest, last_to = [self.slots[message.pk]], self.rhythm.begun_to.get(message.address)
        if self.pace.gap and self.rhythm.begun_at:
            earliest.append(self.rhythm.begun_at + self.pace.gap)
        if self.pace.person_gap and last_to:
            earliest.append(last_to + self.pace.person_gap)
        return max(earliest)

    def begin(self, message: Message, *, at: datetime) -> None:
        """Note that the send of the message begins; one that is late puts off what nobody has reserved yet."""
        self.rhythm.begun_at = self.rhythm.begun_to[message.address] = at
        delay = at - self.slots[message.pk]
        if self.pace.gap and delay and max(delay, self.pace.gap) >= ALONE:
            next_at = at + self.pace.gap
            ChannelState.objects.filter(pk=self.channel, next_send_at__lt=next_at).update(next_send_at=next_at)
        if delay >= ALONE and message.pk in self.uses:
            ChannelUse.objects.filter(pk=self.uses[message.pk]).update(used_at=at)

    def give_back(self) -> None:
        """Uncount the addresses that were not written to after all."""
        if self.uses:
            ChannelUse.objects.filter(pk__in=self.uses.values()).delete()
            self.uses = {}


@transaction.atomic
def claim(channel: Channel, *, now: datetime, size: int, until: datetime, rhythm: Rhythm | None = None) -> PacedLease:
    """At most `size` due messages of a channel with a pace, in the order of their slots, leased to the caller.

    Slots are before `until` and not much later than `now`. The message whose time ends first comes first. Addresses
    that count already cost nothing of the budget; when it is used up, the channel's row says until when. `rhythm` is
    what the same worker has done before.
    """
    pace = channel.pace
    lease = PacedLease([], now + LEASE, QuietHours((), now=now), channel=channel.name, pace=pace)
    lease.rhythm = rhythm or lease.rhythm
    due = Message.objects.due(now).filter(channel=channel.name).exclude(expires_at__lte=now)
    if not due.exists():
        return lease
    state = _locked(channel.name)
    first = max(now, state.next_send_at or now)
    last = min(until, now + max(HORIZON, pace.gap or HORIZON))
    if _is_out_of_service(state, now) or _is_taken(channel.name, pace):
        return lease
    if first >= last:
        lease.comes_soon = until <= first < now + HORIZON
        return lease
    budget = _Budget(channel.name, pace.people_per_day, now)
    going = _open_now(lease, budget.affordable(due), size, now)
    counted = budget.last_uses(going) if going and (pace.people_per_day or pace.person_gap) else {}
    going = budget.afforded(going, counted)
    rests = counted if pace.person_gap else {}
    slots, free_at = slots_for([message.address for message in going], pace, first=first, until=last, last_uses=rests)
    lease.messages = [going[index] for index in slots]
    lease.slots = {going[index].pk: at for index, at in slots.items()}
    take(lease)
    _reserve(lease)
    budget.count += len({message.address for message in lease.messages}.difference(counted))
    state.next_send_at = free_at if pace.gap and slots else state.next_send_at
    # After trouble, the messages taken now find out whether it is over; a pause written now would look like more of it.
    _keep_state(state, budget, due, is_on_trial=bool(state.unavailable_since and lease.messages), now=now)
    return lease


def slots_for(
    addresses: Sequence[str], pace: Pace, *, first: datetime, until: datetime, last_uses: Mapping[str, datetime]
) -> tuple[dict[int, datetime], datetime]:
    """When each may be written to, by its place in `addresses` and in order of time, and when the next slot is free.

    In the order given, but for those whose address rests since its last use: others go before them. Who would come at
    or after `until` has no slot.
    """
    used, at = dict(last_uses), first
    waiting, resting = list(range(len(addresses))), []
    slots: dict[int, datetime] = {}
    heapify(waiting)
    while waiting or resting:
        if not waiting:
            at = max(at, resting[0][0])
        while resting and resting[0][0] <= at:
            heappush(waiting, heappop(resting)[1])
        if at >= until:
            break
        place = heappop(waiting)
        address = addresses[place]
        rested_at = used[address] + pace.person_gap if pace.person_gap and address in used else at
        if rested_at > at:
            heappush(resting, (rested_at, place))
            continue
        slots[place] = used[address] = at
        at += pace.gap or timedelta(0)
    return slots, at


def uses_that_count(channel: str, *, now: datetime) -> QuerySet[ChannelUse]:
    """The uses that a day's budget of the channel still counts."""
    return ChannelUse.objects.filter(channel=channel, used_at__gt=now - COUNTED)


class _Budget:
    """Whom a channel has written to since a day ago, of how many it may write to in a day (None: no limit)."""

    def __init__(self, channel: str, limit: int | None, now: datetime):
        self.limit = limit or None
        self.uses = uses_that_count(channel, now=now)
        self.count = self.uses.values("address").distinct().count() if limit else 0

    @property
    def is_used_up(self) -> bool:
        return self.limit is not None and self.count >= self.limit

    def affordable(self, due: QuerySet) -> QuerySet:
        """Those it may write to: when nobody new is left, the people who count already."""
        return due.filter(address__in=self.uses.values("address")) if self.is_used_up else due

    def last_uses(self, messages: list[Message]) -> dict[str, datetime]:
        """When each of their addresses was last used, if that still counts."""
        rows = self.uses.filter(address__in={message.address for message in messages})
        return dict(rows.values_list("address").annotate(last=Max("used_at")))

    def afforded(self, messages: list[Message], counted: Mapping[str, datetime]) -> list[Message]:
        """The messages it has room for, in their order; `counted` are the addresses that cost nothing."""
        if self.limit is None:
            return messages
        new = dict.fromkeys(message.address for message in messages if message.address not in counted)
        allowed = {*counted, *list(new)[: max(0, self.limit - self.count)]}
        return [message for message in messages if message.address in allowed]

    def has_room_at(self) -> datetime:
        """When the first address that counts no longer does; of a budget that was lowered, when there is room again."""
        last = self.uses.values_list("address").annotate(last=Max("used_at")).order_by("last")
        return last.values_list("last", flat=True)[max(0, self.count - self.limit)] + COUNTED


def _locked(name: str) -> ChannelState:
    rows = ChannelState.objects.select_for_update()
    state = rows.filter(pk=name).first()
    if state is None:
        ChannelState.objects.bulk_create([ChannelState(channel=name)], ignore_conflicts=True)
        state = rows.get(pk=name)
    return state


def _is_out_of_service(state: ChannelState, now: datetime) -> bool:
    """Unlike a budget that is used up, that holds for everybody."""
    return bool(state.unavailable_since and state.paused_until and state.paused_until > now)


def _is_taken(name: str, pace: Pace) -> bool:
    is_alone = pace.gap is not None and pace.gap >= ALONE
    return is_alone and Message.objects.filter(channel=name, state=Message.State.SENDING).exists()


def _open_now(lease: PacedLease, due: QuerySet, size: int, now: datetime) -> list[Message]:
    """The first due messages that may go out at this hour; others are put back."""
    ordered = due.order_by(F("expires_at").asc(nulls_last=True), "due_at", "id")
    found = list(ordered.select_for_update(skip_locked=True)[:size])
    lease.hours = QuietHours(found, now=now)
    going = put_back_closed(found, lease.hours, now=now)
    lease.found = len(found) - len(going)
    return going


def _reserve(lease: PacedLease) -> None:
    lease.found += len(lease.messages)
    if lease.messages and (lease.pace.people_per_day or lease.pace.person_gap):
        uses = ChannelUse.objects.bulk_create(
            ChannelUse(channel=lease.channel, address=message.address, used_at=lease.slots[message.pk])
            for message in lease.messages
        )
        lease.uses = {message.pk: use.pk for message, use in zip(lease.messages, uses, strict=True)}


def _keep_state(state: ChannelState, budget: _Budget, due: QuerySet, *, is_on_trial: bool, now: datetime) -> None:
    """Write down the next free slot and, if the budget stops somebody, until when it does."""
    if not budget.is_used_up:
        state.paused_until, state.pause_reason = None, ""
    elif not is_on_trial and (state.paused_until is None or state.paused_until <= now) and _stops_somebody(budget, due):
        state.paused_until = budget.has_room_at()
        state.pause_reason = f"Jatah {thousands(budget.limit)} orang per 24 jam sudah terpakai."
    state.save(update_fields=["next_send_at", "paused_until", "pause_reason"])


def _stops_somebody(budget: _Budget, due: QuerySet) -> bool:
    return due.exclude(address__in=budget.uses.values("address")).exists()
