"""The link of a desk at the door: shown once as a QR code to the committee, derived anew whenever it is."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from participants.models import DoorDevice
from rtportal.lib import links
from rtportal.lib.errors import InputError

# So long after its expiry a desk may still send what it recorded before.
UPLOAD_GRACE = timedelta(days=7)
# Often enough for who wants to know which desks have a network.
_SEEN_EVERY = timedelta(seconds=30)


class DoorRefused(InputError):
    """A desk is turned away; `word` tells its page what to do."""

    def __init__(self, word: str, sentence: str):
        super().__init__(sentence)
        self.word = word


def token_of(link_id: UUID) -> str:
    return links.make_token(settings.LINK_KEY.encode(), link_id, links.DOOR_DEVICE)


def hash_of(link_id: UUID) -> str:
    """What `DoorDevice.link_hash` holds for this link id."""
    return links.hash_token(token_of(link_id))


def door_url(device: DoorDevice) -> str:
    """The absolute address that makes a phone this desk. The token stands behind the `#`: browsers keep that to
    themselves, so no server, log or referrer ever has it.
    """
    return f"{settings.BASE_URL}/pintu/#{token_of(device.link_id)}"


def device_of(token: str, now: datetime, *, is_upload: bool = False) -> DoorDevice:
    """The open desk with this token, with `wave.program.region` and `wave.venue`; notes that it was seen.

    Raises DoorRefused: `unknown_device` for a stranger's token, `revoked`, `expired`. What was recorded before the
    expiry may still be uploaded for seven days.
    """
    device = None
    if links.looks_like_token(token):
        rows = DoorDevice.objects.select_related("wave__program__region", "wave__venue")
        device = rows.filter(link_hash=links.hash_token(token)).first()
    if device is None:
        raise DoorRefused("unknown_device", "Perangkat ini tidak dikenal. Pindai lagi kode QR meja dari petugas.")
    if device.revoked_at:
        raise DoorRefused("revoked", "Meja ini sudah dicabut oleh petugas. Minta kode QR meja yang baru.")
    if now >= device.expires_at + (UPLOAD_GRACE if is_upload else timedelta()):
        raise DoorRefused("expired", "Masa berlaku meja ini sudah habis. Minta kode QR meja yang baru.")
    note_seen(device.pk, device.seen_at, device.opened_at, now)
    return device


def note_seen(key: int, seen_at: datetime | None, opened_at: datetime | None, now: datetime) -> None:
    """Keep when the desk with this key was last connected, to half a minute."""
    if seen_at and now - seen_at < _SEEN_EVERY:
        return
    # Of several requests at once one writes.
    stale = Q(seen_at=None) | Q(seen_at__lte=now - _SEEN_EVERY)
    first = {} if opened_at else {"opened_at": now}
    DoorDevice.objects.filter(stale, pk=key).update(seen_at=now, **first)
