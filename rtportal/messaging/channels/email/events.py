"""What came back by mail, as events that are kept and read."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from rtportal.messaging.channels.email.returned import Answered, Returned
from rtportal.messaging.models import Message
from rtportal.messaging.opaque import opaque_id
from rtportal.messaging.references import message_named
from rtportal.messaging.reports import Incoming, Report, Told

RETURNED, ANSWERED = "returned", "answered"


def events_of(told: Iterable[Returned | Answered]) -> list[tuple[str, dict[str, Any]]]:
    """Key and payload of each; the same mail read again gives the same keys."""
    return [_event(one) for one in told]


def read(payload: dict[str, Any]) -> Told:
    """What a kept event tells. One query for mail that came back; [] if it was never ours."""
    values = {name: value for name, value in payload.items() if name != "kind"}
    if payload.get("kind") == ANSWERED:
        one = Answered(**values)
        return [
            Incoming(
                address=one.address,
                text=one.text,
                context_reference=one.context_reference,
                sender_name=one.name,
                external_id=one.external_id,
            )
        ]
    if payload.get("kind") != RETURNED:
        return []
    returned = Returned(**values)
    message = message_named("email", returned.message_id)
    if message is None:
        return []
    blamed = Message.Failure.ADDRESS if returned.is_address else Message.Failure.UNDELIVERED
    said = returned.detail or "tanpa keterangan"
    return [
        Report(
            state=Message.State.FAILED,
            opaque=opaque_id(message.pk, message.attempt_count or 1),
            failure=blamed,
            detail=f"Surel kembali ({returned.status}): {said}",
        )
    ]


def _event(one: Returned | Answered) -> tuple[str, dict[str, Any]]:
    values = asdict(one)
    if isinstance(one, Returned):
        return _short(f"{RETURNED}:{one.message_id}:{one.status}"), {"kind": RETURNED, **values}
    # A mail without an id of its own is told apart by what it says.
    values["external_id"] = _short(values["external_id"] or _digest(f"{one.address}\n{one.text}"))
    return _short(f"{ANSWERED}:{values['external_id']}"), {"kind": ANSWERED, **values}


def _short(key: str) -> str:
    return key if len(key) <= 200 else _digest(key)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
