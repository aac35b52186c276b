"""What a speaker's personal link shows: their sessions as published, what they answered and what they uploaded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from programs.models import Wave
from rtportal.lib import clock, ics
from sessions.models import Material, SessionSpeaker, Speaker
from sessions.speaker_facts import OwnSession, own_sessions, place_words

# Slides are often handed in afterwards.
LISTED_AFTER = timedelta(days=30)


@dataclass
class SessionShown:
    """One session of a speaker; `part` is None while the office is taking the speaker off it."""

    own: OwnSession
    when: str
    place: str
    can_answer: bool
    is_over: bool
    part: SessionSpeaker | None
    materials: list[Material] = field(default_factory=list)

    @property
    def is_answered(self) -> bool:
        return self.own.status != SessionSpeaker.Status.INVITED

    @property
    def role(self) -> str:
        return SessionSpeaker.Role(self.own.role).label


@dataclass
class WaveShown:
    """A wave in which the speaker has sessions."""

    wave: Wave
    sessions: list[SessionShown]


def speaker_of_link(link_hash: str) -> Speaker | None:
    """Whom a link opens; one query."""
    return Speaker.objects.filter(link_hash=link_hash).select_related("region").first()


def waves_shown(speaker: Speaker, now: datetime) -> list[WaveShown]:
    """Waves with sessions to come or just over, in order of time, from their publications; four queries at most.

    A cancelled wave stays until its time is over, so that nobody comes in vain.
    """
    found = []
    for wave in _waves(speaker, now):
        facts = wave.publication.facts
        sessions = [_shown(own, facts, wave, now) for own in own_sessions(facts, speaker.pk)]
        sessions = [one for one in sessions if one.own.ends_at > (now if wave.is_cancelled else now - LISTED_AFTER)]
        if sessions:
            found.append(WaveShown(wave, sessions))
    shown = {one.own.session_id: one for each in found for one in each.sessions}
    for part in SessionSpeaker.objects.filter(speaker=speaker, session__in=shown):
        shown[part.session_id].part = part
    for material in Material.objects.filter(speaker=speaker, session__in=shown).order_by("uploaded_at", "pk"):
        shown[material.session_id].materials.append(material)
    return found


def calendar_events(waves: list[WaveShown], speaker: Speaker) -> Iterator[ics.Event]:
    """The sessions for a calendar program; what the speaker declined is not in it."""
    host = urlsplit(settings.BASE_URL).hostname
    for one in waves:
        wave = one.wave
        for session in one.sessions:
            if session.own.is_declined:
                continue
            office = wave.program.office
            answered_at = session.part.status_at if session.part else None
            yield ics.Event(
                uid=f"sesi-{session.own.session_id}-narasumber-{speaker.pk}@{host}",
                starts_at=session.own.starts_at,
                ends_at=session.own.ends_at,
                summary=f"{session.role}: {session.own.title}",
                location=session.place,
                description=f"{wave.program.name}, {wave.title}\n{office.name}, {office.contact_name}",
                status=_ics_status(wave, session.own),
                sequence=wave.publication.number,
                last_modified=max(filter(None, (wave.publication.published_at, answered_at, wave.cancelled_at))),
            )


def _ics_status(wave: Wave, own: OwnSession) -> ics.Status:
    if wave.is_cancelled:
        return ics.Status.CANCELLED
    is_sure = own.status == SessionSpeaker.Status.CONFIRMED and not own.is_standby
    return ics.Status.CONFIRMED if is_sure else ics.Status.TENTATIVE


def _waves(speaker: Speaker, now: datetime) -> list[Wave]:
    # Who was taken off the rows is still in the published schedule until it is published again.
    has_part = Q(training_sessions__session_speakers__speaker=speaker) | Q(speaker_invitations__speaker=speaker)
    rows = Wave.objects.filter(has_part, publication__isnull=False, ends_at__gt=now - LISTED_AFTER).values("pk")
    waves = Wave.objects.filter(pk__in=rows).select_related("publication", "program__office", "program__region")
    return list(waves.order_by("starts_at", "pk"))


def _shown(own: OwnSession, facts: dict, wave: Wave, now: datetime) -> SessionShown:
    return SessionShown(
        own=own,
        when=clock.span_words(own.starts_at, own.ends_at, facts["zone"]),
        place=place_words(own, facts),
        can_answer=not wave.is_cancelled and now < own.starts_at,
        is_over=own.ends_at <= now,
        part=None,
    )
