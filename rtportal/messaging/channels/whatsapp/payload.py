"""Bodies of requests to Meta: a template to be approved, and one message made of an approved one."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rtportal.lib.wording import fill
from rtportal.messaging.models import WhatsAppTemplate

# What the two quick replies carry back: `RSVP:<opaque id>:HADIR`.
REPLIES = (("HADIR", "Hadir"), ("TIDAK", "Tidak bisa hadir"))
# The variable that holds the personal link; a button opens it.
LINK_VARIABLE = "tautan"
LINK_BUTTON = "Buka tautan"
LONGEST_BODY, LONGEST_PARAMETER = 1024, 600
_BLANKS = re.compile(r"\s+")


def template_request(template: WhatsAppTemplate, *, base_url: str, examples: Mapping[str, str]) -> dict[str, Any]:
    """What asks Meta to approve the template: its words `{nama}` become `{{1}}`, `{{2}}`, … in their order.

    `examples` gives a value for each of its variables.
    """
    places = {name: f"{{{{{place}}}}}" for place, name in enumerate(template.parameters, start=1)}
    body: dict[str, Any] = {"type": "BODY", "text": fill(template.body, places)}
    if template.parameters:
        body["example"] = {"body_text": [[plain(examples.get(name, "")) for name in template.parameters]]}
    components = [body]
    if template.footer:
        components.append({"type": "FOOTER", "text": template.footer})
    buttons: list[dict[str, Any]] = []
    if template.has_link:
        buttons.append(
            {"type": "URL", "text": LINK_BUTTON, "url": f"{base_url}/{{{{1}}}}", "example": [f"{base_url}/u/contoh/"]}
        )
    if template.has_replies:
        buttons += [{"type": "QUICK_REPLY", "text": text} for _, text in REPLIES]
    if buttons:
        components.append({"type": "BUTTONS", "buttons": buttons})
    return {
        "name": template.name,
        "language": template.language,
        "category": template.category,
        # How long Meta may try to deliver. It belongs to the template: a single message cannot carry an end of its own.
        "message_send_ttl_seconds": template.life_minutes * 60,
        "components": components,
    }


def message_request(
    template: WhatsAppTemplate, *, to: str, values: Sequence[str], link_suffix: str, opaque: str
) -> dict[str, Any]:
    """One message to `to` (digits with the country code).

    `values` are those of the template's parameters in their order, `link_suffix` is what follows the portal's
    address in the link, `opaque` comes back with every report and quick reply.
    """
    components: list[dict[str, Any]] = []
    if values:
        texts = [{"type": "text", "text": plain(value)} for value in values]
        components.append({"type": "body", "parameters": texts})
    if template.has_link:
        components.append(_button("url", 0, {"type": "text", "text": link_suffix}))
    if template.has_replies:
        components += [
            _button("quick_reply", place, {"type": "payload", "payload": f"RSVP:{opaque}:{answer}"})
            for place, (answer, _) in enumerate(REPLIES, start=int(template.has_link))
        ]
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to,
        "type": "template",
        "biz_opaque_callback_data": opaque,
        "template": {"name": template.name, "language": {"code": template.language}, "components": components},
    }


def plain(value: str) -> str:
    """A value as Meta takes it: on one line, without runs of blanks, never empty, not endless."""
    return _BLANKS.sub(" ", value).strip()[:LONGEST_PARAMETER] or "-"


def _button(kind: str, place: int, parameter: dict[str, str]) -> dict[str, Any]:
    return {"type": "button", "sub_type": kind, "index": str(place), "parameters": [parameter]}
