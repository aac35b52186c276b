"""What Meta posts to the webhook, taken apart: one POST may hold several entries, changes, statuses and messages.

An event is kept as it came (`payload` of a ChannelEvent) and read when it is processed, so that a reader that did not
understand one can be mended and run again. Nothing here trusts that a key is there.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

STATUS, MESSAGE, TEMPLATE, OTHER = "status", "message", "template", "other"
_TEMPLATE_FIELD = "message_template_status_update"
_CATEGORY_FIELD = "template_category_update"
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `key` is made of its own ids: the same event again has the same one."""

    key: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What became of a message of ours. `opaque` is "" if Meta left it out, `at` None if it gave no time."""

    reference: str
    opaque: str
    status: str
    code: int | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Inbound:
    """What somebody wrote or pressed. `sender` is the digits of a number, or Meta's id of somebody who hides it."""

    external_id: str
    type: str
    sender: str
    sender_name: str
    text: str
    payload: str
    context_reference: str
    phone_number_id: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class TemplateReport:
    """How far Meta's approval of a template is. `category` is "" unless it was reported."""

    name: str
    language: str
    external_id: str
    event: str
    reason: str
    category: str


def events_in(body: Any) -> list[Event]:
    """Every event of one POST's JSON, in its order; [] for what is not of the expected shape."""
    return [
        event
        for entry in _list(_without_nul(body), "entry")
        for change in _list(entry, "changes")
        for event in _events_of_change(entry, change)
    ]


def kind_of(payload: Any) -> str:
    """STATUS, MESSAGE, TEMPLATE or OTHER."""
    kind = _text(payload, "kind")
    return kind if kind in {STATUS, MESSAGE, TEMPLATE} else OTHER


def read_status(payload: dict[str, Any]) -> StatusReport:
    item = _dict(payload, "item")
    [error, *_] = [*_list(item, "errors"), {}]
    code = error.get("code") if isinstance(error, dict) else None
    return StatusReport(
        reference=_text(item, "id"),
        opaque=_text(item, "biz_opaque_callback_data"),
        status=_text(item, "status"),
        code=code if isinstance(code, int) else None,
        at=_instant(item.get("timestamp")),
    )


def read_inbound(payload: dict[str, Any]) -> Inbound:
    item = _dict(payload, "item")
    sender = _text(item, "from") or _text(item, "from_user_id")
    text, button = _said(item)
    return Inbound(
        external_id=_text(item, "id"),
        type=_text(item, "type"),
        sender=sender,
        sender_name=_name_of(sender, _list(payload, "contacts")),
        text=text,
        payload=button,
        context_reference=_text(_dict(item, "context"), "id"),
        phone_number_id=_text(_dict(payload, "metadata"), "phone_number_id"),
        at=_instant(item.get("timestamp")),
    )


def read_template(payload: dict[str, Any]) -> TemplateReport:
    item = _dict(payload, "item")
    return TemplateReport(
        name=_text(item, "message_template_name"),
        language=_text(item, "message_template_language"),
        external_id=_text(item, "message_template_id"),
        event=_text(item, "event"),
        reason=_text(item, "reason"),
        category=_text(item, "new_category") or _text(item, "message_template_category"),
    )


def _events_of_change(entry: Any, change: Any) -> Iterator[Event]:
    field, value = _text(change, "field"), _dict(change, "value")
    if field in {_TEMPLATE_FIELD, _CATEGORY_FIELD}:
        # The same step of the same template may come again another day.
        parts = ("message_template_id", "message_template_name", "event", "new_category")
        key = ":".join((TEMPLATE, *(_text(value, part) for part in parts), _text(entry, "time")))
        yield _event(TEMPLATE, key, {"item": value})
        return
    around = {"metadata": value.get("metadata"), "contacts": value.get("contacts")}
    found = False
    for item in _list(value, "statuses"):
        found = True
        key = f"{STATUS}:{_text(item, 'id')}:{_text(item, 'status')}"
        yield _event(STATUS, key, around | {"item": item})
    for item in _list(value, "messages"):
        found = True
        yield _event(MESSAGE, f"{MESSAGE}:{_text(item, 'id')}", around | {"item": item})
    if not found:
        yield _event(OTHER, f"{OTHER}:{_digest([_text(entry, 'time'), change])}", {"field": field, "item": value})


def _event(kind: str, key: str, payload: dict[str, Any]) -> Event:
    return Event(key if len(key) <= LONGEST_KEY else f"{kind}:{_digest(key)}", {"kind": kind, **payload})


def _digest(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()


def _said(item: dict[str, Any]) -> tuple[str, str]:
    """The words of a message and what its button carries."""
    kind = _text(item, "type")
    part = _dict(item, kind) if kind else {}
    if kind == "button":
        return _text(part, "text"), _text(part, "payload")
    if kind == "interactive":
        reply = _dict(part, "button_reply") or _dict(part, "list_reply")
        return _text(reply, "title"), _text(reply, "id")
    words = _text(part, "body") or _text(part, "caption") or _text(part, "emoji")
    return words or f"({_KIND_WORDS.get(kind, 'pesan tanpa teks')})", ""


_KIND_WORDS = {
    "image": "gambar",
    "video": "video",
    "audio": "pesan suara",
    "document": "berkas",
    "sticker": "stiker",
    "location": "lokasi",
    "contacts": "kartu nama",
    "reaction": "reaksi dihapus",
}


def _name_of(sender: str, contacts: list) -> str:
    for contact in contacts:
        if sender and sender in (_text(contact, "wa_id"), _text(contact, "user_id")):
            return _text(_dict(contact, "profile"), "name")
    return _text(_dict(contacts[0], "profile"), "name") if len(contacts) == 1 else ""


def _instant(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _dict(where: Any, name: str) -> dict[str, Any]:
    found = where.get(name) if isinstance(where, dict) else None
    return found if isinstance(found, dict) else {}


def _list(where: Any, name: str) -> list:
    found = where.get(name) if isinstance(where, dict) else None
    return found if isinstance(found, list) else []


def _text(where: Any, name: str) -> str:
    """A text, or a number as text; "" if there is neither."""
    found = where.get(name) if isinstance(where, dict) else None
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def _without_nul(value: Any) -> Any:
    """The same without the one character that PostgreSQL cannot keep."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_without_nul(each) for each in value]
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(each) for key, each in value.items()}
    return value
