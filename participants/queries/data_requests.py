"""What heads asked to be done with their data, as the office answers it."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from participants.models import DataRequest
from participants.queries.corrections import DECIDED, Waiting
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.regions.codes import within_q


def requests_for(user: User, state: str) -> QuerySet[DataRequest]:
    """Those that are the user's to answer: waiting ones by their deadline, so the overdue come first; else the latest
    answered.
    """
    rows = _mine(user).select_related("head__rt", "region__parent", "decided_by", "recorded_by")
    if state == DECIDED:
        return rows.exclude(state=DataRequest.State.OPEN).order_by("-decided_at", "-id")
    return rows.waiting().order_by("due_at", "id")


def requests_waiting_for(user: User, now: datetime) -> Waiting:
    """How many wait for the user, and how many of them are overdue; one query besides the scope's."""
    found = _mine(user).waiting().aggregate(count=Count("id"), late=Count("id", filter=Q(due_at__lte=now)))
    return Waiting(found["count"], found["late"])


def _mine(user: User) -> QuerySet[DataRequest]:
    scope = scope_of(user)
    areas = {*scope.areas_with(Right.ANSWER_FOR), *scope.areas_with(Right.MANAGE_PRIVACY)}
    return DataRequest.objects.filter(within_q("region_id", sorted(areas)))


def timed(row: DataRequest, user: User, now: datetime) -> DataRequest:
    """The same with `clock` in words, `is_late`, and whether this user may grant it."""
    row.clock = clock.deadline_words(row.due_at, now=now)
    row.is_late = row.due_at <= now
    row.may_grant = may_grant(user, row)
    return row


def may_grant(user: User, row: DataRequest) -> bool:
    """Whoever answers for the head may hand over a copy; deletion cannot be taken back and is the admin's."""
    needed = Right.MANAGE_PRIVACY if row.kind == DataRequest.Kind.ERASURE else Right.ANSWER_FOR
    return scope_of(user).may(needed, row.region_id)
