"""Who understands what people answer: the apps above register it at their start, as they do with kinds of messages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyHandler:
    """An app that knows some of the people who write.

    `newest_message(channel, address)` is the newest message about somebody whom it knows by this address, or None.

    `answer(asked=…, now=…)` records an answer. It returns "" if that was done, else an Indonesian sentence: why a human
    has to look at it; None if the reply is about nothing of this app.

    `page_about(message)` is the address of the page about the person of a message, "" if there is none here.
    """

    newest_message: Callable[[str, str], Message | None]
    answer: Callable[..., str | None]
    page_about: Callable[[Message], str]


_handlers: list[ReplyHandler] = []


def register_reply_handler(handler: ReplyHandler) -> None:
    """Called once by an app at its start."""
    _handlers.append(handler)


def newest_message(channel: str, address: str) -> Message | None:
    """The newest message about somebody whom any app knows by this address."""
    found = (handler.newest_message(channel, address) for handler in _handlers)
    return max((message for message in found if message), key=lambda message: message.pk, default=None)


def answer(asked: Asked, *, now: datetime) -> str:
    """What the first app says that the reply is about; a sentence for the office if it is about nothing."""
    said = (handler.answer(asked=asked, now=now) for handler in _handlers)
    return next((words for words in said if words is not None), "Pengirim ini tidak mempunyai undangan yang terbuka.")


def page_about(message: Message) -> str:
    """The page about the person whom a message is about; "" where no app has one."""
    return next((page for handler in _handlers if (page := handler.page_about(message))), "")
