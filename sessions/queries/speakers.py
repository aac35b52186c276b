"""Speakers as pages list them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programs.models import Wave
from rtportal.accounts.models import User
from sessions.models import SessionSpeaker, Speaker

_SEARCHED = ("name", "position", "institution", "topics")


def speakers(user: User, *, search: str = "", institution: str = "") -> QuerySet[Speaker]:
    """Speakers in the user's scope, each with `session_count`: only sessions that the user may see count.

    Every word of the search must occur in name, position, institution or topics.
    """
    seen = _parts_seen_by(user).filter(speaker=OuterRef("pk")).order_by()
    count = seen.values("speaker").annotate(number=Count("pk")).values("number")
    rows = Speaker.objects.visible_to(user)
    for word in search.split():
        found = Q()
        for field in _SEARCHED:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    if institution:
        rows = rows.filter(institution=institution)
    return rows.annotate(session_count=Coalesce(Subquery(count), 0)).order_by("name", "position", "pk")


def institutions(user: User) -> list[str]:
    """Institutions of the speakers in the user's scope, each once, for the filter; one query."""
    rows = Speaker.objects.visible_to(user).exclude(institution="")
    return list(rows.order_by("institution").values_list("institution", flat=True).distinct())


def coming_parts(speakers: Iterable[Speaker], user: User, now: datetime) -> dict[int, list[SessionSpeaker]]:
    """By speaker their parts in sessions that are not over, in order of time; one query.

    Only what the user may see, and nothing of a cancelled wave.
    """
    found: dict[int, list[SessionSpeaker]] = {speaker.pk: [] for speaker in speakers}
    rows = _parts_seen_by(user).filter(speaker__in=found, session__ends_at__gt=now, session__wave__cancelled_at=None)
    rows = rows.select_related("session__wave__program__region").order_by("session__starts_at", "session_id")
    for part in rows:
        found[part.speaker_id].append(part)
    return found


def sessions_of(speaker: Speaker, user: User) -> QuerySet[SessionSpeaker]:
    """All parts of the speaker that the user may see, the newest first, across programmes."""
    rows = _parts_seen_by(user).filter(speaker=speaker)
    rows = rows.select_related("session__wave__program__region", "session__wave__venue", "status_by")
    return rows.order_by("-session__starts_at", "-pk")


def _parts_seen_by(user: User) -> QuerySet[SessionSpeaker]:
    return SessionSpeaker.objects.filter(session__wave__in=Wave.objects.visible_to(user).values("pk"))
