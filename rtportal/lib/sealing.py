"""Personal values as they lie in the database: sealed under a key of the installation, equal values alike.

AES-SIV (RFC 5297) needs no nonce: the same text under the same key and context is the same sealed text, so equality,
joins and unique constraints go on working, and whoever lacks the key learns nothing but that two values are equal. A
sealed text reads `~<key's name>~<base64>`. Values without that mark are old ones, from before they were sealed, and
are taken as they are.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

_SEALED = re.compile(r"~([0-9a-f]{8})~([A-Za-z0-9_-]{22,}={0,2})")
_SHORTEST_KEY = 16


class SealError(Exception):
    """A sealed value that no key of this installation opens. Says which key is missing, never the value."""


def seal(text: str, context: str) -> str:
    """The text sealed under the first of `settings.PERSONAL_KEYS`; "" stays "".

    Only values of the same `context` can be compared with each other.
    """
    return _seal(text.encode(), context, settings.PERSONAL_KEYS[0]) if text else ""


def seal_bytes(content: bytes, context: str) -> str:
    """Any bytes, sealed as `seal` does it."""
    return _seal(content, context, settings.PERSONAL_KEYS[0])


def open_sealed(stored: str, context: str) -> str:
    """The text of a sealed value, whichever of the keys sealed it; an old plain one as it is. Raises SealError."""
    return open_bytes(stored, context).decode() if stored.startswith("~") and is_sealed(stored) else stored


def open_bytes(stored: str, context: str) -> bytes:
    """The bytes in a value that `is_sealed`. Raises SealError."""
    found = _SEALED.fullmatch(stored)
    cipher = _ciphers(tuple(settings.PERSONAL_KEYS)).get(found[1])
    if cipher is None:
        raise SealError(f"PERSONAL_KEYS has no key named {found[1]}")
    try:
        return cipher.decrypt(base64.urlsafe_b64decode(found[2]), [context.encode()])
    except InvalidTag:
        raise SealError(f"a value sealed with the key {found[1]} is damaged or of another context") from None


def stored_forms(text: str, context: str) -> list[str]:
    """Every form in which the value may lie in the database: sealed under each key, and plain from before."""
    if not text:
        return [""]
    return [*(_seal(text.encode(), context, key) for key in settings.PERSONAL_KEYS), text]


def newest_mark() -> str:
    """How values begin that are sealed under the first key."""
    return f"~{key_name(settings.PERSONAL_KEYS[0])}~"


def is_sealed(stored: str) -> bool:
    return _SEALED.fullmatch(stored) is not None


@lru_cache(maxsize=16)
def key_name(key: str) -> str:
    """Eight hexadecimal digits that name a key and tell nothing about it. Raises ValueError for a short key."""
    return derived(key, "name").hex()[:8]


@lru_cache(maxsize=64)
def derived(key: str, purpose: str) -> bytes:
    """64 bytes for one purpose, so that one secret may serve several without one weakening the other."""
    if len(key) < _SHORTEST_KEY:
        raise ValueError("a key of PERSONAL_KEYS needs at least 16 characters")
    return hmac.new(key.encode(), f"rtportal/personal/v1/{purpose}".encode(), hashlib.sha512).digest()


def _seal(content: bytes, context: str, key: str) -> str:
    name, cipher = _cipher(key)
    sealed = cipher.encrypt(content, [context.encode()])
    return f"~{name}~{base64.urlsafe_b64encode(sealed).decode()}"


@lru_cache(maxsize=16)
def _cipher(key: str) -> tuple[str, AESSIV]:
    return key_name(key), AESSIV(derived(key, "values"))


@lru_cache(maxsize=8)
def _ciphers(keys: Sequence[str]) -> dict[str, AESSIV]:
    return dict(map(_cipher, keys))
