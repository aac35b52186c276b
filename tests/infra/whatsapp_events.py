"""What Meta posts to a webhook, in its own shapes."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

WABA, OUR_NUMBER = "5467539754836534", "62526000000"
_UNIQUE = iter(range(1, 10**9))


@dataclass(frozen=True)
class StatusText:
    """One status of one message. Without `to` the person hides the number (BSUID)."""

    wamid: str
    status: str
    opaque: str = ""
    to: str = "6281234567890"
    code: int | None = None
    at: int | None = None

    def item(self) -> dict[str, Any]:
        item: dict[str, Any] = {
            "id": self.wamid,
            "status": self.status,
            "timestamp": str(self.at or int(time.time())),
        }
        if self.to:
            item["recipient_id"] = self.to
        if self.opaque:
            item["biz_opaque_callback_data"] = self.opaque
        if self.code:
            item["errors"] = [{"code": self.code, "title": "Message undeliverable"}]
        elif self.status != "failed":
            item["pricing"] = {"billable": True, "pricing_model": "PMP", "category": "utility"}
        return item


def post_of(field: str, *values: dict[str, Any], at: int = 1699405200) -> dict[str, Any]:
    """A POST with one change for each value."""
    changes = [{"field": field, "value": value} for value in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": WABA, "time": at, "changes": changes}]}


def value_of(phone_number_id: str, **parts: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": OUR_NUMBER, "phone_number_id": phone_number_id}
    return {"messaging_product": "whatsapp", "metadata": metadata, **parts}


def status_post(texts: Iterable[StatusText], phone_number_id: str = "1122334455667") -> dict[str, Any]:
    return post_of("messages", value_of(phone_number_id, statuses=[text.item() for text in texts]))


def inbound_post(
    sender: str,
    *,
    text: str = "",
    payload: str = "",
    context: str = "",
    name: str = "Ahmad",
    wamid: str = "",
    at: int | None = None,
    phone_number_id: str = "1122334455667",
) -> dict[str, Any]:
    """Somebody wrote `text`, or pressed the button that carries `payload` below the message `context`."""
    message: dict[str, Any] = {
        "from": sender,
        "id": wamid or f"wamid.INBOUND{next(_UNIQUE)}",
        "timestamp": str(at or int(time.time())),
    }
    if payload:
        message |= {"type": "button", "button": {"payload": payload, "text": text}}
    else:
        message |= {"type": "text", "text": {"body": text}}
    if context:
        message["context"] = {"from": OUR_NUMBER, "id": context}
    contacts = [{"profile": {"name": name}, "wa_id": sender}]
    return post_of("messages", value_of(phone_number_id, contacts=contacts, messages=[message]))


def template_post(name: str, event: str, reason: str = "NONE") -> dict[str, Any]:
    value = {
        "event": event,
        "message_template_id": 1689556908129832,
        "message_template_name": name,
        "message_template_language": "id",
        "reason": reason,
        "message_template_category": "UTILITY",
    }
    return post_of("message_template_status_update", value, at=int(time.time()))
