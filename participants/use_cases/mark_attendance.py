"""Marking participants present in a session."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from participants.models import Attendance, AttendanceEvent, Enrolment
from participants.presence.projection import instants_after, record_events
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from sessions.models import TrainingSession


@transaction.atomic
def mark_attendance(
    *, session: TrainingSession, enrolments: Sequence[Enrolment], actor: User, now: datetime
) -> list[Enrolment]:
    """Mark people present and return those who were not yet.

    Does: marking again changes nothing, neither who marked first nor when.
    Refuses (InputError): a break, a session that is gone, people of another wave, a cancelled wave.
    Tells: one audit line at the wave, by name for one person and by number for several.
    """
    # Two officials mark at once: the second waits here and then finds the person marked. Who holds people already, to
    # take a mark back, may still refer to the session: so nobody waits in a circle.
    held = TrainingSession.objects.select_for_update(no_key=True).filter(pk=session.pk).first()
    if held is None:
        raise InputError("Sesi ini baru saja dihapus dari agenda. Kehadiran tidak dicatat.")
    if session.wave.is_cancelled:
        raise InputError("Gelombang ini dibatalkan, jadi kehadiran tidak dicatat.")
    if not held.takes_attendance:
        raise InputError("Kehadiran tidak dicatat pada waktu istirahat.")
    # Read again under their locks: somebody may be moving them to another wave.
    people = Enrolment.objects.select_for_update(no_key=True).filter(pk__in=[person.pk for person in enrolments])
    if any(wave_id != held.wave_id for wave_id in people.order_by("pk").values_list("wave_id", flat=True)):
        raise InputError("Peserta ini terdaftar pada gelombang lain.")
    marked = set(
        Attendance.objects.filter(session=held, enrolment__in=enrolments).values_list("enrolment_id", flat=True)
    )
    fresh = [person for person in enrolments if person.pk not in marked]
    if not fresh:
        return []
    instants = instants_after([person.pk for person in fresh], held, now=now)
    events = [
        AttendanceEvent(
            kind=AttendanceEvent.Kind.IN,
            source=AttendanceEvent.Source.LIST,
            wave_id=held.wave_id,
            session=held,
            enrolment=person,
            actor=actor,
            at=instants[person.pk],
        )
        for person in fresh
    ]
    record_events(events, now=now)
    who = _one_in_words(fresh[0]) if len(fresh) == 1 else f"{thousands(len(fresh))} peserta"
    record(
        at=now,
        actor=actor,
        action="attendance.marked",
        sentence=f"Mencatat hadir {who} pada sesi “{held.title}”.",
        region_code=session.wave.program.region_id,
        subject=session.wave.group,
        data={"session": held.pk, "enrolments": [person.pk for person in fresh]},
    )
    return fresh


def _one_in_words(person: Enrolment) -> str:
    words = f"{person.head.full_name} ({person.head.rt.label} {person.village.full_name})"
    if person.answer == Enrolment.AnswerKind.REPRESENTED:
        words += f", diwakili oleh {person.substitute_name},"
    return words
