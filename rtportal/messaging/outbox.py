"""Writing messages into the outbox, in the transaction of the event they tell about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from rtportal.lib.wakeup import wake_after_commit
from rtportal.messaging.channels import all_channels
from rtportal.messaging.holding import QuietHours
from rtportal.messaging.models import Message
from rtportal.messaging.routes import Route

DELIVERY_TASK = "messaging.deliver_due_messages"
_FIELDS = [field for field in Message._meta.concrete_fields if not field.primary_key]
_ADDRESS, _ROUTE = (Message._meta.get_field(name) for name in ("address", "route"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One message to be sent. Two drafts with the same `dedupe_key` (at most 200 characters) are one message.

    `route` are the links by which the person is told, channel and address: the first is tried now, each later one
    after the one before has failed; there is at least one. `group` such as `wave:12` is what counts are asked for by;
    `about_id` is the primary key of what the message is about in its kind's own table. It is sent from `due_at` on
    and not at or after `expires_at`. With an `urgent_reason`, given by the user `urgent_by_id`, quiet hours do not hold
    it back.
    """

    dedupe_key: str
    kind: str
    route: Route
    recipient_name: str
    region_code: str
    group: str
    about_id: int
    due_at: datetime
    expires_at: datetime | None = None
    is_synthetic: bool = False
    urgent_reason: str = ""
    urgent_by_id: int | None = None

    @property
    def channel(self) -> str:
        return self.route[0][0]


def enqueue(drafts: Iterable[Draft], *, now: datetime) -> int:
    """Queue the drafts and return how many are new; those whose key is known already are left as they are.

    What would go out in the quiet hours waits for the next opening; what could not go out in time any more is written
    as expired, with the reason. Belongs into the transaction of the event, so that both happen or neither. Wakes a
    worker after the commit.
    """
    # In one order everywhere, or two transactions with the same keys could wait for each other.
    ordered = sorted(drafts, key=lambda draft: draft.dedupe_key)
    if not ordered:
        return 0
    with transaction.atomic():
        hours = QuietHours(ordered, now=now)
        moved = [_moved_by_hours(draft, hours, now) for draft in ordered]
        added = _insert_new(ordered, moved, now)
    if added and any(change.get("due_at", draft.due_at) <= now for draft, change in zip(ordered, moved, strict=True)):
        wake_after_commit(DELIVERY_TASK)
    return added


def _moved_by_hours(draft: Draft, hours: QuietHours, now: datetime) -> dict[str, object]:
    """What the sending hours change about the row of a draft."""
    at = max(draft.due_at, now)
    opening = hours.opening(draft, at)
    if opening == at:
        return {}
    if words := hours.too_late_words(draft, opening):
        return {"state": Message.State.EXPIRED, "due_at": opening, "closed_at": now, "detail": words}
    return {"due_at": opening, "hold": Message.Hold.QUIET}


def _insert_new(drafts: list[Draft], moved: list[dict[str, object]], now: datetime) -> int:
    """`bulk_create(ignore_conflicts=True)` that says how many rows went in.

    Counting the keys before or after would be wrong as soon as another transaction inserts the same ones; only the
    statement itself knows, and `bulk_create` does not tell. The SQL is written out because composing it field by field
    takes longer than anything else about opening the invitations of a large wave.
    """
    blank = Message(queued_at=now)
    usual = {field.attname: field.get_db_prep_save(getattr(blank, field.attname), connection) for field in _FIELDS}
    adapt = connection.ops.adapt_datetimefield_value
    rows = []
    for draft, changes in zip(drafts, moved, strict=True):
        own = usual | _own_values(draft) | changes
        for name in ("due_at", "expires_at", "closed_at"):
            own[name] = adapt(own[name])
        rows.append(list(own.values()))
    size = connection.ops.bulk_batch_size(_FIELDS, rows) or len(rows)
    head = f"INSERT INTO messaging_message ({', '.join(connection.ops.quote_name(f.column) for f in _FIELDS)})"
    places = f"({', '.join(['%s'] * len(_FIELDS))})"
    added = 0
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            batch = rows[start : start + size]
            sql = f"{head} VALUES {', '.join([places] * len(batch))} ON CONFLICT DO NOTHING"
            cursor.execute(sql, [value for row in batch for value in row])
            added += cursor.rowcount
    return added


def _own_values(draft: Draft) -> dict[str, object]:
    (channel, address), *later = draft.route
    known = all_channels().get(channel)
    return {
        "dedupe_key": draft.dedupe_key,
        "kind": draft.kind,
        "channel": channel,
        "address": _ADDRESS.get_db_prep_save(address, connection),
        "state": Message.State.TASK if known and known.is_by_hand else Message.State.QUEUED,
        "route": _ROUTE.get_db_prep_save(later, connection),
        "is_synthetic": draft.is_synthetic,
        "urgent_reason": draft.urgent_reason[:200],
        "urgent_by_id": draft.urgent_by_id,
        "recipient_name": draft.recipient_name[:200],
        "region_code": draft.region_code,
        "group": draft.group,
        "about_id": draft.about_id,
        "due_at": draft.due_at,
        "expires_at": draft.expires_at,
    }
