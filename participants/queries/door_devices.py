"""The desks of a wave's door."""

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from participants.models import AttendanceEvent, DoorDevice
from programs.models import Wave
from rtportal.lib import clock

# A phone at the door asks every few seconds; one that was silent for so long has no network, or sleeps.
SILENT_AFTER = timedelta(minutes=2)

# Scans of the evening are still uploaded, and the list is gone from the phones by the next noon.
_HOURS_AFTER = timedelta(hours=12)


def usual_expiry(wave: Wave) -> datetime:
    """Until when a desk works if nobody says otherwise: twelve hours after the end of the wave's last local day.

    `wave` comes with `program.region`.
    """
    return clock.end_of_local_day(clock.local_date(wave.ends_at, wave.zone), wave.zone) + _HOURS_AFTER


def desks_of(wave: Wave) -> QuerySet[DoorDevice]:
    """All desks of the wave, open ones first, each with `recorded`: how often it let somebody in. One query."""
    came_in = Q(attendance_events__kind=AttendanceEvent.Kind.IN)
    return (
        DoorDevice.objects.filter(wave=wave)
        .select_related("created_by")
        .annotate(recorded=Count("attendance_events", filter=came_in), is_revoked=Q(revoked_at__isnull=False))
        .order_by("is_revoked", "name", "pk")
    )


def state_of(device: DoorDevice, now: datetime) -> tuple[str, str]:
    """A word for how a desk stands, and the class of its status."""
    if device.revoked_at:
        return "dicabut", "status-off"
    if device.expires_at <= now:
        return "masa berlaku habis", "status-off"
    if device.opened_at is None:
        return "belum dibuka", "status-wait"
    if device.seen_at is None or now - device.seen_at > SILENT_AFTER:
        return "tidak terhubung", "status-warn"
    return "terhubung", "status-ok"


def next_name(wave: Wave) -> str:
    """`Meja 3`: the first number that no open desk of the wave bears."""
    taken = set(DoorDevice.objects.filter(wave=wave, revoked_at=None).values_list("name", flat=True))
    number = 1
    while f"Meja {number}" in taken:
        number += 1
    return f"Meja {number}"
