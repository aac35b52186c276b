"""An official takes back a message before anybody could read it."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Message


@transaction.atomic
def withdraw_message(*, message: Message, by: User, now: datetime) -> None:
    """Take a message out of the queue or from among the tasks.

    Does: it is withdrawn and goes on over no other link; an audit line.
    Refuses: InputError if it does not wait any more.
    Tells: nobody.
    """
    # Whoever is quicker, this official or a worker, has it.
    withdrawn = (
        Message.objects.waiting()
        .filter(pk=message.pk)
        .update(state=Message.State.WITHDRAWN, closed_at=now, detail=f"Ditarik oleh {by}.")
    )
    if not withdrawn:
        raise InputError("Pesan ini sudah tidak menunggu, jadi tidak dapat ditarik. Muat ulang halaman.")
    record(
        at=now,
        actor=by,
        action="message.withdrawn",
        sentence=f"Menarik pesan untuk {message.recipient_name} sebelum terkirim.",
        region_code=message.region_code,
        subject=message.group,
        data={"message": message.pk},
    )
