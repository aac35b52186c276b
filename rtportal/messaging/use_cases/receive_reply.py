"""Somebody wrote to the portal."""

import hashlib
import re
from datetime import datetime

from django.db import transaction

from rtportal.audit.record import record
from rtportal.lib.clean_text import storable
from rtportal.lib.personal_numbers import masked_niks
from rtportal.messaging import replies
from rtportal.messaging.channels import label_of
from rtportal.messaging.keywords import Keyword, read_keyword
from rtportal.messaging.models import Message, OptOut, Reply
from rtportal.messaging.opaque import read_opaque_id
from rtportal.messaging.references import message_named
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures

State = Reply.State
LONGEST_TEXT = 4000
# Anybody may write any sender onto a mail; only who got our mail can name it.
_FORGED_EASILY = {"email"}
_BUTTON = re.compile(r"RSVP:([0-9a-f-]{1,60}):(HADIR|TIDAK)")
_PRESSED = {"HADIR": Keyword.COMING, "TIDAK": Keyword.DECLINING}


@transaction.atomic
def receive_reply(
    *,
    channel: str,
    address: str,
    text: str,
    payload: str = "",
    context_reference: str = "",
    sender_name: str = "",
    external_id: str,
    now: datetime,
) -> Reply:
    """`payload` is what a pressed button carries, `context_reference` the provider's name of the message it answers.

    Does: keeps the reply once. STOP or BERHENTI ends messages over this channel to this address, MULAI begins them
    again, HADIR and TIDAK become an answer where it is certain whose; everything else waits for the office.
    Refuses: nothing; the same `external_id` again changes nothing.
    Tells: whoever waited for a message on that channel is told over the next link.
    """
    address, external_id, context_reference = map(storable, (address, external_id, context_reference))
    external_id = external_id if len(external_id) <= 200 else hashlib.sha256(external_id.encode()).hexdigest()
    # People answer with their NIK; nobody asked for it, so it is not kept.
    text, sender_name = (masked_niks(storable(said)) for said in (text, sender_name))
    text, sender_name = text.strip()[:LONGEST_TEXT], sender_name[:200]
    button = _BUTTON.fullmatch(payload)
    meant = _message_meant(channel, address, button[1] if button else "", context_reference)
    sender = replies.Sender(meant.region_code, meant) if meant else replies.sender(channel, address)
    # The channel's own spelling, as opting out is asked for by it.
    address = meant.address if meant else address[:254]
    reply, is_new = Reply.objects.get_or_create(
        channel=channel,
        external_id=external_id,
        defaults={
            "address": address,
            "sender_name": sender_name,
            "text": text,
            "received_at": now,
            "message": sender.message if sender else None,
            "region_code": sender.region_code if sender else "",
        },
    )
    if not is_new:
        return reply
    keyword = _PRESSED[button[2]] if button else read_keyword(text)
    if channel in _FORGED_EASILY and not meant:
        keyword = None
    if keyword == Keyword.STOP:
        _stop(reply, now)
    elif keyword == Keyword.START:
        _start(reply, now)
    elif keyword:
        asked = replies.Asked(channel=channel, address=address, keyword=keyword, text=text, message=meant)
        reply.note = replies.answer(asked, now=now)[:300]
        reply.state = State.NEW if reply.note else State.ANSWERED
    reply.save(update_fields=["state", "note"])
    return reply


def _message_meant(channel: str, address: str, opaque: str, context_reference: str) -> Message | None:
    """The one it answers; None too where it went to somebody else, whose word this is not."""
    named = read_opaque_id(opaque)
    if named:
        message = Message.objects.filter(channel=channel, pk=named[0]).first()
    else:
        message = message_named(channel, context_reference)
    return message if message and message.address.casefold() == address.casefold() else None


def _stop(reply: Reply, now: datetime) -> None:
    reply.state = State.STOPPED
    label = label_of(reply.channel)
    OptOut.objects.get_or_create(
        channel=reply.channel,
        address=reply.address,
        ended_at=None,
        defaults={"since": now, "source": f"Balasan “{reply.text}”"[:200]},
    )
    stopped = (
        Message.objects.waiting()
        .filter(channel=reply.channel, address=reply.address)
        .update(
            state=Message.State.FAILED,
            failure=Message.Failure.OPTED_OUT,
            closed_at=now,
            hold="",
            detail=f"Ditarik: penerima membalas “{reply.text[:40]}” dan tidak mau lagi pesan lewat {label}.",
        )
    )
    if stopped:
        pass_on_failures(now=now)
    _tell_history(reply, now, "opted_out", f"membalas “berhenti”: tidak dikirimi pesan lewat {label} lagi.")


def _start(reply: Reply, now: datetime) -> None:
    reply.state = State.RESUMED
    # Providers report late: an old MULAI does not take back a newer STOP.
    rows = OptOut.objects.filter(channel=reply.channel, address=reply.address, ended_at=None, since__lte=now)
    if rows.update(ended_at=now):
        label = label_of(reply.channel)
        _tell_history(reply, now, "opted_in", f"membalas “mulai”: pesan lewat {label} dikirim lagi.")


def _tell_history(reply: Reply, now: datetime, what: str, sentence: str) -> None:
    message = reply.message
    who = message.recipient_name if message else reply.address
    record(
        at=now,
        actor=None,
        actor_label="Balasan penerima",
        action=f"reply.{what}",
        sentence=f"{who} {sentence}"[:300],
        region_code=reply.region_code,
        subject=message.group if message else "",
        data={"reply": reply.pk},
    )
