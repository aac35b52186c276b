"""An official tries a message again, over the same link or the next one."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.wakeup import wake_after_commit
from rtportal.messaging.channels import all_channels, label_of
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import DELIVERY_TASK
from rtportal.messaging.routes import opted_out
from rtportal.messaging.steps import goes_on_elsewhere, is_too_late, may_try_again, over_other_links
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures

Over = Literal["same", "next"]
State = Message.State
_MEANWHILE = "Keadaan pesan ini sudah berubah. Muat ulang halaman untuk melihatnya."
_LATE = "Batas waktu pesan ini sudah lewat, jadi pesan ini tidak dapat dikirim lagi."


@transaction.atomic
def retry_message(*, message: Message, over: Over, by: User, now: datetime) -> None:
    """Send a message that failed once more, or go on to the next link of its route.

    Does: `same` puts it back into the queue (or among the tasks) of its channel; `next` ends a message that still waits
    as failed, and the next link becomes a message of its own. An audit line.
    Refuses: InputError if its time has passed, somebody may have read it, it goes on over another link already, its
    address does not want messages any more, or there is no next link.
    Tells: wakes a worker.
    """
    if is_too_late(message, now):
        raise InputError(_LATE)
    if over == "same":
        _again(message, by, now)
    else:
        _pass_on(message, by, now)
    words = label_of(message.channel) if over == "same" else "saluran berikutnya"
    record(
        at=now,
        actor=by,
        action=f"message.retried_{over}",
        sentence=f"Mencoba lagi pesan untuk {message.recipient_name} lewat {words}.",
        region_code=message.region_code,
        subject=message.group,
        data={"message": message.pk},
    )


def _again(message: Message, by: User, now: datetime) -> None:
    # Whoever passes the failure on holds this lock: what follows it is seen, or the failure is one no more.
    message = Message.objects.select_for_update().get(pk=message.pk)
    if not may_try_again(message, now):
        raise InputError(_MEANWHILE)
    if opted_out([message.address]) & {(message.channel, message.address)}:
        raise InputError("Penerima berhenti menerima pesan di saluran ini. Gunakan saluran lain atau telepon orangnya.")
    if later := goes_on_elsewhere(message, over_other_links(message)):
        raise InputError(f"Pesan ini sudah diteruskan lewat {label_of(later.channel)}.")
    is_by_hand = all_channels()[message.channel].is_by_hand
    changed = Message.objects.filter(pk=message.pk, state=message.state).update(
        state=State.TASK if is_by_hand else State.QUEUED,
        due_at=now,
        hold="",
        failure="",
        passed_on_at=None,
        started_at=None,
        started_by=None,
        edition=None,
        closed_at=None,
        detail=f"Dicoba lagi oleh {by}.",
    )
    if not changed:
        raise InputError(_MEANWHILE)
    if not is_by_hand:
        wake_after_commit(DELIVERY_TASK)


def _pass_on(message: Message, by: User, now: datetime) -> None:
    if not message.route:
        raise InputError("Tidak ada saluran berikutnya untuk orang ini. Telepon orangnya, lalu catat jawabannya.")
    waiting = Message.objects.waiting().filter(pk=message.pk)
    ended = waiting.update(
        state=State.FAILED,
        failure=Message.Failure.CHANNEL,
        closed_at=now,
        detail=f"Dialihkan ke saluran berikutnya oleh {by}.",
    )
    if not ended and not Message.objects.not_passed_on().filter(pk=message.pk).exists():
        raise InputError(_MEANWHILE)
    pass_on_failures(now=now)
