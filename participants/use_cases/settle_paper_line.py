"""Deciding where a signed sheet and the door disagree."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Max

from participants.models import Attendance, AttendanceEvent, PaperLine
from participants.moving import locked_waves
from participants.presence.folding import lock_enrolments
from participants.presence.projection import instants_after, record_events
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from sessions.models import TrainingSession


class Decision(models.TextChoices):
    """What an official found out about a person; `LEAVE` changes nothing and ends the question."""

    PRESENT = "hadir", "Hadir"
    ABSENT = "tidak-hadir", "Tidak hadir"
    LEAVE = "biarkan", "Dibiarkan"


_KIND = AttendanceEvent.Kind
_A_MOMENT = timedelta(microseconds=1)
_DONE = {Decision.PRESENT: "dicatat hadir", Decision.ABSENT: "dicatat tidak hadir", Decision.LEAVE: "dibiarkan"}


@transaction.atomic
def settle_paper_line(
    *, session: TrainingSession, lines: Collection[int], decision: str, actor: User, now: datetime
) -> list[PaperLine]:
    """Decide about lines of the session's sheet, by their keys, and return those decided here.

    Does: records the attendance that was decided where it is not so already; a line that somebody else has decided, or
    that is gone, stays as it is.
    Refuses (InputError): an unknown decision, a cancelled wave.
    Tells: one audit line at the wave, by name for one person and by number for several.
    """
    if decision not in Decision.values:
        raise InputError("Pilih “Hadir”, “Tidak hadir”, atau “Biarkan”.")
    wave = locked_waves([session.wave_id])[session.wave_id]
    if wave.is_cancelled:
        raise InputError("Gelombang ini dibatalkan, jadi kehadiran tidak dicatat.")
    # Of two officials who decide at once the second has waited for the wave and finds it decided; so has whoever
    # enters the sheet anew.
    open_lines = PaperLine.objects.filter(
        sheet__session=session.pk, enrolment__wave=wave, settled_at=None, pk__in=lines
    )
    decided = list(open_lines.select_related("enrolment__head__rt", "enrolment__village"))
    if not decided:
        return []
    keys = [line.enrolment_id for line in decided]
    # In the order of their keys, as everybody locks several people: nobody is scanned between the look and the record.
    lock_enrolments(keys)
    if decision != Decision.LEAVE:
        record_events(_events(session, keys, decision, actor, now), now=now)
    word = Decision(decision).label
    PaperLine.objects.filter(pk__in=[line.pk for line in decided]).update(
        settled_at=now, settled_by=actor, settled_note=word
    )
    record(
        at=now,
        actor=actor,
        action="paper.settled",
        sentence=f"Memutuskan beda lembar dan pintu pada sesi “{session.title}”: {_who(decided)} {_DONE[decision]}.",
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"session": session.pk, "enrolments": keys, "decision": decision},
    )
    return decided


def _events(
    session: TrainingSession, keys: Sequence[int], decision: str, actor: User, now: datetime
) -> list[AttendanceEvent]:
    """One event for each person who is not yet what was decided."""
    marks = Attendance.objects.filter(session=session, enrolment__in=keys)
    present = set(marks.values_list("enrolment_id", flat=True))
    is_in = decision == Decision.PRESENT
    wrong = [pk for pk in keys if (pk in present) is not is_in]
    instants = _when_signed(session, wrong, now) if is_in else instants_after(wrong, session, now=now)
    return [
        AttendanceEvent(
            kind=_KIND.IN if is_in else _KIND.CLEAR,
            source=AttendanceEvent.Source.PAPER,
            wave_id=session.wave_id,
            session=session,
            enrolment_id=pk,
            actor=actor,
            at=instants[pk],
            received_at=now,
        )
        for pk in wrong
    ]


def _when_signed(session: TrainingSession, keys: Sequence[int], now: datetime) -> dict[int, datetime]:
    """A signature has no time: the beginning of the session, or right after an official took an earlier record back."""
    first = min(session.starts_at, now)
    cleared = AttendanceEvent.objects.filter(session=session, enrolment__in=keys, kind=_KIND.CLEAR)
    latest = dict(cleared.order_by().values_list("enrolment").annotate(Max("at")))
    return {pk: max(first, latest[pk] + _A_MOMENT) if pk in latest else first for pk in keys}


def _who(lines: Sequence[PaperLine]) -> str:
    if len(lines) > 1:
        return f"{thousands(len(lines))} peserta"
    person = lines[0].enrolment
    return f"{person.head.full_name} ({person.head.rt.label} {person.village.full_name})"
