"""Who has earned a certificate: how much of the learning time of a wave each participant was there for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from participants.models import Attendance, Enrolment
from programs.models import Wave
from programs.queries.papers import paper_settings
from rtportal.lib import names
from sessions.models import TrainingSession
from sessions.queries.learning_hours import group_key, group_names, minutes_together, sessions_heard

# Session → minutes in the hall; None where nobody recorded going out, which is the whole session.
Presences = dict[int, int | None]
_NAME = ("head__gelar_depan", "head__name", "head__gelar_belakang")
CONTINUED = "dilanjutkan ke gelombang lain"


@dataclass(frozen=True)
class Standing:
    """One participant at the end of a wave.

    `holder` is whose name a certificate bears: the head, or the substitute who came instead, and then `represents` is
    the head. `share` is in whole per cent of the learning time; `hindrance` says why there is none, "" if it is earned.
    """

    enrolment_id: int
    holder: str
    represents: str
    share: int
    hindrance: str


def attendance_shares(wave: Wave) -> dict[int, int]:
    """Whole per cent (rounded down) of the learning time that each participant of the wave was there for, by the key
    of the enrolment; everybody enrolled is in it. Three queries.

    Only the sessions of the own parallel group and those for everybody count, as in `learning_hours`. Whoever is in
    no group may come to any: the group that they came to most counts.
    """
    sessions = list(TrainingSession.objects.filter(wave=wave.pk).order_by("starts_at", "pk"))
    present: defaultdict[int, Presences] = defaultdict(dict)
    attended = Attendance.objects.filter(enrolment__wave=wave.pk, session__wave=wave.pk).order_by()
    for enrolment, session, minutes in attended.values_list("enrolment_id", "session_id", "minutes"):
        present[enrolment][session] = minutes
    people = Enrolment.objects.filter(wave=wave.pk).order_by().values_list("pk", "group")
    agendas = _Agendas(sessions)
    return {pk: max(_share(heard, present.get(pk, {})) for heard in agendas.of(group)) for pk, group in people}


def standings(wave: Wave) -> list[Standing]:
    """Everybody of the wave, by village, RW and RT. Five queries; whether the wave is over is for the caller to ask."""
    shares, least = attendance_shares(wave), paper_settings(wave.program_id).certificate_share
    rows = Enrolment.objects.filter(wave=wave.pk)
    rows = rows.order_by("village_id", "head__rt__rw", "head__rt__number", "head__name", "pk")
    found = []
    for pk, answer, substitute, continued, *name in rows.values_list(
        "pk", "answer", "substitute_name", "superseded_at", *_NAME
    ):
        # Somebody who enrolled since the shares were read has been to nothing yet.
        share, head = shares.get(pk, 0), names.full_name(*name)
        is_represented = answer == Enrolment.AnswerKind.REPRESENTED
        holder, represents = (substitute, head) if is_represented else (head, "")
        hindrance = CONTINUED if continued else f"hadir kurang dari {least}%" if share < least else ""
        found.append(Standing(pk, holder, represents, share, hindrance))
    return found


def eligible(wave: Wave, *, now: datetime) -> list[Standing]:
    """Those who have earned a certificate, in the order of `standings`; nobody before the wave is over."""
    if wave.is_cancelled or now < wave.ends_at:
        return []
    return [one for one in standings(wave) if not one.hindrance]


class _Agendas:
    """The learning sessions of each parallel group."""

    def __init__(self, sessions: Sequence[TrainingSession]):
        self._all = sessions
        learning = [session for session in sessions if session.is_learning]
        self._by_key = {group_key(name): sessions_heard(name, sessions) for name in group_names(learning)}

    def of(self, group: str) -> Iterable[list[TrainingSession]]:
        """What somebody of the group hears; every choice there is for somebody in no group."""
        key = group_key(group)
        if not key:
            return self._by_key.values()
        if key not in self._by_key:
            self._by_key[key] = sessions_heard(group, self._all)
        return [self._by_key[key]]


def _share(heard: Sequence[TrainingSession], present: Presences) -> int:
    total = minutes_together((session.starts_at, session.ends_at) for session in heard)
    return minutes_together(_spans(heard, present)) * 100 // total if total else 0


def _spans(heard: Iterable[TrainingSession], present: Presences) -> Iterator[tuple[datetime, datetime]]:
    for session in heard:
        if session.pk in present:
            minutes = present[session.pk]
            known = session.ends_at if minutes is None else session.starts_at + timedelta(minutes=minutes)
            yield session.starts_at, min(known, session.ends_at)
