"""The development inbox: messages become rows that a newcomer reads on a page; nothing leaves this machine.

It stands in for e-mail, so it reaches the same people: those with an e-mail address.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from rtportal.lib import clock
from rtportal.messaging.channels.base import Person, PlainChannel, Receipt
from rtportal.messaging.kinds import Content
from rtportal.messaging.models import InboxItem, Message


class InboxSender:
    def send(self, message: Message, content: Content, *, expires_at: datetime | None = None) -> Receipt:
        # One row per message by constraint: a message that a human sends again is not shown twice.
        item, _ = InboxItem.objects.get_or_create(
            message=message,
            defaults={
                "address": message.address,
                "recipient_name": message.recipient_name,
                "region_code": message.region_code,
                "subject": content.subject,
                "body": content.text,
                "received_at": clock.now(),
            },
        )
        return Receipt(reference=f"kotak-masuk-{item.pk}")


class InboxChannel(PlainChannel):
    name = "inbox"
    label = "Kotak masuk percobaan"
    # Nobody is woken by it.
    keeps_hours = False

    def address_of(self, person: Person) -> str:
        return person.email.strip()

    @contextmanager
    def open(self) -> Iterator[InboxSender]:
        yield InboxSender()


channel = InboxChannel()
