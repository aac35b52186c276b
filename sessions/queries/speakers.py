"""Speakers as pages list them."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programs.models import Wave
from rtportal.accounts.models import User
from sessions.models import SessionSpeaker, Speaker, TrainingSession


def speakers(user: User, *, search: str = "", now: datetime) -> QuerySet[Speaker]:
    """Speakers in the user's scope, each with `session_count`, `next_session_id` and `has_tentative` (unsure in
    a session to come).

    Only sessions that the user may see count. Every word of the search must occur in name, position or institution.
    """
    visible = SessionSpeaker.objects.filter(
        speaker=OuterRef("pk"), session__wave__in=Wave.objects.visible_to(user).values("pk")
    ).order_by()
    count = visible.values("speaker").annotate(number=Count("pk")).values("number")
    coming = visible.filter(session__ends_at__gt=now).order_by("session__starts_at", "session_id")
    rows = Speaker.objects.visible_to(user)
    for word in search.split():
        rows = rows.filter(Q(name__icontains=word) | Q(position__icontains=word) | Q(institution__icontains=word))
    return rows.annotate(
        session_count=Coalesce(Subquery(count), 0),
        next_session_id=Subquery(coming.values("session")[:1]),
        has_tentative=Exists(coming.unsure()),
    ).order_by("name", "position", "pk")


def sessions_by_id(ids: list[int]) -> dict[int, TrainingSession]:
    """Sessions with their wave, programme and region, in one query."""
    return TrainingSession.objects.select_related("wave__program__region").in_bulk(ids)
