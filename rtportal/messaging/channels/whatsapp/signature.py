"""Whether a POST comes from Meta: its HMAC over the raw bytes, made with the app's secret."""

import hashlib
import hmac

_PREFIX = "sha256="


def signature_of(raw: bytes, secret: str) -> str:
    """What the header `X-Hub-Signature-256` must hold for this body."""
    return _PREFIX + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def is_signed(raw: bytes, header: str, secret: str) -> bool:
    """True if the header proves that whoever sent these bytes knows the secret. Without a secret nothing is proven."""
    if not secret:
        return False
    # As bytes, because compare_digest refuses a str that is not ASCII.
    return hmac.compare_digest(header.strip().lower().encode(), signature_of(raw, secret).encode())
