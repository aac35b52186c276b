"""What a desk may know of its wave: enough to tell people apart at the door, and nothing by which to reach them."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Q

from participants.models import Attendance, AttendanceEvent, DoorDevice, Enrolment, EnrolmentMove, RetiredPass
from participants.presence.people import HASH_LENGTH, NAME, PERSON, make_person
from participants.presence.upload_verdicts import desk_name
from programs.models import Wave
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock, names
from rtportal.regions.models import Region
from sessions.models import TrainingSession

_PLACE = ("head__rt__rw", "head__rt__number", "village_id")


def door_list(device: DoorDevice) -> dict[str, Any]:
    """All but the server's clock; `device` comes from `device_of`. Eight queries for any number of people."""
    wave = device.wave
    sessions = [session for session in wave.training_sessions.all() if session.takes_attendance]
    return {
        "device": {"id": device.pk, "name": device.name, "expires_at": device.expires_at.isoformat()},
        "wave": _wave(wave),
        "sessions": [_session(session) for session in sessions],
        "people": _people(wave),
        "retired": _retired(wave),
        "elsewhere": _elsewhere(wave),
        "present": _present(wave),
    }


def changes_since(device: DoorDevice, since: datetime) -> dict[str, Any]:
    """Who came, left or was taken back since then, at all desks and in the office, as it is now; whether the list
    itself may be another one. At most seven queries.
    """
    wave = device.wave
    events = AttendanceEvent.objects.filter(wave=wave, enrolment__isnull=False).filter(
        Q(received_at__gte=since) | Q(settled_at__gte=since) | Q(walk_in__matched_at__gte=since)
    )
    touched = set(events.order_by().values_list("enrolment_id", "session_id"))
    keys = {key for key, _ in touched}
    present = {(row["enrolment_id"], row["session_id"]): row for row in _attendances(Q(enrolment__in=keys))}
    desks = _desks(wave)
    return {
        "changes": [_change(pair, present.get(pair), desks) for pair in sorted(touched)],
        "list_changed": _is_list_another(wave, since),
    }


def _change(pair: tuple[int, int], row: dict | None, desks: dict[int, str]) -> dict[str, Any]:
    about = {"person": pair[0], "session": pair[1], "present": row is not None}
    return about | (_mark(row, desks) if row else {"at": None, "desk": "", "left": False})


def _is_list_another(wave: Wave, since: datetime) -> bool:
    """Rather too often than never: the desk asks for the list then, and hears if it is the same."""
    people = Enrolment.objects.filter(wave=wave)
    decided = Q(answered_at__gte=since) | Q(invited_at__gte=since) | Q(substitute_decided_at__gte=since)
    edits = AuditEvent.objects.filter(subject=wave.group, at__gte=since).exclude(action__startswith="attendance.")
    return (
        edits.exists()
        or people.filter(decided | Q(substitute_letter_at__gte=since)).exists()
        or RetiredPass.objects.filter(enrolment__program=wave.program_id, at__gte=since).exists()
        or EnrolmentMove.objects.filter(Q(from_wave=wave) | Q(to_wave=wave), at__gte=since).exists()
    )


def _wave(wave: Wave) -> dict[str, Any]:
    program, venue = wave.program, wave.venue
    return {
        "title": wave.title,
        "program": program.name,
        "place": venue.name,
        "zone": wave.zone,
        "zone_label": clock.zone_label(wave.zone, wave.starts_at),
        "starts_at": wave.starts_at.isoformat(),
        "ends_at": wave.ends_at.isoformat(),
        "records_hours": program.records_hours,
        "companions": program.seats_per_head > 1,
        "seats": max(venue.capacity, wave.seats_acknowledged),
    }


def _session(session: TrainingSession) -> dict[str, Any]:
    return {
        "id": session.pk,
        "title": session.title,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "group": session.group,
    }


def _people(wave: Wave) -> list[dict[str, Any]]:
    rows = Enrolment.objects.filter(wave=wave).active().order_by("village_id", *_PLACE[:2], "pk")
    rows = list(rows.values_list("short_code", "link_hash", "link_revoked_at", *NAME, *_PLACE, *PERSON))
    villages = Region.objects.select_related("parent").in_bulk({row[8] for row in rows})
    return [_person(wave, villages, *row) for row in rows]


def _person(wave: Wave, villages: dict[str, Region], code: str | None, link_hash: str, revoked_at, *values) -> dict:
    rw, number, village = *values[3:5], villages[values[5]]
    person = make_person(wave.program.substitute_letter, names.full_name(*values[:3]), *values[6:])
    return {
        "id": person.pk,
        # A pass that was revoked opens nothing; the person can still be found by name.
        "code": "" if revoked_at else code or "",
        "hash": "" if revoked_at else link_hash[:HASH_LENGTH],
        "name": person.name,
        "rt": f"RT {number}/RW {rw}" if rw else f"RT {number}",
        "village": village.full_name,
        "district": village.parent.full_name,
        "answer": person.answer,
        "substitute": person.substitute,
        "substitute_state": person.substitute_state,
        "needs_letter": person.needs_letter,
        "group": person.group,
    }


def _retired(wave: Wave) -> list[dict[str, str]]:
    rows = RetiredPass.objects.filter(enrolment__wave=wave).order_by("pk").values_list("short_code", "link_hash")
    revoked = Enrolment.objects.filter(wave=wave, link_revoked_at__isnull=False).order_by("pk")
    both = [*rows, *revoked.values_list("short_code", "link_hash")]
    return [{"code": code or "", "hash": link_hash[:HASH_LENGTH]} for code, link_hash in both]


def _elsewhere(wave: Wave) -> list[dict[str, str]]:
    others = Enrolment.objects.filter(program=wave.program_id).exclude(wave=wave).order_by("pk")
    return [
        {"code": code or "", "hash": link_hash[:HASH_LENGTH], "wave": Wave(number=number).title}
        for code, link_hash, number in others.values_list("short_code", "link_hash", "wave__number")
    ]


def _present(wave: Wave) -> dict[str, dict[str, dict[str, Any]]]:
    desks = _desks(wave)
    present: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in _attendances(Q(session__wave=wave)):
        present[str(row["session_id"])][str(row["enrolment_id"])] = _mark(row, desks)
    return present


def _attendances(asked: Q):
    rows = Attendance.objects.filter(asked).order_by("enrolment_id", "session_id")
    return rows.values("enrolment_id", "session_id", "marked_at", "device_id", "left_at")


def _mark(row: dict[str, Any], desks: dict[int, str]) -> dict[str, Any]:
    desk = desk_name(desks, row["device_id"])
    return {"at": row["marked_at"].isoformat(), "desk": desk, "left": row["left_at"] is not None}


def _desks(wave: Wave) -> dict[int, str]:
    return dict(DoorDevice.objects.filter(wave=wave).order_by().values_list("pk", "name"))
