"""How a message is called outside the portal: an id that tells nothing about anybody and that nobody can make up.

A provider repeats it in its reports, and a person's button press carries it back. It names the attempt too, so a late
report about an earlier attempt is not taken for one about the last. Another installation behind the same account (a
rehearsal copy) has another key, so its messages are never mistaken for ours.
"""

import hashlib
import hmac
import re

from django.conf import settings

_SHAPE = re.compile(r"([1-9]\d{0,17})-(\d{1,5})-([0-9a-f]{12})", re.ASCII)


def opaque_id(message_pk: int, attempt: int) -> str:
    """`1234-1-9f86d081884c`: at most 37 characters, no colon in it."""
    name = f"{message_pk}-{attempt}"
    return f"{name}-{_mark(name)}"


def read_opaque_id(text: str) -> tuple[int, int] | None:
    """(primary key of the message, number of the attempt), None for what this installation never wrote."""
    found = _SHAPE.fullmatch(text)
    if not found or not hmac.compare_digest(found[3], _mark(f"{found[1]}-{found[2]}")):
        return None
    return int(found[1]), int(found[2])


def _mark(name: str) -> str:
    key = settings.LINK_KEY.encode()
    return hmac.new(key, f"rtportal/message/v1/{name}".encode(), hashlib.sha256).hexdigest()[:12]
