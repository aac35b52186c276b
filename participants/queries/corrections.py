"""What heads asked to have put right, as operators decide on it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from participants.models import DataCorrection, RTHead
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock, phones
from rtportal.regions.codes import within_q

LABELS = {"name": "Nama", "phone": "Nomor HP", "email": "Alamat e-mail"}
WAITING, DECIDED = "menunggu", "selesai"


@dataclass(frozen=True)
class ChangeLine:
    """One thing that is to change, in words; `meanwhile` is what it is now, if that is neither of the two."""

    label: str
    before: str
    after: str
    meanwhile: str


@dataclass(frozen=True)
class Waiting:
    """How many requests wait for the user, and how many of them are overdue."""

    count: int
    late: int


def waiting_for(user: User, now: datetime) -> Waiting:
    """One query besides the scope's."""
    rows = _mine(user).waiting()
    found = rows.aggregate(count=Count("id"), late=Count("id", filter=Q(due_at__lte=now)))
    return Waiting(found["count"], found["late"])


def corrections_for(user: User, state: str) -> QuerySet[DataCorrection]:
    """Those that are the user's to decide: waiting ones by their deadline, so the overdue come first; else the latest
    decided.
    """
    related = ("head__rt", "village__parent", "enrolment__wave__program", "decided_by")
    rows = _mine(user).select_related(*related)
    if state == DECIDED:
        return rows.exclude(state=DataCorrection.State.OPEN).order_by("-decided_at", "-id")
    return rows.waiting().order_by("due_at", "id")


def _mine(user: User) -> QuerySet[DataCorrection]:
    """Where the user may only look, telephone numbers of others are none of their business."""
    return DataCorrection.objects.filter(within_q("village_id", scope_of(user).areas_with(Right.ANSWER_FOR)))


def described(correction: DataCorrection, now: datetime) -> DataCorrection:
    """The same with `lines` (what is to change), `clock` in words and `is_late`."""
    correction.lines = change_lines(correction.head, correction)
    correction.clock = clock.deadline_words(correction.due_at, now=now)
    correction.is_late = correction.due_at <= now
    return correction


def change_lines(head: RTHead, correction: DataCorrection) -> list[ChangeLine]:
    present = {"name": head.full_name, "phone": head.phone, "email": head.email}
    lines = []
    for field, label in LABELS.items():
        if field not in correction.wanted:
            continue
        before, after = correction.before[field], correction.wanted[field]
        is_else = correction.state == DataCorrection.State.OPEN and present[field] not in {before, after}
        meanwhile = _shown(field, present[field]) if is_else else ""
        lines.append(ChangeLine(label, _shown(field, before), _shown(field, after), meanwhile))
    return lines


def _shown(field: str, value: str) -> str:
    return (phones.display(value) if field == "phone" else value) or "kosong"
