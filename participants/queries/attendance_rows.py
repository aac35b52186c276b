"""Attendance of a session, one entry for each participant, however many there are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from participants.models import Attendance, Enrolment
from participants.queries.attendance import attendance_rows
from participants.queries.roster import village_groups
from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.regions.models import Region
from sessions.models import TrainingSession


class AttendanceEntry(NamedTuple):
    """`marked_at` is None for whoever was not there; `recorded_by` is a person or a desk."""

    gelar_depan: str
    name: str
    gelar_belakang: str
    rt: str
    rw: str
    phone: str
    answer: str
    substitute_name: str
    marked_at: datetime | None
    left_at: datetime | None
    minutes: int | None
    recorded_by: str
    village: Region


_FIELDS = (
    *("head__gelar_depan", "head__name", "head__gelar_belakang", "head__rt__number", "head__rt__rw", "head__phone"),
    *("answer", "substitute_name", "mark__marked_at", "mark__left_at", "mark__minutes"),
)


def people_in_session(
    session: TrainingSession, user: User, *, search: str = "", status: str = "", is_for_them: bool = False
) -> QuerySet[Enrolment]:
    """Those whom the tab Kehadiran shows with these filters, as bare rows.

    `is_for_them` leaves out who is in another parallel group than the session's and did not come all the same.
    """
    people = Enrolment.objects.filter(wave=session.wave_id).visible_to(user)
    if search or status:
        shown = attendance_rows(session.wave, session, user, search=search, status=status)
        people = people.filter(pk__in=shown.order_by().values("pk"))
    if is_for_them and session.group:
        came = Exists(Attendance.objects.filter(session=session, enrolment=OuterRef("pk")))
        people = people.filter(Q(group__in=["", session.group]) | Q(came))
    return people


def entry_count(sessions: Iterable[TrainingSession], user: User) -> int:
    """Entries of all the sessions together, each with the people who are for it. Two queries, however many."""
    listed = list(sessions)
    people: Counter[tuple[int, str]] = Counter()
    rows = Enrolment.objects.filter(wave__in={one.wave_id for one in listed}).visible_to(user).order_by()
    for wave, group, number in rows.values_list("wave", "group").annotate(people=Count("pk")):
        people[wave, group] += number
    wholes: Counter[int] = Counter()
    for (wave, _), number in people.items():
        wholes[wave] += number
    grouped = [one for one in listed if one.group]
    expected = sum(people[one.wave_id, ""] + people[one.wave_id, one.group] for one in grouped)
    expected += sum(wholes[one.wave_id] for one in listed if not one.group)
    others = Attendance.objects.filter(
        scope_of(user).rows("enrolment__village_id"), session__in=grouped, enrolment__wave=F("session__wave")
    )
    return expected + others.exclude(enrolment__group__in=["", F("session__group")]).count()


def attendance_entries(session: TrainingSession, people: QuerySet[Enrolment]) -> Iterator[AttendanceEntry]:
    """Entries by village, RW and RT: a query for the villages, then two for each group of about 5,000 people."""
    for codes in village_groups(people):
        villages = Region.objects.select_related("parent").in_bulk(codes)
        here = people.filter(village_id__in=codes).annotate(
            mark=FilteredRelation("attendances", condition=Q(attendances__session=session))
        )
        ordered = here.order_by("village_id", "head__rt__rw", "head__rt__number", "pk")
        rows = ordered.values_list("village_id", "mark__marked_by__name", "mark__device__name", *_FIELDS)
        for village, person, desk, *fields in rows:
            yield AttendanceEntry(*fields, person or desk or "", villages[village])
