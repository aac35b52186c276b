"""What the pages of the door list: desks, records to decide about, guests."""

import uuid

from participants.models import AttendanceEvent, DoorDevice, WalkIn
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.lib import clock, links
from rtportal.lib.short_codes import make_code
from tests.load.list_seed import OFFICIAL


def grow_door(rows: int) -> None:
    """Add what is missing until the first wave has `rows` rows of each kind; `list_seed.grow` comes first."""
    new = range(DoorDevice.objects.count(), rows)
    wave, by = Wave.objects.earliest("pk"), User.objects.get(email=OFFICIAL)
    session, now = wave.training_sessions.earliest("pk"), clock.now()
    desks = DoorDevice.objects.bulk_create(
        DoorDevice(
            wave=wave,
            name=f"Meja {n}",
            link_hash=links.hash_token(f"desk {n}"),
            created_by=by,
            created_at=now,
            expires_at=wave.ends_at.replace(year=wave.ends_at.year + 1),
        )
        for n in new
    )
    guests = WalkIn.objects.bulk_create(WalkIn(wave=wave, name=f"Tamu {n}", taken_in_at=now) for n in new)
    seen = {"kind": "in", "source": "door", "wave": wave, "session": session, "at": now, "received_at": now}
    AttendanceEvent.objects.bulk_create(
        AttendanceEvent(uid=uuid.uuid4(), device=desk, code=make_code(), problem="unknown", **seen) for desk in desks
    )
    AttendanceEvent.objects.bulk_create(
        AttendanceEvent(uid=uuid.uuid4(), device=desk, walk_in=guest, **seen)
        for desk, guest in zip(desks, guests, strict=True)
    )
