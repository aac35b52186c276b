"""Agendas and speakers as pages show them."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programs.models import Wave
from rtportal.accounts.models import User
from sessions.models import SessionSpeaker, Speaker, TrainingSession


@dataclass(frozen=True)
class SpeakerPart:
    """`title` is name and position; `role` and `status` are words: `Narasumber`, `bersedia`."""

    title: str
    institution: str
    role: str
    status: str
    is_unsure: bool


@dataclass(frozen=True)
class AgendaItem:
    session: TrainingSession
    speakers: list[SpeakerPart] = field(default_factory=list)


def agenda(wave_id: int) -> list[AgendaItem]:
    """The wave's sessions in order, each with its speakers. Two queries however long it is."""
    items = {session.pk: AgendaItem(session) for session in TrainingSession.objects.filter(wave_id=wave_id)}
    parts = SessionSpeaker.objects.filter(session__wave_id=wave_id).select_related("speaker")
    # Speakers before the moderator, whatever the stored words are.
    for part in sorted(parts, key=lambda part: (part.role != SessionSpeaker.Role.SPEAKER, part.pk)):
        # A session added between the two queries has no place here yet.
        if part.session_id in items:
            who = part.speaker
            items[part.session_id].speakers.append(
                SpeakerPart(
                    who.title, who.institution, part.get_role_display(), part.get_status_display(), part.is_unsure
                )
            )
    return list(items.values())


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


def waves_to_copy_from(wave: Wave, user: User) -> QuerySet[Wave]:
    """Waves of the same region whose agenda could be this wave's too: the same programme's first, then the newest."""
    return (
        Wave.objects.visible_to(user)
        .filter(Exists(TrainingSession.objects.filter(wave=OuterRef("pk"))), program__region=wave.program.region_id)
        .exclude(pk=wave.pk)
        .select_related("program__region")
        .annotate(is_sibling=Q(program=wave.program_id))
        .order_by("-is_sibling", "-starts_at")
    )
