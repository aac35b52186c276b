"""Somebody of the office has dealt with a reply."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Reply

LONGEST_NOTE = 300


@transaction.atomic
def handle_reply(*, reply: Reply, note: str, by: User, now: datetime) -> None:
    """`note` says what was done; it may be empty.

    Does: takes the reply out of what waits, with who did it and when; an audit line.
    Refuses: InputError for a note that is too long, and if somebody else was faster.
    Tells: nobody.
    """
    words = " ".join(storable(note).split())
    if len(words) > LONGEST_NOTE:
        raise InputError(f"Catatan terlalu panjang: {len(words)} huruf, paling banyak {LONGEST_NOTE}.")
    changes = {"state": Reply.State.HANDLED, "note": words or reply.note, "handled_by": by, "handled_at": now}
    # Two may press at once: the condition lets one of them be the one.
    if not Reply.objects.new().filter(pk=reply.pk).update(**changes):
        raise InputError("Balasan ini sudah ditangani. Muat ulang halaman untuk melihat oleh siapa.")
    who = reply.message.recipient_name if reply.message else reply.sender_name or reply.address
    record(
        at=now,
        actor=by,
        action="reply.handled",
        sentence=f"Menangani balasan dari {who}." + (f" Catatan: {words}" if words else ""),
        region_code=reply.region_code,
        subject=reply.message.group if reply.message else "",
        data={"reply": reply.pk},
    )
