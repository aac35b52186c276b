"""Who works on which messages: taking a batch, and closing one message while starting the next.

Every change of a leased row asks for the lease in its WHERE, so a worker whose lease ran out and was given to
somebody else changes nothing. It works alike on PostgreSQL, where rows are locked, and on SQLite, where a writing
transaction is alone.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from django.db import connection, transaction
from django.db.models import F

from rtportal.lib.prepared import PreparedStatement
from rtportal.messaging.holding import QuietHours, put_back_closed
from rtportal.messaging.models import DeliveryAttempt, Message

# How long a dead worker holds its messages back. A send makes four exchanges with the server (sender, recipient,
# DATA, text) of at most EMAIL_TIMEOUT = 20 s each. Leases are renewed when RENEW_AFTER has passed, between two
# sends, so at least 100 s are left when one begins. Should it take longer all the same, nothing is sent twice: the
# row under way becomes unknown, the others are due again, and the slow worker finds its lease gone.
LEASE = timedelta(seconds=120)
RENEW_AFTER = timedelta(seconds=20)


class LeaseLost(Exception):
    """The messages are no longer this worker's."""


@dataclass(slots=True)
class Lease:
    """Some messages that belong to one worker until `until`, and the sending hours that hold for them.

    `found` counts what was due, those included that the hours put back.
    """

    messages: list[Message]
    until: datetime
    hours: QuietHours
    found: int = 0
    key: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What became of a message. With an `outcome` it leaves a line among the message's attempts."""

    message: Message
    state: Message.State
    at: datetime
    outcome: DeliveryAttempt.Outcome | None
    detail: str = ""
    subject: str = ""
    reference: str = ""
    failure: str = ""
    due_at: datetime | None = None
    hold: str = ""


def claim(*, now: datetime, size: int, without: Collection[str] = ()) -> Lease:
    """At most `size` due messages, oldest first, leased to the caller; those of the channels in `without` are left.

    What may not go out at this hour is put back. Three queries for the hours, however many messages there are.
    """
    due = Message.objects.due(now).exclude(channel__in=without).order_by("due_at", "id")
    with transaction.atomic():
        # Two workers never wait for each other: each passes over the rows the other one is taking.
        found = list(due.select_for_update(skip_locked=True)[:size])
        hours = QuietHours(found, now=now)
        lease = Lease(put_back_closed(found, hours, now=now), now + LEASE, hours, len(found))
        take(lease)
    return lease


def take(lease: Lease) -> None:
    """Lease its messages, which the caller has locked, to the worker."""
    taken = {"state": Message.State.SENDING, "lease": lease.key, "lease_until": lease.until, "started_at": None}
    taken["hold"] = ""
    if lease.messages:
        Message.objects.filter(pk__in=[message.pk for message in lease.messages]).update(**taken)
    for message in lease.messages:
        for name, value in taken.items():
            setattr(message, name, value)


def renew(lease: Lease, *, now: datetime) -> None:
    """Prolong the lease of what is still open, if enough time has passed since it was last prolonged."""
    if now < lease.until - LEASE + RENEW_AFTER:
        return
    keys = [message.pk for message in lease.messages]
    Message.objects.filter(pk__in=keys, lease=lease.key).update(lease_until=now + LEASE)
    lease.until = now + LEASE


def release(lease: Lease, messages: list[Message], *, detail: str = "") -> None:
    """Give messages back that were not sent: they are due as before."""
    changes = {"detail": detail[:500]} if detail else {}
    Message.objects.filter(pk__in=[message.pk for message in messages], lease=lease.key).update(
        state=Message.State.QUEUED, lease="", lease_until=None, started_at=None, **changes
    )


def undo_start(lease: Lease, message: Message) -> None:
    """Take back the start of a message for which nothing was handed over and nothing said against it."""
    Message.objects.filter(pk=message.pk, lease=lease.key).update(started_at=None, attempt_count=F("attempt_count") - 1)
    message.attempt_count -= 1


# The three statements of `turn`, written out because they run once per message: through the ORM they take three
# times as long and the delivery of a large wave with them.
_CLOSE = """
    UPDATE messaging_message
    SET state = %s, lease = '', lease_until = NULL, started_at = %s, closed_at = %s, due_at = %s, hold = %s,
        attempt_count = %s, subject = %s, reference = %s, failure = %s, detail = %s
    WHERE id = %s AND lease = %s AND state = 'sending'"""
_RECORD = """
    INSERT INTO messaging_deliveryattempt (message_id, number, channel, started_at, ended_at, outcome, detail)
    SELECT id, attempt_count, channel, %s, %s, %s, %s FROM"""
_START = """
    UPDATE messaging_message SET started_at = %s, attempt_count = %s, edition = %s
    WHERE id = %s AND lease = %s AND state = 'sending' AND started_at IS NULL"""


def turn(
    lease: Lease,
    *,
    close: Closing | None = None,
    start: Message | None = None,
    edition: int | None = None,
    now: datetime,
) -> None:
    """Close one message with its attempt and mark the next one as started, at once and for good.

    `edition` is what the text of `start` tells: whatever becomes of the send, it is known what may have been told.
    Committing both together makes one commit per message, and at any instant at most one message of a worker is
    started and not closed. Raises LeaseLost if `start` (or `close`, when nothing is to be started) belongs to
    somebody else by now; nothing of that row has changed then.
    """
    started = start and (_START, [now, start.attempt_count + 1, edition, start.pk, lease.key])
    closed = close and (_CLOSE, _close_values(close, lease))
    recorded = None
    if close and close.outcome:
        recorded = (_RECORD, [close.message.started_at or close.at, close.at, close.outcome, close.detail[:500]])
    if connection.vendor == "postgresql":
        changed = _run_in_one_statement(closed, recorded, started)
    else:
        changed = _run_in_one_transaction(closed, recorded, started, close)
    if not changed:
        raise LeaseLost
    if start:
        start.started_at, start.attempt_count, start.edition = now, start.attempt_count + 1, edition


def _close_values(close: Closing, lease: Lease) -> list:
    message, is_queued_again = close.message, close.state == Message.State.QUEUED
    # One that fails before it could start was an attempt all the same.
    attempts = message.attempt_count + (1 if close.outcome and not message.started_at else 0)
    return [
        close.state,
        None if is_queued_again else message.started_at,
        None if is_queued_again else close.at,
        close.due_at or message.due_at,
        close.hold,
        attempts,
        close.subject[:200],
        close.reference[:200],
        close.failure,
        # What a server says to a message it takes is worth a line among the attempts only.
        "" if close.state == Message.State.ACCEPTED else close.detail[:500],
        message.pk,
        lease.key,
    ]


def _run_in_one_statement(closed, recorded, started) -> int:
    """One trip to the server and one commit. Returns how many rows the last of the given statements changed."""
    steps = []
    if closed:
        steps.append((f"{closed[0]} RETURNING id, attempt_count, channel", closed[1]))
    if recorded:
        steps.append((f"{recorded[0]} closed RETURNING id", recorded[1]))
    if started:
        steps.append(started)
    changed, _ = _prepared(tuple(sql for sql, _ in steps)).run([value for _, values in steps for value in values])
    return changed


@cache
def _prepared(steps: tuple[str, ...]) -> PreparedStatement:
    """The few combinations there are; all but the last step become parts of the last."""
    earlier = ", ".join(f"{name} AS ({sql})" for name, sql in zip(("closed", "recorded"), steps[:-1], strict=False))
    return PreparedStatement(lambda _: f"WITH {earlier} {steps[-1]}" if earlier else steps[-1])


def _run_in_one_transaction(closed, recorded, started, close: Closing | None) -> int:
    changed = 0
    with transaction.atomic(), connection.cursor() as cursor:
        if closed:
            cursor.execute(closed[0], _adapted(closed[1]))
            changed = cursor.rowcount
        if recorded and changed:
            sql, values = recorded
            cursor.execute(f"{sql} messaging_message WHERE id = %s", _adapted([*values, close.message.pk]))
        if started:
            cursor.execute(started[0], _adapted(started[1]))
            changed = cursor.rowcount
    return changed


def _adapted(values: list) -> list:
    """Instants as this database keeps them, which Django does for fields but not for written SQL."""
    adapt = connection.ops.adapt_datetimefield_value
    return [adapt(value) if isinstance(value, datetime) else value for value in values]
