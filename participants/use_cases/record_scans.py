"""A desk at the door sends what it recorded, just now or in hours without a network."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from participants.models import Attendance, AttendanceEvent, DoorDevice, WalkIn
from participants.presence import verdicts
from participants.presence.folding import lock_enrolments
from participants.presence.people import Found, find_people
from participants.presence.projection import Recording, record
from participants.presence.scans import Scan
from participants.presence.upload_verdicts import BY_OFFICE, already, verdicts_of
from participants.presence.verdicts import Verdict
from sessions.models import TrainingSession

Kind = AttendanceEvent.Kind


@transaction.atomic
def record_scans(*, device: DoorDevice, scans: Sequence[Scan], now: datetime) -> list[Verdict]:
    """`device` comes from `device_of`. Returns what to tell of each scan, in their order.

    Does: adds the scans to the log, each uid once whoever sends it how often, and whatever follows from them; takes in
    guests without invitation. Codes of nobody are kept too, for a human to look at.
    Refuses, scan by scan and without keeping it: what cannot be read, a session that is gone or a break, what was
    recorded after the desk expired, anything in a cancelled wave.
    Tells: nobody; the officials' pages count it at once.
    """
    wave = device.wave
    # The same upload twice at once: the second waits, and finds everything there.
    list(DoorDevice.objects.select_for_update(no_key=True).filter(pk=device.pk).values_list("pk"))
    asked = {scan.session for scan in scans}
    # Nobody deletes a session while something is recorded in it.
    rows = TrainingSession.objects.select_for_update(no_key=True).filter(wave=wave, pk__in=asked).order_by("pk")
    sessions = {session.pk: session for session in rows if session.takes_attendance}
    refused = {scan.uid: verdict for scan in scans if (verdict := _refusal(scan, device, sessions, now))}
    taken = [scan for scan in scans if scan.uid not in refused]
    people = find_people(wave, taken)
    known = set(AttendanceEvent.objects.filter(uid__in=[scan.uid for scan in taken]).values_list("uid", flat=True))
    guests = _take_in([scan for scan in taken if scan.kind == verdicts.WALK_IN and scan.uid not in known], device)
    events = [_event(scan, device, people.get(scan.uid), guests.get(scan.uid)) for scan in taken]
    is_live = len(events) == 1 and not taken[0].is_offline and taken[0].uid not in known
    inside = _say_what_is_shown(events[0], people.get(taken[0].uid), sessions) if is_live else {}
    recording = record(events, now=now) if events else Recording([], {}, {})
    told = verdicts_of(taken, device=device, people=people, sessions=sessions, recording=recording) | inside
    return [refused.get(scan.uid) or told[scan.uid] for scan in scans]


def _refusal(scan: Scan, device: DoorDevice, sessions: dict[int, TrainingSession], now: datetime) -> Verdict | None:
    if scan.fault:
        return Verdict(scan.uid, verdicts.REFUSED, scan.fault)
    if device.wave.is_cancelled:
        return Verdict(scan.uid, verdicts.WAVE_CLOSED, verdicts.CANCELLED)
    if scan.session not in sessions:
        return Verdict(scan.uid, verdicts.REFUSED, verdicts.SESSION_GONE)
    # While the desk is open its clock may be as wrong as it likes.
    if device.expires_at <= now and device.expires_at <= scan.at:
        return Verdict(scan.uid, verdicts.REFUSED, verdicts.AFTER_EXPIRY)
    return None


def _take_in(scans: Sequence[Scan], device: DoorDevice) -> dict:
    """Guests by uid."""
    rows = WalkIn.objects.bulk_create(
        WalkIn(wave=device.wave, name=scan.name, unit=scan.unit, place=scan.place, taken_in_at=scan.at)
        for scan in scans
    )
    return {scan.uid: row for scan, row in zip(scans, rows, strict=True)}


def _event(scan: Scan, device: DoorDevice, found: Found | None, guest: WalkIn | None) -> AttendanceEvent:
    """Whom an undo belongs to follows from what it undoes."""
    return AttendanceEvent(
        uid=scan.uid,
        kind=Kind.IN if scan.kind == verdicts.WALK_IN else scan.kind,
        source=AttendanceEvent.Source.DOOR,
        wave=device.wave,
        session_id=scan.session,
        enrolment_id=found.person.pk if found and found.person else None,
        walk_in=guest,
        device=device,
        seq=scan.seq,
        code=found.code if found else "",
        companions=scan.companions if scan.kind in {Kind.IN, verdicts.WALK_IN} else 0,
        undoes=scan.undoes,
        at=scan.at,
        device_at=scan.device_at,
        shown=scan.shown,
        was_offline=scan.is_offline,
        problem=found.problem if found else "",
    )


def _say_what_is_shown(
    event: AttendanceEvent, found: Found | None, sessions: dict[int, TrainingSession]
) -> dict[UUID, Verdict]:
    """A desk that can ask shows what the portal says. Whoever is inside by what the portal knows then is not let in
    twice, even if the desk's clock is behind the other one's: the verdict for them, else none.
    """
    if event.kind != Kind.IN or not found or not found.person:
        return {}
    person = found.person
    lock_enrolments([person.pk])
    rows = Attendance.objects.filter(enrolment=person.pk, session=event.session_id, left_at=None)
    for mark in rows.select_related("device"):
        event.shown = verdicts.ALREADY
        desk = mark.device.name if mark.device else BY_OFFICE
        return {event.uid: already(event.uid, person, mark.marked_at, desk, event.wave.zone)}
    event.shown = verdicts.arrival_word(person, sessions[event.session_id].group)
    return {}
