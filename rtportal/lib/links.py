"""Personal links: a token that opens one enrolment, one speaker's page or one calendar, and is never a login.

A token is derived from a secret key and a random value of the row whenever it must be sent, and is
stored nowhere; the row keeps only its hash, by which the page finds it. Another random value is
another link, and the one sent before opens nothing.
"""

import base64
import hashlib
import hmac
import re
from uuid import UUID

# What a token is for. It is part of what is signed: another name would change every link sent before.
PERSONAL = "personal-link"
SPEAKER = "speaker-link"
OFFICE_FEED = "office-feed"
DOOR_DEVICE = "door-device"
OFFICIAL_INVITATION = "official-invitation"

_BYTES = 20
# 160 bits in 27 characters: the last one carries 4 bits, so it is one of 16 and never "-" or "_",
# which mail programs cut from the end of a link.
_SHAPE = re.compile(r"[A-Za-z0-9_-]{26}[AEIMQUYcgkosw048]")


def make_token(key: bytes, link_id: UUID, purpose: str = PERSONAL) -> str:
    """The 27-character token (base64url, 160 bits) for one link id; always the same one.

    Another `purpose` is another token, so a link of one kind never opens a page of another. `key` has at least 16
    bytes; raises ValueError for a shorter key.
    """
    if len(key) < 16:
        raise ValueError("a link key needs at least 16 bytes")
    message = f"rtportal/{purpose}/v1/{link_id}".encode()
    mac = hmac.new(key, message, hashlib.sha256).digest()[:_BYTES]
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def hash_token(token: str) -> str:
    """SHA-256 of a token as 64 hex digits, for storing and looking up."""
    return hashlib.sha256(token.encode()).hexdigest()


def looks_like_token(text: str) -> bool:
    """Whether a text could be a token at all, so that nonsense costs no query."""
    return _SHAPE.fullmatch(text) is not None
