"""A channel for tests: any pace, any answer, and a memory of what went out when."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rtportal.messaging.channels.base import Pace, Person, PlainChannel, Receipt
from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from tests.rtportal.messaging.letters import Clock, queue

NAME = "paced"
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
_NO_PACE = Pace()


@dataclass(frozen=True)
class Sent:
    at: datetime
    address: str
    number: int
    expires_at: datetime | None


@dataclass
class PacedChannel(PlainChannel):
    """`answer` may move the clock or raise a refusal; what it lets pass is in `sent`."""

    now_fn: Callable[[], datetime]
    pace: Pace = _NO_PACE
    name: str = NAME
    label: str = "Saluran uji"
    keeps_hours: bool = True
    answer: Callable[[Message], None] = lambda message: None
    sent: list[Sent] = field(default_factory=list)

    def address_of(self, person: Person) -> str:
        return person.phone

    @contextmanager
    def open(self) -> Iterator["PacedChannel"]:
        yield self

    def send(self, message: Message, content: Content, *, expires_at: datetime | None) -> Receipt:
        self.sent.append(Sent(self.now_fn(), message.address, message.about_id, expires_at))
        try:
            self.answer(message)
        except Exception:
            self.sent.pop()
            raise
        return Receipt(reference=f"ref-{message.pk}")

    @property
    def numbers(self) -> list[int]:
        """The letters in the order in which they went out."""
        return [one.number for one in self.sent]


def letters(*numbers: int, **fields) -> None:
    queue(*numbers, channel=NAME, **fields)


def deliver(clock: Clock, **options) -> int:
    """A worker's run in which time passes only while it waits."""
    return deliver_due_messages(now_fn=clock, sleep=clock.advance, **options)
