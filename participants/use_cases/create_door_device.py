"""A phone or laptop of the committee is admitted to the door of a wave."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from participants.models import DoorDevice
from participants.presence.devices import hash_of
from participants.queries.door_devices import usual_expiry
from programs.errors import Refusal
from programs.models import Wave
from programs.use_cases._editing import locked_wave, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock

# No hall has so many doors; more are a sign that somebody makes one for each person.
MOST_DESKS = 40
LONGEST_NAME = 40
# A desk that outlives its wave by more is a list of names in somebody's pocket.
LONGEST_AFTER = timedelta(days=7)


@transaction.atomic
def create_door_device(
    *, wave: Wave, name: str, expires_at: datetime | None = None, actor: User, now: datetime
) -> DoorDevice:
    """The caller has checked scope and Right.MARK_ATTENDANCE. `expires_at` None: the usual expiry.

    Does: writes the desk with the hash of its link, and an audit line that does not hold the link.
    Refuses (Refusal): a cancelled wave, no name or one that another open desk of the wave has, an expiry that is past
    or more than seven days after the wave, more than 40 open desks.
    Tells: nobody; whoever scans the desk's QR records for this wave until it expires or is revoked.
    """
    row = locked_wave(wave.pk)
    if row.is_cancelled:
        raise Refusal("Gelombang ini dibatalkan, jadi meja pintu tidak diperlukan.")
    name = " ".join(name.replace("\0", " ").split())
    if not name or len(name) > LONGEST_NAME:
        raise Refusal(f"Isi nama meja, paling banyak {LONGEST_NAME} huruf.", field="name")
    until = expires_at or usual_expiry(row)
    if until <= now:
        raise Refusal("Waktu berlaku meja ini sudah lewat. Isi waktu yang akan datang.", field="expires_on")
    if until > max(usual_expiry(row), now) + LONGEST_AFTER:
        raise Refusal("Meja berlaku paling lama tujuh hari setelah gelombang selesai.", field="expires_on")
    if row.door_devices.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_DESKS:
        raise Refusal(f"Satu gelombang paling banyak mempunyai {MOST_DESKS} meja. Cabut dahulu yang tidak dipakai.")
    device = DoorDevice(wave=row, link_id=uuid4(), created_by=actor, created_at=now)
    save_or_refuse(device, name=name, link_hash=hash_of(device.link_id), expires_at=until)
    record(
        at=now,
        actor=actor,
        action="door.desk_created",
        sentence=f"Membuat meja pintu “{name}”, berlaku sampai {clock.moment_words(until, row.zone)}.",
        region_code=row.program.region_id,
        subject=row.group,
        data={"device": device.pk},
    )
    return device
