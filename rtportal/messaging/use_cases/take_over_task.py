"""An operator goes on with what a colleague opened and did not mark."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Message


@transaction.atomic
def take_over_task(*, message: Message, by: User, now: datetime) -> None:
    """Take a message, and all others to its number that the same colleague has open.

    Does: they are open for `by`, as if `by` had opened them; what they told and since when stays. An audit line.
    Refuses: InputError if the colleague does not have it open any more.
    Tells: nobody; who takes over asks the colleague whether it was sent.
    """
    opened = Message.objects.tasks().filter(
        channel=message.channel,
        address=message.address,
        region_code=message.region_code,
        started_by=message.started_by_id,
        started_at__isnull=False,
    )
    if message.started_by_id is None or not opened.update(started_by=by):
        raise InputError("Pesan ini sudah ditandai atau dilepas. Muat ulang halaman untuk melihat keadaannya.")
    record(
        at=now,
        actor=by,
        action="message.task_taken_over",
        sentence=f"Mengambil alih pesan untuk {message.recipient_name} yang dibuka {message.started_by}.",
        region_code=message.region_code,
        subject=message.group,
        data={"message": message.pk},
    )
