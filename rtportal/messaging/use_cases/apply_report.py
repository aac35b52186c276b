"""A channel says what became of a message."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from rtportal.messaging.channels import all_channels
from rtportal.messaging.models import Message
from rtportal.messaging.opaque import read_opaque_id
from rtportal.messaging.references import message_named
from rtportal.messaging.reports import RANKS, Report
from rtportal.messaging.routes import key_over

State = Message.State
# Before the first attempt nothing can be reported, and after a new one has begun an old failure says nothing.
_NOT_UNDER_WAY = {State.QUEUED, State.EXPIRED, State.WITHDRAWN}
_NOT_NEEDED = "Tidak perlu lagi: pesan lewat saluran sebelumnya ternyata sampai."


class Applied(StrEnum):
    """What a report changed."""

    RAISED = "keadaan pesan diperbarui"
    FAILED = "pesan dinyatakan gagal"
    NOTHING = "tidak mengubah apa pun"
    TOO_EARLY = "pesan sedang dikirim"
    UNKNOWN = "pesan tidak dikenal"


@transaction.atomic
def apply_report(*, channel: str, report: Report, now: datetime) -> Applied:
    """Raise a message's state to what its channel reports.

    Does: raises the state if the report ranks above it, an *unknown* message included; one that arrived after all
    takes back what was to follow its failure. The same report again, or an older one, changes nothing.
    Refuses: nothing. TOO_EARLY while a worker has the message: its own word comes first, ask again later. UNKNOWN if
    there is no such message.
    Tells: nobody; whoever calls this follows up failures (`pass_on_failures`).
    """
    message, attempt = _message(channel, report)
    if message is None:
        return Applied.UNKNOWN
    state = State(message.state)
    if state == State.SENDING:
        return Applied.TOO_EARLY
    if state not in RANKS or not message.attempt_count:
        return Applied.NOTHING
    is_of_the_past = attempt < message.attempt_count or state in _NOT_UNDER_WAY
    if RANKS[report.state] < RANKS[state] or (report.state == State.FAILED and is_of_the_past):
        return Applied.NOTHING
    at = report.at or now
    changes = {
        "reported_at": max(message.reported_at or at, at),
        "reference": message.reference or report.reference[:200],
    }
    if RANKS[report.state] == RANKS[state]:
        # Nothing new, but for when it was last heard of.
        Message.objects.filter(pk=message.pk).update(**changes)
        return Applied.NOTHING
    is_failed = report.state == State.FAILED
    changes |= {
        "state": report.state,
        "failure": report.failure if is_failed else "",
        "detail": report.detail[:500] if is_failed else "",
        "closed_at": message.closed_at or now,
        "hold": "",
    }
    Message.objects.filter(pk=message.pk).update(**changes)
    if is_failed:
        return Applied.FAILED
    if state == State.FAILED:
        _withdraw_successors(message, now)
    return Applied.RAISED


def _message(channel: str, report: Report) -> tuple[Message | None, int]:
    """The message, locked, and which attempt is reported on."""
    named, known = message_named(channel, report.reference), read_opaque_id(report.opaque)
    pk = named.pk if named else (known[0] if known else None)
    message = Message.objects.filter(channel=channel, pk=pk).select_for_update().first() if pk else None
    if message is None:
        return None, 0
    # Without our own id, the name a provider gave is that of the last attempt.
    return message, known[1] if known and known[0] == message.pk else message.attempt_count


def _withdraw_successors(message: Message, now: datetime) -> None:
    """Take back the later links of the same message that are not out yet."""
    keys = [key_over(message.dedupe_key, name) for name in all_channels()]
    Message.objects.waiting().filter(dedupe_key__in=keys, id__gt=message.pk).update(
        state=State.WITHDRAWN, closed_at=now, detail=_NOT_NEEDED, hold=""
    )
