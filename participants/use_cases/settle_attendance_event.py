"""An official decides what a doubtful record of the door means."""

from datetime import datetime, timedelta

from django.db import transaction

from participants.models import Attendance, AttendanceEvent, Enrolment
from participants.presence.projection import instants_after, record_events
from participants.queries.attendance_problems import alike, owners_of
from programs.errors import Refusal
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from rtportal.audit.record import record

PRESENT, ABSENT, LEAVE = "hadir", "tidak-hadir", "biarkan"
DECISIONS = {
    PRESENT: "Dinyatakan hadir.",
    ABSENT: "Dinyatakan tidak hadir.",
    LEAVE: "Dibiarkan seperti tercatat.",
}
LONGEST_NOTE = 160
_AROUND_WAVE = timedelta(hours=12)
_TICK = timedelta(microseconds=1)


@transaction.atomic
def settle_attendance_event(*, event_id: int, decision: str, note: str = "", actor: User, now: datetime) -> bool:
    """The caller has checked scope and Right.MARK_ATTENDANCE. `decision` is PRESENT, ABSENT or LEAVE.

    Does: records what the decision changes as an official's own event, and closes the question, also where it was
    recorded more than once; with an audit line. Returns False if somebody else had decided it already.
    Refuses (Refusal): another word; to say that somebody was present or absent of whom nobody knows who they are, who
    is in another wave, or whose wave was cancelled.
    Tells: nobody; the desks see the change with their next question.
    """
    if decision not in DECISIONS:
        raise Refusal("Pilih salah satu: hadir, tidak hadir, atau biarkan.", field="keputusan")
    rows = AttendanceEvent.objects.select_related("session", "wave__program")
    event = rows.get(pk=event_id)
    # The same question may be asked by several records: whoever decides about the wave's door waits here for the other.
    locked_wave(event.wave_id)
    person = _locked_person(event)
    # Again under the locks: what they came to may have been folded anew, or the question decided.
    event = rows.get(pk=event_id)
    if event.settled_at or not event.problem:
        return False
    problem = event.get_problem_display()
    # Before anything is recorded, which may take the question away from some of them.
    asked = {event.pk, *alike(event).values_list("pk", flat=True)}
    if decision != LEAVE:
        _refuse(event, person)
        record_events(_events(event, person, decision, actor, now), now=now)
    words = " ".join(note.replace("\0", " ").split())[:LONGEST_NOTE]
    sentence = f"{DECISIONS[decision]} {words}".strip()
    settled = AttendanceEvent.objects.filter(pk__in=asked, settled_at=None)
    settled.update(settled_at=now, settled_by=actor, settled_note=sentence)
    whose = f"{person.head} ({person.head.rt})" if person else f"kode {event.code or 'tanpa isi'}"
    record(
        at=now,
        actor=actor,
        action="attendance.settled",
        sentence=f"Memutuskan catatan {whose} pada sesi “{event.session.title}” ({problem}): {sentence}",
        region_code=event.wave.program.region_id,
        subject=event.wave.group,
        data={"event": event.pk, "enrolment": person.pk if person else None, "decision": decision},
    )
    return True


def _locked_person(event: AttendanceEvent) -> Enrolment | None:
    """Whose record it is, as far as the code tells."""
    key = event.enrolment_id
    if key is None:
        owner = owners_of({event.code}, event.wave.program_id).get(event.code)
        key = owner.pk if owner else None
    people = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("head__rt", "wave")
    return people.filter(pk=key).first() if key else None


def _refuse(event: AttendanceEvent, person: Enrolment | None) -> None:
    if person is None:
        raise Refusal("Kode ini bukan milik peserta. Bila orangnya hadir, catat namanya di daftar hadir.")
    if person.wave_id != event.wave_id:
        raise Refusal(
            f"{person.head} terdaftar di {person.wave.title}. Bila ia hadir di sini, pindahkan dahulu ke gelombang ini."
        )
    if event.wave.is_cancelled:
        raise Refusal("Gelombang ini dibatalkan, jadi kehadiran tidak dicatat.")


def _events(
    event: AttendanceEvent, person: Enrolment, decision: str, actor: User, now: datetime
) -> list[AttendanceEvent]:
    """What must be added so that the decision holds; nothing where it holds already."""
    pair = {"enrolment": person, "session": event.session}
    is_here = Attendance.objects.filter(**pair).exists()
    if is_here == (decision == PRESENT):
        return []
    if decision == PRESENT:
        kind, at = AttendanceEvent.Kind.IN, _came_at(event, person)
    else:
        kind = AttendanceEvent.Kind.CLEAR
        at = instants_after([person.pk], event.session, now=now)[person.pk]
    source = AttendanceEvent.Source.LIST
    return [AttendanceEvent(kind=kind, source=source, wave=event.wave, actor=actor, at=at, received_at=now, **pair)]


def _came_at(event: AttendanceEvent, person: Enrolment) -> datetime:
    """When they came, as far as the event knows; after whatever an official cleared before."""
    session, wave = event.session, event.wave
    at = event.at
    if event.kind == AttendanceEvent.Kind.OUT:
        # Who went out was in: from the beginning, unless the desk says otherwise.
        at = min(at, session.starts_at)
    elif not wave.starts_at - _AROUND_WAVE <= at <= wave.ends_at + _AROUND_WAVE:
        at = session.starts_at
    cleared = AttendanceEvent.objects.filter(enrolment=person, session=session, kind=AttendanceEvent.Kind.CLEAR)
    last = cleared.order_by("-at").values_list("at", flat=True).first()
    return max(at, last + _TICK) if last else at
