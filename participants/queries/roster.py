"""Everybody of a wave, one entry each, however many there are."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from participants.models import Answer, Attendance, Enrolment
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.regions.models import Region
from sessions.models import TrainingSession

CHUNK = 5_000


class RosterEntry(NamedTuple):
    """One participant as stored.

    `channel` is that of the answer that counts, `present_in` are keys of sessions, `village` comes with its `parent`
    (the kecamatan).
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
    channel: str | None
    reason: str
    substitute_name: str
    substitute_phone: str
    companion_name: str
    village: Region
    present_in: frozenset[int]


_FIELDS = (
    *("head__gelar_depan", "head__name", "head__gelar_belakang", "head__nik_encrypted", "head__rt__number"),
    *("head__rt__rw", "head__phone", "head__is_synthetic", "answer", "answered_at", "latest_channel"),
    *("reason", "substitute_name", "substitute_phone", "companion_name"),
)


def roster_of(wave: Wave, user: User) -> QuerySet[Enrolment]:
    """The wave's participants in the user's scope."""
    return Enrolment.objects.filter(wave=wave).visible_to(user)


def sessions_with_attendance(wave: Wave) -> list[TrainingSession]:
    return [session for session in wave.training_sessions.all() if session.takes_attendance]


def roster(enrolments: QuerySet[Enrolment]) -> Iterator[RosterEntry]:
    """Entries by village, RW and RT: one query for who they are, then three for each 5,000 of them.

    Who is on it and in which order is decided at the beginning. No cursor stays open meanwhile: on SQLite it would
    forbid writing the progress, on PostgreSQL it would hold a copy of the whole result.
    """
    order = ("village_id", "head__rt__rw", "head__rt__number", "pk")
    keys = list(enrolments.order_by(*order).values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield from _chunk(keys[start : start + CHUNK])


def _chunk(keys: Sequence[int]) -> Iterator[RosterEntry]:
    channel = Answer.objects.filter(enrolment=OuterRef("pk")).order_by("-id").values("channel")[:1]
    found = Enrolment.objects.filter(pk__in=keys).annotate(latest_channel=Subquery(channel)).order_by()
    rows = {row[0]: row[1:] for row in found.values_list("pk", "village_id", *_FIELDS)}
    villages = Region.objects.select_related("parent").in_bulk({row[0] for row in rows.values()})
    present: dict[int, set[int]] = {}
    for enrolment, session in Attendance.objects.filter(enrolment__in=keys).values_list("enrolment_id", "session_id"):
        present.setdefault(enrolment, set()).add(session)
    for key in keys:
        # Somebody taken out of the wave since the beginning is no longer there.
        if key in rows:
            village, *fields = rows[key]
            yield RosterEntry(*fields, villages[village], frozenset(present.get(key, ())))
