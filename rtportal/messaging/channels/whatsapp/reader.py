"""An event of Meta's as the portal understands it."""

from typing import Any

from django.conf import settings

from rtportal.messaging.channels.whatsapp import events
from rtportal.messaging.channels.whatsapp.errors import meaning_of
from rtportal.messaging.models import Message
from rtportal.messaging.reports import Approval, Incoming, Report, Told

State = Message.State
_STATES = {"sent": State.ACCEPTED, "delivered": State.DELIVERED, "read": State.READ, "failed": State.FAILED}
# Somebody's new number, an order, a call: nothing anybody said.
_SILENT_TYPES = {"system", "order", "unsupported"}


def read(payload: dict[str, Any]) -> Told:
    """What one kept event tells; [] for what the portal has no use for."""
    kind = events.kind_of(payload)
    if kind == events.STATUS:
        return _status(events.read_status(payload))
    if kind == events.MESSAGE:
        return _incoming(payload)
    if kind == events.TEMPLATE:
        told = events.read_template(payload)
        return [
            Approval(
                name=told.name,
                external_id=told.external_id,
                event=told.event,
                reason="" if told.reason in {"", "NONE"} else told.reason,
                category=told.category,
            )
        ]
    return []


def _status(told: events.StatusReport) -> Told:
    state = _STATES.get(told.status)
    if state is None:
        return []
    failure = detail = ""
    if state == State.FAILED:
        meaning = meaning_of(told.code)
        failure, detail = meaning.failure, meaning.sentence
    return [
        Report(state=state, reference=told.reference, opaque=told.opaque, at=told.at, failure=failure, detail=detail)
    ]


def _incoming(payload: dict[str, Any]) -> Told:
    told = events.read_inbound(payload)
    # One account may have several numbers; what was said to another one is not for us.
    is_ours = told.phone_number_id in {"", settings.WHATSAPP_PHONE_NUMBER_ID}
    if not (is_ours and told.external_id and told.sender) or told.type in _SILENT_TYPES:
        return []
    return [
        Incoming(
            address=f"+{told.sender}" if told.sender.isdecimal() else told.sender,
            text=told.text,
            payload=told.payload,
            context_reference=told.context_reference,
            sender_name=told.sender_name,
            external_id=told.external_id,
            at=told.at,
        )
    ]
