"""How this installation keeps NIKs: encrypted under its first key, found by a digest under its first key.

Rows from before a new key was put in front of `NIK_KEYS` lie under an older one until `manage.py rotate_keys` has
brought them under the first. Whoever compares in between asks `digest_like`, which knows the older forms.
"""

from django.conf import settings

from rtportal.lib import nik

UNKNOWN = "•" * 16


def digest_of(number: str) -> str:
    """The digest by which a NIK is stored from now on; "" for no NIK."""
    return nik.digest(number, settings.NIK_KEYS[0]) if number else ""


def digest_like(number: str, stored: str) -> str:
    """The stored digest itself, if it is this NIK's under any of the keys; else that of `digest_of`."""
    if number and stored and any(nik.digest(number, key) == stored for key in settings.NIK_KEYS):
        return stored
    return digest_of(number)


def sealed(number: str) -> str:
    """The NIK as `RTHead.nik_encrypted` keeps it; "" for no NIK."""
    return nik.encrypt(number, settings.NIK_KEYS) if number else ""


def masked(stored: str) -> str:
    """A stored NIK as people may see it, "6309••••••••0001"; "" for no NIK, all dots if no key of ours opens it."""
    return nik.mask(opened(stored))


def opened(stored: str) -> str:
    """A stored NIK in full, for whoever may have it; "" for no NIK, all dots if no key of ours opens it."""
    if not stored:
        return ""
    try:
        return nik.decrypt(stored, settings.NIK_KEYS)
    except nik.NikError:
        return UNKNOWN


def is_under_first_key(stored: str) -> bool:
    """Whether a stored NIK would outlive every key but the first."""
    try:
        return bool(nik.decrypt(stored, settings.NIK_KEYS[:1]))
    except nik.NikError:
        return False
