"""What a channel tells about messages, in words that do not depend on the channel.

`Channel.read(payload)` makes these of one ChannelEvent; `use_cases/read_channel_events.py` acts on them.
"""

from dataclasses import dataclass
from datetime import datetime

from rtportal.messaging.models import Message

State = Message.State

# A report only ever raises a message: it may have been delivered after it was said to have failed, never the reverse.
RANKS = {
    State.QUEUED: 0,
    State.EXPIRED: 0,
    State.WITHDRAWN: 0,
    State.UNKNOWN: 1,
    State.ACCEPTED: 2,
    State.FAILED: 3,
    State.DELIVERED: 4,
    State.READ: 5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one message: `state` is accepted, delivered, read or failed.

    It is found by `reference`, the name that the channel gave it, or by `opaque`, the id that we sent along (see
    `rtportal/messaging/opaque.py`). `failure` and `detail` say why it failed.
    """

    state: State
    reference: str = ""
    opaque: str = ""
    at: datetime | None = None
    failure: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What somebody wrote to us: `receive_reply` takes the same names."""

    address: str
    text: str
    payload: str = ""
    context_reference: str = ""
    sender_name: str = ""
    external_id: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What a provider decided about a template. `category` is "" unless it says so."""

    name: str
    external_id: str
    event: str
    reason: str
    category: str


# Nothing where an event tells nothing that the portal acts on.
Told = list[Report | Incoming | Approval]
