"""What was recorded about attendance and has to be looked at by a human."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from participants.models import Attendance, AttendanceEvent, Enrolment, RetiredPass
from programs.models import Wave
from rtportal.lib.errors import InputError
from rtportal.lib.short_codes import read_code

Problem = AttendanceEvent.Problem
# What happened, for whoever decides.
_EXPLAINED = {
    Problem.DOUBLE: "Dua meja mencatatnya masuk sebagai orang yang baru datang. Mungkin pasnya dipakai dua orang.",
    Problem.NOT_IN: "Dicatat keluar, tetapi tidak pernah dicatat masuk.",
    Problem.TWO_PLACES: "Dicatat masuk di sini selagi belum keluar dari sesi lain pada waktu yang sama.",
    Problem.UNKNOWN: "Kode ini bukan kode peserta program ini.",
    Problem.REVOKED: "Tautan atau kode ini sudah dicabut atau diganti.",
    Problem.WRONG_WAVE: "Bukan peserta gelombang ini ketika dicatat.",
    Problem.CLOCK: "Jam perangkat jauh dari waktu kegiatan, jadi waktunya disesuaikan dengan sesi.",
    Problem.LATE_UNDO: "Meja membatalkannya setelah lebih dari dua menit, jadi pembatalan itu tidak berlaku.",
}


@dataclass(frozen=True)
class Doubt:
    """An event to decide about. `person` is whose it is, as far as anybody can tell; `is_here`: present in its session;
    `may_decide`: one of this wave, so that it can be said whether they were there.
    """

    event: AttendanceEvent
    person: Enrolment | None
    is_here: bool
    may_decide: bool
    words: str


def open_problems(wave: Wave) -> QuerySet[AttendanceEvent]:
    """One event for each question that nobody has decided, however often the same was recorded; the oldest first."""
    rows = AttendanceEvent.objects.filter(wave=wave, settled_at=None).exclude(problem="")
    same = {name: OuterRef(name) for name in ("wave", "session", "problem")}
    earlier = AttendanceEvent.objects.filter(settled_at=None, pk__lt=OuterRef("pk"), **same)
    by_person = Exists(earlier.filter(enrolment=OuterRef("enrolment")))
    by_code = Exists(earlier.filter(enrolment=None, code=OuterRef("code"))) & Q(enrolment=None) & ~Q(code="")
    return rows.exclude(by_person | by_code).order_by("at", "pk")


def alike(event: AttendanceEvent) -> QuerySet[AttendanceEvent]:
    """Undecided events that raise the same question as this one, which is among them: one decision answers all."""
    rows = AttendanceEvent.objects.filter(
        wave=event.wave_id, session=event.session_id, problem=event.problem, settled_at=None
    ).exclude(problem="")
    if event.enrolment_id:
        return rows.filter(enrolment=event.enrolment_id)
    return rows.filter(enrolment=None, code=event.code) if event.code else rows.filter(pk=event.pk)


def settled_problems(wave: Wave) -> QuerySet[AttendanceEvent]:
    """What was decided, the newest decision first."""
    rows = AttendanceEvent.objects.filter(wave=wave, settled_at__isnull=False)
    return rows.order_by("-settled_at", "-pk")


def with_facts(events: QuerySet[AttendanceEvent]) -> QuerySet[AttendanceEvent]:
    """With all that a line about them says."""
    return events.select_related(
        "session", "device", "actor", "settled_by", "enrolment__head__rt", "enrolment__village", "enrolment__wave"
    )


def doubts_of(events: Iterable[AttendanceEvent], wave: Wave) -> list[Doubt]:
    """Three queries for any number of events (which come `with_facts`)."""
    events = list(events)
    owners = owners_of({event.code for event in events if not event.enrolment_id}, wave.program_id)
    people = [event.enrolment or owners.get(event.code) for event in events]
    marks = Attendance.objects.filter(
        enrolment__in=[person.pk for person in people if person], session__in={event.session_id for event in events}
    )
    here = set(marks.values_list("enrolment_id", "session_id"))
    return [
        Doubt(
            event=event,
            person=person,
            is_here=person is not None and (person.pk, event.session_id) in here,
            may_decide=person is not None and person.wave_id == wave.pk,
            words=_EXPLAINED.get(event.problem, ""),
        )
        for event, person in zip(events, people, strict=True)
    ]


def owners_of(codes: Collection[str], program_id: int) -> dict[str, Enrolment]:
    """Whose codes these are, or were before they died, in the programme; codes of nobody are left out. Two queries."""
    read = {code: found for code in codes if (found := _read(code))}
    people = Enrolment.objects.filter(program=program_id).select_related("head__rt", "village", "wave")
    retired = dict(
        RetiredPass.objects.filter(short_code__in=read.values()).order_by().values_list("short_code", "enrolment_id")
    )
    by_code, by_key = {}, {}
    for person in people.filter(Q(short_code__in=read.values()) | Q(pk__in=retired.values())):
        by_code[person.short_code] = by_key[person.pk] = person
    found = {code: by_code.get(plain) or by_key.get(retired.get(plain)) for code, plain in read.items()}
    return {code: person for code, person in found.items() if person}


def _read(code: str) -> str:
    try:
        return read_code(code)
    except InputError:
        return ""
