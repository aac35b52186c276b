"""Whether this machine holds the keys that the portal's data lies under. All machines of a portal need the same ones.

The database keeps a mark of each key in use: an HMAC of the variable's name under the key, from which nobody gets the
key back. A machine that lacks one of them would fail at what others wrote, or write what they cannot open.
"""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError

from rtportal.privacy.models import KeyMark
from rtportal.web.health import Trouble

# What lies under these is rewritten by `rotate_keys`; seals of the history never are, so their keys stay for good.
ROTATED = ("PERSONAL_KEYS", "NIK_KEYS")
WATCHED = (*ROTATED, "AUDIT_KEYS")
_SENTENCE = (
    "Mesin ini tidak memegang kunci {variable} yang sudah dipakai portal: {harm}. Samakan {variable} di semua mesin "
    "portal, lalu mulai ulang."
)
_HARMS = {
    "PERSONAL_KEYS": "nomor HP, alamat, dan berkas tidak dapat dibuka di sini",
    "NIK_KEYS": "NIK dan pengaman kedua petugas tidak dapat dibuka di sini",
    "AUDIT_KEYS": "riwayat yang disegel mesin lain akan tampak rusak di sini",
}


def mark_of(variable: str, key: str) -> str:
    """32 hexadecimal digits."""
    return hmac.digest(key.encode(), f"rtportal/mark/v1/{variable}".encode(), hashlib.sha256).hex()[:32]


def own_marks(variable: str) -> list[str]:
    """Of this machine's keys; the first is that of the key it writes with."""
    return [mark_of(variable, key) for key in getattr(settings, variable)]


def marks_in_use() -> dict[str, set[str]]:
    """What the database remembers, by variable; one query."""
    found: dict[str, set[str]] = {variable: set() for variable in WATCHED}
    for variable, mark in KeyMark.objects.values_list("variable", "mark"):
        found.setdefault(variable, set()).add(mark)
    return found


def troubles_of_keys(now: datetime) -> list[Trouble]:
    """What this machine cannot open. One query; without the table, or the database, nothing is known."""
    try:
        used = marks_in_use()
    except DatabaseError:
        return []
    return [
        Trouble(
            f"keys:{variable}",
            _SENTENCE.format(variable=variable, harm=_HARMS[variable]),
            # The history goes on being written; only its check would be wrong.
            is_outage=variable in ROTATED,
        )
        for variable in WATCHED
        if used[variable] - set(own_marks(variable))
    ]
