"""The agenda of a wave as pages show it."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from programs.models import Wave
from rtportal.accounts.models import User
from sessions.models import ROLE_RANK, SessionSpeaker, TrainingSession


@dataclass(frozen=True)
class SpeakerPart:
    """`title` is name and position; `role` and `status` are words: `Narasumber`, `bersedia`."""

    title: str
    institution: str
    role: str
    status: str
    is_unsure: bool
    is_declined: bool = False
    is_standby: bool = False


@dataclass(frozen=True)
class AgendaItem:
    session: TrainingSession
    speakers: list[SpeakerPart] = field(default_factory=list)


def agenda(wave_id: int) -> list[AgendaItem]:
    """The wave's sessions in order, each with its speakers. Two queries however long it is."""
    items = {session.pk: AgendaItem(session) for session in TrainingSession.objects.filter(wave_id=wave_id)}
    parts = SessionSpeaker.objects.filter(session__wave_id=wave_id).select_related("speaker")
    for part in sorted(parts, key=lambda part: (ROLE_RANK[part.role], part.pk)):
        # A session added between the two queries has no place here yet.
        if part.session_id in items:
            items[part.session_id].speakers.append(_shown(part))
    return list(items.values())


def _shown(part: SessionSpeaker) -> SpeakerPart:
    return SpeakerPart(
        title=part.speaker.title,
        institution=part.speaker.institution,
        role=part.get_role_display(),
        status=part.get_status_display(),
        is_unsure=part.is_unsure,
        is_declined=part.status == SessionSpeaker.Status.DECLINED,
        is_standby=part.role == SessionSpeaker.Role.STANDBY,
    )


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


def waves_to_copy_to(wave: Wave, user: User) -> QuerySet[Wave]:
    """The other waves of the programme that could have this agenda too, each with `session_count`, by date."""
    return (
        Wave.objects.visible_to(user)
        .filter(program=wave.program_id, cancelled_at=None)
        .exclude(pk=wave.pk)
        .select_related("program__region", "venue")
        .annotate(session_count=Count("training_sessions"))
        .order_by("starts_at", "pk")
    )
