"""A kind of message for tests, and rows of it."""

from datetime import datetime, timedelta

from celery import current_app

from rtportal.messaging.channels import usual_chain
from rtportal.messaging.kinds import Content, Unfit, message_kind
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft, enqueue
from tests.factories import NOW, TABALONG

LETTER = "letter"
# Letters with these numbers are not needed any more, or cannot be written.
NOT_NEEDED, BROKEN, TOO_EARLY = 901, 902, 904
# Which edition every letter tells.
EDITION = 7


@message_kind(LETTER, label="Surat uji")
def letter(messages: list[Message]) -> dict[int, Content | Unfit]:
    numbers = {message.pk: message.about_id for message in messages}
    if BROKEN in numbers.values():
        raise ZeroDivisionError
    too_early = Unfit(Message.State.QUEUED, "Belum waktunya.")
    return {
        pk: too_early
        if number == TOO_EARLY
        else Content(subject=f"Surat {number}", text=f"Isi surat nomor {number}.\n", edition=EDITION)
        for pk, number in numbers.items()
        if number != NOT_NEEDED
    }


def draft(number: int, **fields) -> Draft:
    """Over `channel` (the first of the chain) to `address`, or by `route`."""
    values = {
        "dedupe_key": f"letter:{number}",
        "kind": LETTER,
        "recipient_name": f"Ketua RT {number}",
        "region_code": f"{TABALONG}.06.2001",
        "group": "wave:1",
        "about_id": number,
        "due_at": NOW,
    }
    channel = fields.pop("channel", "") or usual_chain()[0]
    address = fields.pop("address", f"rt-{number}@rt.test")
    return Draft(**({"route": ((channel, address),)} | values | fields))


def queue(*numbers: int, **fields) -> list[Message]:
    """Letters in the outbox, in the order of their numbers."""
    enqueue([draft(number, **fields) for number in numbers], now=NOW)
    return list(Message.objects.filter(about_id__in=numbers).order_by("pk"))


class Clock:
    """Stands still until somebody moves it."""

    def __init__(self, at: datetime = NOW):
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def states() -> dict[int, str]:
    """State of each letter by its number."""
    return dict(Message.objects.order_by("about_id").values_list("about_id", "state"))


def wakeups() -> int:
    """How many tasks wait in the broker."""
    with current_app.connection_for_read() as broker:
        return broker.default_channel.client.llen("celery")
