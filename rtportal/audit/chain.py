"""How an event is sealed: an HMAC over its content and the seal before it, so that no row behind can change unseen.

The key lies outside the database, so whoever can write to the database alone cannot seal what they forged.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django.conf import settings

from rtportal.audit.models import AuditEvent

# What stands before the first seal.
NOTHING = "0" * 64


class Content(NamedTuple):
    """All columns of an event; a field that is added to the model must be added here, at the end."""

    id: int
    at: datetime
    actor_id: int | None
    actor_label: str
    action: str
    sentence: str
    region_code: str
    subject: str
    data: dict


def contents(events: Iterable[int]) -> dict[int, Content]:
    """The events of these keys as they stand in the database; one query."""
    rows = AuditEvent.objects.filter(pk__in=events).order_by().values_list(*Content._fields)
    return {row[0]: Content(*row) for row in rows}


def seal(content: Content, *, position: int, sealed_at: datetime, previous: str) -> str:
    """64 hexadecimal digits, with the key that seals now."""
    return _digest(settings.AUDIT_KEYS[0], _message(content, position, sealed_at, previous))


def is_sealed(content: Content, *, position: int, sealed_at: datetime, previous: str, chain_hash: str) -> bool:
    """Whether any key of this installation gives that seal for what stands here now."""
    message = _message(content, position, sealed_at, previous)
    return any(hmac.compare_digest(_digest(key, message), chain_hash) for key in settings.AUDIT_KEYS)


def _digest(key: str, message: bytes) -> str:
    return hmac.digest(key.encode(), message, hashlib.sha256).hex()


def _message(content: Content, position: int, sealed_at: datetime, previous: str) -> bytes:
    # A list in JSON: no two different rows read alike, whatever is written in them.
    fields = [previous, position, _text(sealed_at), *content._replace(at=_text(content.at))]
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
