"""Messages that wait for the sending hours go at once."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.lib.wakeup import wake_after_commit
from rtportal.messaging.held import held_in
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import DELIVERY_TASK

LONGEST_REASON = Message._meta.get_field("urgent_reason").max_length


@transaction.atomic
def send_urgently(*, group: str, region_code: str, reason: str, by: User, now: datetime) -> int:
    """The caller has checked Right.SCHEDULE in the group's region. Returns how many messages go.

    Does: makes every held message of the group (`wave:12`) due now, whatever the hours say; each keeps the reason and
    who gave it, and an audit line tells it.
    Refuses (InputError): no reason, one that is too long, nothing held (any more).
    Tells: wakes a worker.
    """
    words = " ".join(storable(reason).split())
    if not words:
        raise InputError("Tulis alasannya. Alasan dan nama Anda dicatat dalam riwayat.")
    if len(words) > LONGEST_REASON:
        raise InputError(f"Alasan paling panjang {LONGEST_REASON} huruf.")
    count = held_in(group, now=now).update(due_at=now, hold="", urgent_reason=words, urgent_by=by)
    if not count:
        raise InputError("Tidak ada pesan yang sedang ditahan. Muat ulang halaman untuk melihat keadaannya.")
    record(
        at=now,
        actor=by,
        action="messages.sent_urgently",
        sentence=f"Mengirim {thousands(count)} pesan yang ditahan jam kirim sebagai pesan mendesak. Alasan: {words}",
        region_code=region_code,
        subject=group,
        data={"count": count, "reason": words},
    )
    wake_after_commit(DELIVERY_TASK)
    return count
