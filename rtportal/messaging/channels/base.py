"""What a channel is: a folder `channels/<name>/` whose `channel.py` exposes one object `channel` of this shape."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message
from rtportal.messaging.reports import Told


class Refusal(Exception):
    """The message was certainly not handed over; `.detail` is an Indonesian sentence for officials."""

    def __init__(self, detail: str):
        super().__init__(detail)
        self.detail = detail


class TemporaryRefusal(Refusal):
    """This message was refused now and may be accepted later; `retry_after` where the other side said when."""

    def __init__(self, detail: str, *, retry_after: timedelta | None = None):
        super().__init__(detail)
        self.retry_after = retry_after


class PermanentRefusal(Refusal):
    """This message will not be accepted over this channel, however often it is tried; `failure` says what kind."""

    def __init__(self, detail: str, *, failure: Message.Failure = Message.Failure.REFUSED):
        super().__init__(detail)
        self.failure = failure


class ChannelUnavailable(Refusal):
    """Nothing can be handed over now, this message or another: says nothing about the message itself.

    `until` is when it is worth trying again, where the other side said so.
    """

    def __init__(self, detail: str, *, until: datetime | None = None):
        super().__init__(detail)
        self.until = until


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message was handed over. `reference` is how the channel calls it, `detail` what the other side said."""

    reference: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a channel may know of somebody to find an address: `phone` in E.164, `place` as a letter names it."""

    email: str = ""
    phone: str = ""
    place: str = ""
    # Made up for the demo: no telephone may ring for them.
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a channel may be used; None where there is no limit.

    At most `people_per_day` different addresses in any 24 hours, `gap` between two messages, `person_gap` between two
    messages to the same address.
    """

    people_per_day: int | None = None
    gap: timedelta | None = None
    person_gap: timedelta | None = None

    @property
    def is_limited(self) -> bool:
        return any((self.people_per_day, self.gap, self.person_gap))


class Sender(Protocol):
    """An open way out, used for one batch by one worker."""

    def send(self, message: Message, content: Content, *, expires_at: datetime | None) -> Receipt:
        """Hand over one message, which the other side must not deliver any more at or after `expires_at`.

        Raises TemporaryRefusal, PermanentRefusal or ChannelUnavailable if it was certainly not handed over. Any
        other exception means that nobody knows: a human will decide, and it is not sent again.
        """


class Channel(Protocol):
    """One way to reach people. `price` is rupiah a message.

    A channel `is_by_hand` if people carry its messages out (a letter, their own telephone): they wait as tasks and no
    worker sends them. It `keeps_hours` if nothing may go out over it in the quiet hours.
    """

    name: str
    label: str
    is_by_hand: bool
    keeps_hours: bool

    @property
    def pace(self) -> Pace: ...

    @property
    def price(self) -> int: ...

    def is_configured(self) -> bool:
        """Whether this installation can use it."""

    def address_of(self, person: Person) -> str:
        """Where to reach this person, or "" if this channel cannot."""

    def carries(self, kind: str) -> str:
        """Why it cannot bring messages of this kind, an Indonesian sentence; "" if it can."""

    def open(self) -> AbstractContextManager[Sender]:
        """A sender for one batch; it may connect on its first send. Opening raises ChannelUnavailable at most."""

    def read(self, payload: dict) -> Told:
        """What the payload of one of its ChannelEvents tells; [] if nothing."""


class PlainChannel:
    """What most channels have in common: any kind, no limits, no price."""

    is_by_hand = False
    keeps_hours = True

    @property
    def pace(self) -> Pace:
        return Pace()

    @property
    def price(self) -> int:
        return 0

    def is_configured(self) -> bool:
        return True

    def carries(self, kind: str) -> str:
        return ""

    def read(self, payload: dict) -> Told:
        return []


class ByHand(PlainChannel):
    """A channel whose messages wait as tasks until somebody has carried them out."""

    is_by_hand = True
    keeps_hours = False

    def open(self) -> AbstractContextManager[Sender]:
        raise ChannelUnavailable("Pesan saluran ini disampaikan oleh petugas, bukan oleh portal.")
