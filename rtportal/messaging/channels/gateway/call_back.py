"""What the provider posts to the portal: what became of a message, or what somebody answered.

The setting GATEWAY_CALLBACK gives the names of its fields (`address=sender&text=message&…`); where it names several
(`status=state,status`), the first one that is filled counts.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings

from rtportal.lib import phones
from rtportal.messaging.models import Message
from rtportal.messaging.reports import Incoming, Report, Told

State, Failure = Message.State, Message.Failure
LONGEST_NAME, LONGEST_VALUE = 100, 5000
# Words of several providers; what stands in none of these lists ("pending") says nothing yet.
_WORDS = {
    State.ACCEPTED: "sent terkirim submitted",
    State.DELIVERED: "delivered received delivrd sampai diterima",
    State.READ: "read seen dibaca",
    State.FAILED: "failed invalid expired undelivered undeliv undeliverable rejected rejectd error gagal ditolak",
}
_STATES = {word: state for state, words in _WORDS.items() for word in words.split()}
_BAD_ADDRESS = {"invalid", "undeliverable"}


class UnreadableCallBack(ValueError):
    """What was posted is neither a form nor a JSON object."""


def event_of(body: bytes, *, now: datetime) -> tuple[str, dict[str, Any]]:
    """Key and payload of one call-back, with its fields as they came. Raises UnreadableCallBack."""
    fields = _fields(body)
    said = _named(fields)
    # Without an id of its own the same words from the same number count once a day.
    name = said["id"] or _digest([said["address"], said["text"], f"{now:%Y-%m-%d}"])
    if said["text"]:
        key = f"reply:{name}"
    elif said["reference"]:
        key = f"status:{said['reference']}:{said['status']}"
    else:
        key = f"other:{_digest(sorted(fields.items()))}"
    return key if len(key) <= 200 else _digest(key), {"name": name, "fields": fields}


def read(payload: dict[str, Any]) -> Told:
    """What a kept call-back tells; [] for messages of groups and for words that say nothing yet."""
    said = _named(payload["fields"])
    if said["text"]:
        return _incoming(said, payload["name"])
    word = said["status"].casefold()
    state = _STATES.get(word)
    if state is None or not said["reference"]:
        return []
    # The provider's own id, or ours if that is what it was asked to call the message.
    names = {"reference": said["reference"], "opaque": said["reference"]}
    if state != State.FAILED:
        return [Report(state=state, **names)]
    failure = Failure.ADDRESS if word in _BAD_ADDRESS else Failure.UNDELIVERED
    return [Report(state=state, failure=failure, detail=f"Penyedia melaporkan: {said['status']}.", **names)]


def _incoming(said: dict[str, str], name: str) -> Told:
    try:
        address = phones.parse_mobile(said["address"])
    except phones.PhoneError:
        # A group, a channel, a short number: nobody whom the office could answer.
        return []
    return [
        Incoming(
            address=address,
            text=said["text"],
            sender_name=said["name"],
            context_reference=said["context"],
            external_id=name,
        )
    ]


def _fields(body: bytes) -> dict[str, str]:
    text = body.decode("utf-8", "replace").strip()
    if not text.startswith("{"):
        return _kept(parse_qsl(text, keep_blank_values=True))
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableCallBack from None
    return _kept((name, str(value)) for name, value in values.items() if isinstance(value, str | int | float))


def _kept(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name[:LONGEST_NAME]: value[:LONGEST_VALUE] for name, value in pairs}


def _named(fields: dict[str, str]) -> dict[str, str]:
    """The fields under our names, "" for what is missing."""
    said = dict.fromkeys(("address", "text", "name", "id", "reference", "status", "context"), "")
    for ours, theirs in parse_qsl(settings.GATEWAY["callback"]):
        found = (fields.get(name, "").strip() for name in theirs.split(","))
        said[ours] = next((value for value in found if value), "")
    return said


def _digest(what: Any) -> str:
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()
