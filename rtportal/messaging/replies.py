"""Who understands what people answer: the apps above register it at their start, as they do with kinds of messages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rtportal.accounts.models import User
from rtportal.messaging.keywords import Keyword
from rtportal.messaging.models import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A reply that says COMING or DECLINING.

    `message` is the one it certainly answers (a button of it was pressed, or it was quoted), else None.
    """

    channel: str
    address: str
    keyword: Keyword
    text: str
    message: Message | None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes from an address: `message` is the newest about them, None if several people share the address."""

    region_code: str
    message: Message | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be meant, and the address of the page about them."""

    name: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyHandler:
    """An app that knows some of the people who write.

    `sender(channel, address)` says who writes from there, None if it knows nobody.

    `answer(asked=…, now=…)` records an answer. It returns "" if that was done, else an Indonesian sentence: why a human
    has to look at it; None if the reply is about nothing of this app.

    `people(channel, address, message, user=…)` are those in the user's scope who may have written: everybody it knows
    at the address and, first, whom the message is about (None if nobody knows which message was meant).
    """

    sender: Callable[[str, str], Sender | None]
    answer: Callable[..., str | None]
    people: Callable[..., list[Person]]


_handlers: list[ReplyHandler] = []


def register_reply_handler(handler: ReplyHandler) -> None:
    """Called once by an app at its start."""
    _handlers.append(handler)


def sender(channel: str, address: str) -> Sender | None:
    """What the first app that knows the address says."""
    found = (handler.sender(channel, address) for handler in _handlers)
    return next((one for one in found if one), None)


def answer(asked: Asked, *, now: datetime) -> str:
    """What the first app says that the reply is about; a sentence for the office if it is about nothing."""
    said = (handler.answer(asked=asked, now=now) for handler in _handlers)
    return next((words for words in said if words is not None), "Pengirim ini tidak mempunyai undangan yang terbuka.")


def people(channel: str, address: str, message: Message | None, *, user: User) -> list[Person]:
    """Everybody in the user's scope who may have written, of all apps."""
    return [person for handler in _handlers for person in handler.people(channel, address, message, user=user)]
