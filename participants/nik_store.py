"""How this installation keeps NIKs: encrypted under its first key, found by a digest under its last.

A new key is put in front of `NIK_KEYS`, so the last one is the oldest: changing the encryption key leaves every
digest as it is. When the last key itself is taken away, the next import writes the digests of its rows anew.
"""

from django.conf import settings

from rtportal.lib import nik


def digest_of(number: str) -> str:
    """The digest by which a stored NIK is found; "" for no NIK."""
    return nik.digest(number, settings.NIK_KEYS[-1]) if number else ""


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
        return "•" * 16
