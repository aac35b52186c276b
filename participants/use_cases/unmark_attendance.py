"""Taking back a mark of attendance."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from participants.models import Attendance, AttendanceEvent, Enrolment
from participants.presence.folding import lock_enrolments
from participants.presence.projection import instants_after, record_events
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from sessions.models import TrainingSession


@transaction.atomic
def unmark_attendance(
    *, session: TrainingSession, enrolments: Sequence[Enrolment], actor: User, now: datetime
) -> list[Enrolment]:
    """Take back marks of attendance, whoever recorded them, and return whose they were.

    Does: nothing for those who are not marked; what was recorded stays in the log.
    Refuses: nothing.
    Tells: one audit line at the wave; for one person with the first mark's time and author, which are gone afterwards.
    """
    lock_enrolments(person.pk for person in enrolments)
    rows = Attendance.objects.select_related("marked_by", "device").filter(session=session, enrolment__in=enrolments)
    marks = {mark.enrolment_id: mark for mark in rows}
    undone = [person for person in enrolments if person.pk in marks]
    if not undone:
        return []
    instants = instants_after(marks.keys(), session, now=now)
    events = [
        AttendanceEvent(
            kind=AttendanceEvent.Kind.CLEAR,
            source=AttendanceEvent.Source.LIST,
            wave_id=session.wave_id,
            session=session,
            enrolment=person,
            actor=actor,
            at=instants[person.pk],
        )
        for person in undone
    ]
    record_events(events, now=now)
    wave = session.wave
    if len(undone) == 1:
        mark = marks[undone[0].pk]
        when = clock.moment_words(mark.marked_at, wave.zone)
        who = f"{undone[0].head.full_name} ({undone[0].head.rt.label} {undone[0].village.full_name})"
        what = f"{who} pada sesi “{session.title}”, yang dicatat {when} oleh {mark.marked_by or mark.device}"
    else:
        what = f"{thousands(len(undone))} peserta pada sesi “{session.title}”"
    record(
        at=now,
        actor=actor,
        action="attendance.unmarked",
        sentence=f"Membatalkan catatan hadir {what}.",
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"session": session.pk, "enrolments": [person.pk for person in undone]},
    )
    return undone
