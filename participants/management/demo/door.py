"""The door of the first wave of 2023: two desks, two guests, something to look into, and the signed sheet. Made up."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from participants.models import AttendanceEvent, DoorDevice, Enrolment, WalkIn
from participants.presence import verdicts
from participants.presence.devices import hash_of
from participants.queries.door_devices import usual_expiry
from participants.use_cases.enter_paper_sheet import enter_paper_sheet
from participants.use_cases.number_rows import number_rows
from programs.models import Wave
from rtportal.accounts.models import User
from sessions.models import TrainingSession

_FIRST, _MINUTES = timedelta(minutes=-50), 65
_GUESTS = (("Rusdiana", "RT 004", "Kel. Mabuun"), ("Kaspul", "", "Desa Kasiau"))
# Somebody held the menu of a food stall before the camera.
_STRANGE = "https://contoh.invalid/menu"


def arrivals(
    wave: Wave, session: TrainingSession, people: Sequence[Enrolment], official: User
) -> list[AttendanceEvent]:
    """What two desks recorded of `people` in `session`, spread over 65 minutes from 50 before its beginning."""
    desks = [_desk(wave, f"Meja {number}", official) for number in (1, 2)]
    pace = timedelta(minutes=_MINUTES) / max(len(people), 1)
    times = [session.starts_at + _FIRST + index * pace for index in range(len(people))]
    seen = [
        _scan(desks[index % 2], session, at, index, enrolment=person, code=person.short_code, shown=verdicts.PRESENT)
        for index, (person, at) in enumerate(zip(people, times, strict=True))
    ]
    # The second desk had no network at that moment, and let somebody in anew whom the first one had let in.
    again = times[4] + timedelta(minutes=3)
    doubt = {"enrolment": people[4], "code": people[4].short_code, "shown": verdicts.PRESENT, "was_offline": True}
    seen.append(_scan(desks[1], session, again, len(seen), **doubt))
    strange = {"code": _STRANGE, "shown": AttendanceEvent.Problem.UNKNOWN, "problem": AttendanceEvent.Problem.UNKNOWN}
    seen.append(_scan(desks[0], session, times[7], len(seen), **strange))
    for index, (name, unit, place) in enumerate(_GUESTS):
        at = times[-1 - index]
        guest = WalkIn.objects.create(wave=wave, name=name, unit=unit, place=place, taken_in_at=at)
        seen.append(_scan(desks[index], session, at, len(seen), walk_in=guest, shown=verdicts.WALK_IN))
    return seen


def sign_sheet(session: TrainingSession, came: Sequence[Enrolment], official: User, now: datetime) -> None:
    """The sheet as it was signed: by those who came but for one of them, and by one whom no desk saw."""
    number_rows(session=session, actor=official, now=session.starts_at - timedelta(days=1))
    keys = {person.pk for person in came}
    rows = list(Enrolment.objects.filter(wave=session.wave_id).order_by("row_number").only("row_number"))
    forgot = next(row.row_number for row in rows if row.pk in keys)
    absent = [row.row_number for row in rows if row.pk not in keys]
    enter_paper_sheet(session=session, rows={forgot, *absent[1:]}, are_signed=False, version=0, actor=official, now=now)


def _desk(wave: Wave, name: str, official: User) -> DoorDevice:
    link_id = uuid4()
    return DoorDevice.objects.create(
        wave=wave,
        name=name,
        link_id=link_id,
        link_hash=hash_of(link_id),
        created_by=official,
        created_at=wave.starts_at - timedelta(days=1),
        expires_at=usual_expiry(wave),
        opened_at=wave.starts_at - timedelta(hours=2),
        seen_at=wave.ends_at,
    )


def _scan(desk: DoorDevice, session: TrainingSession, at: datetime, seq: int, **fields) -> AttendanceEvent:
    return AttendanceEvent(
        kind=AttendanceEvent.Kind.IN,
        source=AttendanceEvent.Source.DOOR,
        wave=desk.wave,
        session=session,
        device=desk,
        at=at,
        device_at=at,
        seq=seq,
        **fields,
    )
