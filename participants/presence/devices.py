"""The link of a desk at the door: shown once as a QR code to the committee, derived anew whenever it is."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from participants.models import DoorDevice
from rtportal.lib import links

# Often enough for who wants to know which desks have a network.
_SEEN_EVERY = timedelta(seconds=30)


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


def device_of(token: str, now: datetime) -> DoorDevice | None:
    """The desk with `wave.program.region`, also one that has expired or was revoked; None for a stranger's token.

    Notes that it was seen.
    """
    if not links.looks_like_token(token):
        return None
    rows = DoorDevice.objects.select_related("wave__program__region", "wave__venue")
    device = rows.filter(link_hash=links.hash_token(token)).first()
    if device and not device.revoked_at:
        note_seen(device, now)
    return device


def note_seen(device: DoorDevice, now: datetime) -> None:
    if device.seen_at and now - device.seen_at < _SEEN_EVERY:
        return
    # Of several requests at once one writes.
    stale = Q(seen_at=None) | Q(seen_at__lte=now - _SEEN_EVERY)
    first = {} if device.opened_at else {"opened_at": now}
    DoorDevice.objects.filter(stale, pk=device.pk).update(seen_at=now, **first)
