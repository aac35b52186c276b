"""Messages to speakers as they go into the outbox; their words are made when they are sent (`sessions/messages.py`)."""

from collections.abc import Iterable
from datetime import datetime

from programs.models import Program
from rtportal.messaging.channels.base import Person
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft
from rtportal.messaging.routes import Chain, Link, Route, opted_out
from sessions.models import SessionSpeaker, Speaker, SpeakerInvitation
from sessions.speaker_facts import own_session
from sessions.speaker_told import CORRECTION, INVITATION, PROMOTION, REMINDER


class SpeakerRoutes:
    """Routes of some speakers in one programme; one query for who does not want messages where."""

    def __init__(self, program: Program, speakers: Iterable[Speaker]):
        refused = opted_out(address for speaker in speakers for address in (speaker.email, speaker.phone))
        self.chain = Chain(program.reach_chain, refused=refused)

    def to(self, speaker: Speaker, *, kind: str, former: Link = ("", "")) -> Route:
        """The links of the chain that reach the speaker, `former` before the others. Nobody prints them letters."""
        return self.chain.route_to(Person(email=speaker.email, phone=speaker.phone), kind=kind, former=former)


def invitation_draft(
    invitation: SpeakerInvitation, *, routes: SpeakerRoutes, expires_at: datetime, now: datetime, again: str = ""
) -> Draft | None:
    """The invitation, once for each value of `again`; None if no message can reach the speaker.

    `invitation` comes with `speaker` and `wave.program`.
    """
    key = f"{INVITATION}:{invitation.pk}" + (f":{again}" if again else "")
    return _draft(invitation, routes=routes, kind=INVITATION, key=key, about=invitation.pk, until=expires_at, now=now)


def reminder_draft(
    invitation: SpeakerInvitation, *, routes: SpeakerRoutes, key: str, expires_at: datetime, now: datetime
) -> Draft | None:
    """A reminder of all the speaker's sessions in the wave; None if no message can reach the speaker."""
    return _draft(invitation, routes=routes, kind=REMINDER, key=key, about=invitation.pk, until=expires_at, now=now)


def correction_draft(
    invitation: SpeakerInvitation,
    *,
    routes: SpeakerRoutes,
    told: Message,
    version: str,
    expires_at: datetime,
    now: datetime,
) -> Draft | None:
    """A correction over the channel by which the speaker was told, at most one for each `version` of the schedule."""
    return _draft(
        invitation,
        routes=routes,
        kind=CORRECTION,
        key=f"{CORRECTION}:{invitation.pk}:{version}",
        about=invitation.pk,
        former=(told.channel, told.address),
        until=expires_at,
        now=now,
    )


def promotion_draft(part: SessionSpeaker, *, now: datetime) -> Draft | None:
    """The news of being the main speaker, to somebody who was invited to the wave; None for anybody else.

    `part` comes with `session.wave.program` and publication. Nothing is said about a session that nobody knows of.
    """
    wave = part.session.wave
    invitation = SpeakerInvitation.objects.select_related("speaker").filter(wave=wave, speaker=part.speaker_id).first()
    if invitation is None or wave.publication is None or wave.is_cancelled:
        return None
    own = own_session(wave.publication.facts, part.speaker_id, part.session_id)
    if own is None or now >= own.starts_at:
        return None
    invitation.wave = wave
    return _draft(
        invitation,
        routes=SpeakerRoutes(wave.program, [invitation.speaker]),
        kind=PROMOTION,
        key=f"{PROMOTION}:{part.pk}:{part.session.version}",
        about=part.pk,
        until=own.starts_at,
        now=now,
    )


def _draft(
    invitation: SpeakerInvitation,
    *,
    routes: SpeakerRoutes,
    kind: str,
    key: str,
    about: int,
    until: datetime,
    now: datetime,
    former: Link = ("", ""),
) -> Draft | None:
    speaker, wave = invitation.speaker, invitation.wave
    route = routes.to(speaker, kind=kind, former=former)
    if not route:
        return None
    return Draft(
        dedupe_key=key,
        kind=kind,
        route=route,
        recipient_name=str(speaker),
        region_code=wave.program.region_id,
        group=wave.group,
        about_id=about,
        due_at=now,
        expires_at=until,
    )
