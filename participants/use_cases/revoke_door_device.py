"""A desk at the door is closed before its time."""

from datetime import datetime

from django.db import transaction

from participants.models import DoorDevice
from rtportal.accounts.models import User
from rtportal.audit.record import record


@transaction.atomic
def revoke_door_device(*, device: DoorDevice, actor: User, now: datetime) -> bool:
    """The caller has checked scope and Right.MARK_ATTENDANCE; `device` comes with `wave.program`.

    Does: closes the desk for good, with an audit line; what it recorded before stays. Returns False if it was closed
    already.
    Refuses: nothing.
    Tells: nobody; the device is told when it next connects, and wipes its list.
    """
    if not DoorDevice.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=now):
        return False
    record(
        at=now,
        actor=actor,
        action="door.desk_revoked",
        sentence=f"Mencabut meja pintu “{device.name}”.",
        region_code=device.wave.program.region_id,
        subject=device.wave.group,
        data={"device": device.pk},
    )
    return True
