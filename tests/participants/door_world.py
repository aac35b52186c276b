"""Rows of the door for tests: desks, what they recorded, guests."""

import uuid
from datetime import datetime, timedelta

from participants.models import AttendanceEvent, DoorDevice, Enrolment, WalkIn
from participants.presence.devices import hash_of
from participants.presence.projection import record_events
from programs.models import Wave
from rtportal.accounts.models import User
from sessions.models import TrainingSession
from tests import factories
from tests.factories import NOW


def desk(wave: Wave, name: str = "Meja 1", *, by: User | None = None, **fields) -> DoorDevice:
    """An open desk of the wave's door."""
    link_id = uuid.uuid4()
    values = {"created_at": NOW, "expires_at": wave.ends_at + timedelta(days=1), "link_hash": hash_of(link_id)} | fields
    return DoorDevice.objects.create(wave=wave, name=name, link_id=link_id, created_by=by or factories.user(), **values)


def event(
    session: TrainingSession,
    device: DoorDevice,
    enrolment: Enrolment | None = None,
    *,
    kind: str = "in",
    at: datetime | None = None,
    **fields,
) -> AttendanceEvent:
    """Something the desk recorded, by default at the beginning of the session; not saved."""
    when = at or session.starts_at
    values = {"device_at": when, "received_at": when, "shown": "present"} | fields
    return AttendanceEvent(
        kind=kind,
        source="door",
        wave=session.wave,
        session=session,
        device=device,
        enrolment=enrolment,
        at=when,
        **values,
    )


def scan(*args, **fields) -> AttendanceEvent:
    """The same, recorded in the portal."""
    made = event(*args, **fields)
    record_events([made], now=made.received_at)
    return AttendanceEvent.objects.get(uid=made.uid)


def doubtful(session: TrainingSession, device: DoorDevice, *, problem: str = "unknown", **fields) -> AttendanceEvent:
    """A record that nobody knows whose it is."""
    made = event(session, device, problem=problem, **({"code": "KQ73MT"} | fields))
    made.save()
    return made


def guest(session: TrainingSession, device: DoorDevice, name: str = "Budi Santoso", **fields) -> WalkIn:
    """Somebody without an invitation, let in at the beginning of the session."""
    when = fields.pop("at", session.starts_at)
    made = WalkIn.objects.create(wave=session.wave, name=name, taken_in_at=when, **fields)
    record_events([event(session, device, at=when, walk_in=made)], now=when)
    return made
