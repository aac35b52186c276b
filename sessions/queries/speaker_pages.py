"""A speaker and the speakers of a wave, as officials see them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, QuerySet

from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.messaging.kinds import kind_labels
from rtportal.messaging.models import Message
from sessions.links import calendar_url, personal_url
from sessions.models import ROLE_RANK, Material, SessionSpeaker, Speaker, SpeakerInvitation, TrainingSession
from sessions.speaker_drafts import SpeakerRoutes
from sessions.speaker_facts import own_sessions, speakers_in
from sessions.speaker_told import INVITATION, Heard, heard_by

Role, Status = SessionSpeaker.Role, SessionSpeaker.Status


@dataclass
class SessionLine:
    """One session of a wave with its speakers and how many files it has."""

    session: TrainingSession
    parts: list[SessionSpeaker] = field(default_factory=list)
    materials: int = 0

    @property
    def successors(self) -> list[SessionSpeaker]:
        """Who stands by where a main speaker has declined: they could become the main speaker now."""
        has_gap = any(part.role == Role.SPEAKER and part.status == Status.DECLINED for part in self.parts)
        return [part for part in self.parts if has_gap and is_ready(part)]


def is_ready(part: SessionSpeaker) -> bool:
    """Stands by and has not declined that."""
    return part.role == Role.STANDBY and part.status != Status.DECLINED


@dataclass
class SpeakerLine:
    """One speaker of a wave: whether they were invited and what became of the message.

    `state` is that of the newest message, empty where there is none; `may_be_told` where none was told and one could
    be. `link` is empty until there is one.
    """

    speaker: Speaker
    is_invited: bool
    is_published: bool
    is_reachable: bool
    state: str
    may_be_told: bool
    link: str


def session_lines(wave: Wave) -> list[SessionLine]:
    """The wave's sessions that have speakers or files, in order; two queries."""
    rows = TrainingSession.objects.filter(wave=wave).annotate(material_count=Count("materials"))
    lines = {session.pk: SessionLine(session, materials=session.material_count) for session in rows}
    parts = SessionSpeaker.objects.filter(session__wave=wave).select_related("speaker", "status_by")
    for part in sorted(parts, key=lambda part: (ROLE_RANK[part.role], part.pk)):
        if part.session_id in lines:
            lines[part.session_id].parts.append(part)
    return [line for line in lines.values() if line.parts or line.materials]


def speaker_lines(wave: Wave, *, shows_links: bool) -> list[SpeakerLine]:
    """Everybody with a part in the wave's rows or its published schedule; needs `publication`. Three queries."""
    published = set(speakers_in(wave.publication.facts)) if wave.publication else set()
    drafted = SessionSpeaker.objects.filter(session__wave=wave).exclude(status=Status.DECLINED).values("speaker")
    speakers = Speaker.objects.filter(pk__in=published) | Speaker.objects.filter(pk__in=drafted)
    invitations = {row.speaker_id: row.pk for row in SpeakerInvitation.objects.filter(wave=wave)}
    heard, lines = heard_by(invitations.values()), []
    people = list(speakers.distinct().order_by("name", "position", "pk"))
    routes = SpeakerRoutes(wave.program, people)
    for speaker in people:
        one = heard.get(invitations.get(speaker.pk), Heard())
        is_reachable = bool(routes.to(speaker, kind=INVITATION))
        lines.append(
            SpeakerLine(
                speaker=speaker,
                is_invited=speaker.pk in invitations,
                is_published=speaker.pk in published,
                is_reachable=is_reachable,
                state=one.newest.state if one.newest else "",
                may_be_told=is_reachable and (one.newest is None or one.came_to_nothing),
                link=personal_url(speaker.link_id) if shows_links and speaker.link_id else "",
            )
        )
    return lines


def waiting_to_be_invited(wave: Wave, lines: list[SpeakerLine], now: datetime) -> list[SpeakerLine]:
    """Published speakers with a session to come who were not invited, or not told though a message could reach them."""
    if wave.publication is None or wave.is_cancelled:
        return []
    facts = wave.publication.facts
    return [
        line
        for line in lines
        if line.is_published
        and (not line.is_invited or line.may_be_told)
        and any(own.ends_at > now and not own.is_declined for own in own_sessions(facts, line.speaker.pk))
    ]


@dataclass(frozen=True)
class Told:
    """A message about a wave to the speaker, as the speaker's page lists it."""

    message: Message
    wave: Wave
    label: str


def told_about(speaker: Speaker, user: User) -> list[Told]:
    """Messages to the speaker about waves that the user may see, newest first; two queries."""
    rows = SpeakerInvitation.objects.filter(speaker=speaker, wave__in=Wave.objects.visible_to(user).values("pk"))
    invitations = rows.select_related("wave__program__region").in_bulk()
    newest = {pk: one.newest for pk, one in heard_by(invitations).items() if one.newest}
    labels = kind_labels()
    told = [Told(message, invitations[pk].wave, labels[message.kind]) for pk, message in newest.items()]
    return sorted(told, key=lambda one: one.message.pk, reverse=True)


def links_of(speaker: Speaker) -> dict[str, str]:
    """Addresses of the speaker's page and calendar by `page` and `calendar`; empty until the speaker has a link."""
    if speaker.link_id is None:
        return {}
    return {"page": personal_url(speaker.link_id), "calendar": calendar_url(speaker.link_id)}


def materials_of_sessions(session_ids: list[int]) -> dict[int, list[Material]]:
    """Files by session, newest first; one query."""
    found: dict[int, list[Material]] = defaultdict(list)
    for material in Material.objects.filter(session__in=session_ids).select_related("speaker", "uploaded_by"):
        found[material.session_id].append(material)
    return dict(found)


def materials_seen_by(user: User) -> QuerySet[Material]:
    """Files of sessions that the user may see."""
    rows = Material.objects.filter(session__wave__in=Wave.objects.visible_to(user).values("pk"))
    return rows.select_related("session__wave__program__region", "speaker", "uploaded_by")
