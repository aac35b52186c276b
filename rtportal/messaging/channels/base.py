"""What a channel is: a folder `channels/<name>/` whose `channel.py` exposes one object `channel` of this shape."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message


class Refusal(Exception):
    """The message was certainly not handed over; `.detail` is an Indonesian sentence for officials."""

    def __init__(self, detail: str):
        super().__init__(detail)
        self.detail = detail


class TemporaryRefusal(Refusal):
    """This message was refused now and may be accepted later."""


class PermanentRefusal(Refusal):
    """This message will not be accepted, however often it is tried."""


class ChannelUnavailable(Refusal):
    """Nothing can be handed over now, this message or another: says nothing about the message itself."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message was handed over. `reference` is how the channel calls it, `detail` what the other side said."""

    reference: str
    detail: str = ""


class Sender(Protocol):
    """An open way out, used for one batch by one worker."""

    def send(self, message: Message, content: Content) -> Receipt:
        """Hand over one message.

        Raises TemporaryRefusal, PermanentRefusal or ChannelUnavailable if it was certainly not handed over. Any
        other exception means that nobody knows: a human will decide, and it is not sent again.
        """


class Channel(Protocol):
    """One way to reach people."""

    name: str
    label: str

    def address_of(self, *, email: str, phone: str) -> str:
        """Where to reach a person with this e-mail address and phone, or "" if this channel cannot."""

    def open(self) -> AbstractContextManager[Sender]:
        """A sender for one batch; it may connect on its first send. Opening raises ChannelUnavailable at most."""
