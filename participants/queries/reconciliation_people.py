"""The people behind a number of a reconciliation, as its list shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from participants.models import Enrolment, RTHead
from participants.queries.reconciled_people import enrolled_in
from participants.queries.reconciliation import Subject, people_in
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.regions.models import Region

_ANSWERS = {
    "": ("belum menjawab", "status-wait"),
    "confirmed": ("menjawab hadir", "status-info"),
    "represented": ("menjawab diwakili", "status-info"),
    "declined": ("menjawab berhalangan", "status-bad"),
}


@dataclass(frozen=True)
class Person:
    """`state` is a word and `status` the CSS class that gives it shape and colour; `enrolment_id` is None for whoever
    is not enrolled, `wave` "" for whoever has no place.
    """

    head: RTHead
    village: Region
    wave: str
    enrolment_id: int | None
    state: str
    status: str


def listed_in(subject: Subject, user: User, stage: str, area: str, now: datetime) -> QuerySet:
    """`people_in` with what a line of the list needs."""
    rows = people_in(subject, user, stage, area, now=now)
    if rows.model is Enrolment:
        return rows.select_related("head__rt", "village__parent", "wave")
    return rows.select_related("rt__village__parent")


def persons(subject: Subject, user: User, rows: Sequence[Enrolment] | Sequence[RTHead], now: datetime) -> list[Person]:
    """Of one page of `listed_in`. Three queries at most, however many rows."""
    if not rows or isinstance(rows[0], Enrolment):
        return [_enrolled(row) for row in rows]
    units = [head.rt_id for head in rows]
    here = enrolled_in(subject, user, "", now).filter(rt__in=units).select_related("head__rt", "village", "wave")
    by_rt = {row.rt_id: row for row in here}
    program = subject.program_id if isinstance(subject, Wave) else subject.pk
    others = Enrolment.objects.active().filter(program=program, rt__in=units).select_related("wave")
    elsewhere = {row.rt_id: row for row in others}
    return [_head(head, by_rt.get(head.rt_id), elsewhere.get(head.rt_id)) for head in rows]


def _enrolled(row: Enrolment) -> Person:
    return Person(row.head, row.village, row.wave.title, row.pk, *_state(row))


def _head(head: RTHead, here: Enrolment | None, elsewhere: Enrolment | None) -> Person:
    village = head.rt.village
    if here:
        return Person(head, village, here.wave.title, here.pk, *_state(here))
    if elsewhere is None:
        return Person(head, village, "", None, "belum diundang", "status-off")
    if elsewhere.wave.is_cancelled:
        return Person(head, village, elsewhere.wave.title, elsewhere.pk, "gelombangnya dibatalkan", "status-warn")
    return Person(head, village, elsewhere.wave.title, elsewhere.pk, f"di {elsewhere.wave.title}", "status-info")


def _state(row: Enrolment) -> tuple[str, str]:
    if row.is_present:
        return ("diwakili", "status-info") if row.is_represented else ("hadir", "status-ok")
    if row.is_over and row.is_invited:
        return "tidak hadir", "status-bad"
    return _ANSWERS[row.answer] if row.is_invited else ("undangan belum dibuka", "status-off")
