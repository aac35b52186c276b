"""The outbox, its channels, what came back, the words, and when people may be written to."""

from rtportal.messaging.models.channels import (
    ChannelEvent,
    ChannelState,
    ChannelUse,
    Heartbeat,
    OptOut,
    WhatsAppTemplate,
)
from rtportal.messaging.models.hours import SendingHours
from rtportal.messaging.models.inbox import InboxItem
from rtportal.messaging.models.messages import REACHED, DeliveryAttempt, Message
from rtportal.messaging.models.replies import Reply
from rtportal.messaging.models.wording import Wording

__all__ = [
    "REACHED",
    "ChannelEvent",
    "ChannelState",
    "ChannelUse",
    "DeliveryAttempt",
    "Heartbeat",
    "InboxItem",
    "Message",
    "OptOut",
    "Reply",
    "SendingHours",
    "WhatsAppTemplate",
    "Wording",
]
