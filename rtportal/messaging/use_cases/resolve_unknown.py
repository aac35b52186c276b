"""A human decides about a message of which nobody knows whether it arrived."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.wakeup import wake_after_commit
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import DELIVERY_TASK

Decision = Literal["sent", "again"]


@transaction.atomic
def resolve_unknown(*, message: Message, decision: Decision, by: User, now: datetime) -> None:
    """Close an unknown message as sent, or queue it again.

    Does: `sent` believes that it arrived, `again` sends it once more; an audit line tells who decided.
    Refuses: InputError if it is not unknown (any more), or if `again` would come after its time.
    Tells: wakes a worker for `again`.
    """
    if decision == "again" and message.expires_at and message.expires_at <= now:
        raise InputError("Batas waktu pesan ini sudah lewat, jadi pesan ini tidak dapat dikirim ulang.")
    changes = (
        {"state": Message.State.ACCEPTED, "closed_at": now, "detail": f"Dinyatakan sudah terkirim oleh {by}."}
        if decision == "sent"
        else {
            "state": Message.State.QUEUED,
            "due_at": now,
            "started_at": None,
            "closed_at": None,
            "detail": f"Dikirim ulang atas keputusan {by}.",
        }
    )
    # Two officials may press at once: the condition lets one of them decide.
    if not Message.objects.unknown().filter(pk=message.pk).update(**changes):
        raise InputError("Pesan ini sudah tidak menunggu keputusan. Muat ulang halaman untuk melihat keadaannya.")
    choice = "sudah terkirim" if decision == "sent" else "dikirim ulang"
    record(
        at=now,
        actor=by,
        action=f"message.resolved_{decision}",
        sentence=f"Memutuskan pesan untuk {message.recipient_name} yang tidak pasti: {choice}.",
        region_code=message.region_code,
        subject=message.group,
        data={"message": message.pk},
    )
    if decision == "again":
        wake_after_commit(DELIVERY_TASK)
