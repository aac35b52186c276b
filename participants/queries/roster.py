"""Everybody of a wave, one entry each, however many there are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, QuerySet

from participants.models import Answer, Attendance, Enrolment
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.regions.models import Region
from sessions.models import TrainingSession

CHUNK = 5_000
# Entries are small; and PostgreSQL reads the table of heads from end to end for each group.
_ENTRIES = 20_000


class Place(NamedTuple):
    """Names of a village and its kecamatan as files write them, and the code of the kecamatan."""

    village: str
    district: str
    district_code: str


class RosterEntry(NamedTuple):
    """One participant as stored.

    `continued_in` and `follows_from` are numbers of the waves after and before, of those who were absent from one.
    `channel` is that of the answer that counts ("" for none), `written_by` who wrote it down for the head ("" for the
    head alone), `village` comes with its `parent` (the kecamatan) and `place` has the names of both, `present_in` are
    keys of sessions.
    """

    gelar_depan: str
    name: str
    gelar_belakang: str
    nik_encrypted: str
    rt: str
    rw: str
    phone: str
    is_synthetic: bool
    answer: str
    answered_at: datetime | None
    reason: str
    substitute_name: str
    substitute_phone: str
    substitute_relation: str
    substitute_state: str
    substitute_letter_at: datetime | None
    companion_name: str
    group: str
    continued_in: int | None
    follows_from: int | None
    channel: str
    written_by: str
    village: Region
    place: Place
    present_in: Set[int]


_FIELDS = (
    *("head__gelar_depan", "head__name", "head__gelar_belakang", "head__nik_encrypted", "head__rt__number"),
    *("head__rt__rw", "head__phone", "head__is_synthetic", "answer", "answered_at"),
    *("reason", "substitute_name", "substitute_phone", "substitute_relation", "substitute_state"),
    *("substitute_letter_at", "companion_name", "group"),
)
_ANSWER = _FIELDS.index("answer")
_UNWRITTEN = ("", "")
_NOWHERE: Set[int] = frozenset()


def roster_of(wave: Wave, user: User) -> QuerySet[Enrolment]:
    """The wave's participants in the user's scope."""
    return Enrolment.objects.filter(wave=wave).visible_to(user)


def sessions_with_attendance(wave: Wave) -> list[TrainingSession]:
    return [session for session in wave.training_sessions.all() if session.takes_attendance]


def roster(enrolments: QuerySet[Enrolment]) -> Iterator[RosterEntry]:
    """Entries by village, RW and RT: three queries for all of them, then four for each group of villages.

    A village belongs to one group and a group has about 20,000 entries, so memory does not grow with the wave. No
    cursor stays open meanwhile: on SQLite it would forbid writing the progress, on PostgreSQL it would hold a copy of
    the whole result.
    """
    # Few have a wave before or after: as joins of each group they took longer than all the rest.
    keys = enrolments.order_by().values("pk")
    later = dict(Enrolment.objects.filter(follows__in=keys).values_list("follows_id", "wave__number"))
    earlier = dict(enrolments.order_by().exclude(follows=None).values_list("pk", "follows__wave__number"))
    for villages in village_groups(enrolments, most=_ENTRIES):
        yield from _entries_in(enrolments, villages, later, earlier)


def village_groups(people: QuerySet, field: str = "village_id", *, most: int = CHUNK) -> Iterator[list[str]]:
    """Codes of villages (in `field` of the people) in order, as many at a time as have `most` people (at least one)."""
    group, size = [], 0
    for code, count in people.order_by().values_list(field).annotate(count=Count("pk")).order_by(field):
        if group and size + count > most:
            yield group
            group, size = [], 0
        group.append(code)
        size += count
    if group:
        yield group


def _entries_in(
    enrolments: QuerySet[Enrolment], codes: Sequence[str], later: Mapping[int, int], earlier: Mapping[int, int]
) -> Iterator[RosterEntry]:
    villages = Region.objects.select_related("parent").in_bulk(codes)
    places = {code: Place(one.full_name, one.parent.name, one.parent.code) for code, one in villages.items()}
    here = enrolments.filter(village_id__in=codes)
    keys = here.order_by().values("pk")
    present: defaultdict[int, set[int]] = defaultdict(set)
    attendances = Attendance.objects.filter(enrolment__in=keys)
    for enrolment, session in attendances.values_list("enrolment_id", "session_id"):
        present[enrolment].add(session)
    # The newest one stays. A subquery for the newest of each person lets PostgreSQL walk through all answers for
    # everybody while the table's statistics are young.
    answers = Answer.objects.filter(enrolment__in=keys).order_by("pk")
    written = {key: rest for key, *rest in answers.values_list("enrolment_id", "channel", "actor__name")}
    ordered = here.order_by("village_id", "head__rt__rw", "head__rt__number", "pk")
    for key, village, *fields in ordered.values_list("pk", "village_id", *_FIELDS):
        # Somebody whose answer was taken back has history, but no answer.
        channel, written_by = written.get(key, _UNWRITTEN) if fields[_ANSWER] else _UNWRITTEN
        yield RosterEntry(
            *fields,
            later.get(key),
            earlier.get(key),
            channel,
            written_by or "",
            villages[village],
            places[village],
            present.get(key, _NOWHERE),
        )
