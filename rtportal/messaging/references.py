"""How a message of ours is found by the name under which it is known outside."""

import re

from rtportal.messaging.models import Message

# A Message-ID of ours: key of the row and when it was queued, so that a made-up one is not taken for ours.
_OURS = re.compile(r"<([1-9]\d{0,17})\.(\d{9,11})@[^<>@\s]{1,253}>", re.ASCII)


def message_id_of(message: Message, domain: str) -> str:
    """The Message-ID of a mail. Made from the row, so the receiving side recognises one that a human sends again."""
    return f"<{message.pk}.{int(message.queued_at.timestamp())}@{domain}>"


def is_ours(message_id: str) -> bool:
    """Whether a Message-ID has the shape of ours."""
    return _OURS.fullmatch(message_id) is not None


def message_named(channel: str, reference: str) -> Message | None:
    """The message that `channel` knows as `reference`: a Message-ID of ours, or the name its provider gave it."""
    rows = Message.objects.filter(channel=channel)
    if not reference.startswith("<"):
        # Said in the words of the index's condition, or it would not be used.
        named = rows.exclude(reference="").exclude(reference__startswith="<")
        return named.filter(reference=reference).first() if reference else None
    found = _OURS.fullmatch(reference)
    message = rows.filter(pk=int(found[1])).first() if found else None
    return message if message and int(message.queued_at.timestamp()) == int(found[2]) else None
