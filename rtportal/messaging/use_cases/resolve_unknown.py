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
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures

Decision = Literal["sent", "again", "failed"]
_WORDS = {"sent": "sudah terkirim", "again": "dikirim ulang", "failed": "tidak sampai"}


@transaction.atomic
def resolve_unknown(*, message: Message, decision: Decision, by: User, now: datetime) -> None:
    """Close an unknown message as sent or as not arrived, or queue it again.

    Does: `sent` believes that it arrived; `again` sends it once more over the same channel, as a further attempt of
    the same message, and the one of unknown outcome stays among its attempts; `failed` believes that it did not arrive
    and goes on to the next link. An audit line tells who decided.
    Refuses: InputError if it is not unknown (any more), or if `again` would come after its time.
    Tells: wakes a worker for what is to be sent.
    """
    if decision == "again" and message.expires_at and message.expires_at <= now:
        raise InputError("Batas waktu pesan ini sudah lewat, jadi pesan ini tidak dapat dikirim ulang.")
    # Two officials may press at once, and a report may come first: the condition lets one of them decide.
    if not Message.objects.unknown().filter(pk=message.pk).update(**_changes(decision, by, now)):
        raise InputError("Pesan ini sudah tidak menunggu keputusan. Muat ulang halaman untuk melihat keadaannya.")
    record(
        at=now,
        actor=by,
        action=f"message.resolved_{decision}",
        sentence=f"Memutuskan pesan untuk {message.recipient_name} yang tidak pasti: {_WORDS[decision]}.",
        region_code=message.region_code,
        subject=message.group,
        data={"message": message.pk},
    )
    if decision == "again":
        wake_after_commit(DELIVERY_TASK)
    elif decision == "failed":
        pass_on_failures(now=now)


def _changes(decision: Decision, by: User, now: datetime) -> dict[str, object]:
    if decision == "sent":
        return {"state": Message.State.ACCEPTED, "closed_at": now, "detail": f"Dinyatakan sudah terkirim oleh {by}."}
    if decision == "failed":
        return {
            "state": Message.State.FAILED,
            "failure": Message.Failure.UNDELIVERED,
            "closed_at": now,
            "detail": f"Dinyatakan tidak sampai oleh {by}.",
        }
    return {
        "state": Message.State.QUEUED,
        "due_at": now,
        "started_at": None,
        "closed_at": None,
        "detail": f"Dikirim ulang atas keputusan {by}.",
    }
