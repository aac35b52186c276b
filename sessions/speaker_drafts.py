"""Messages to speakers as they go into the outbox; their words are made when they are sent (`sessions/messages.py`)."""

from datetime import datetime

from programs.models import Program
from rtportal.messaging.channels.base import Person
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft
from rtportal.messaging.routes import Route, opted_out, route_to
from sessions.models import SessionSpeaker, Speaker, SpeakerInvitation
from sessions.speaker_facts import own_session
from sessions.speaker_told import CORRECTION, INVITATION, PROMOTION, REMINDER


def invitation_draft(
    invitation: SpeakerInvitation, *, expires_at: datetime, now: datetime, again: str = ""
) -> Draft | None:
    """The invitation, once for each value of `again`; None if no message can reach the speaker.

    `invitation` comes with `speaker` and `wave.program`.
    """
    key = f"{INVITATION}:{invitation.pk}" + (f":{again}" if again else "")
    return _draft(invitation, kind=INVITATION, key=key, about=invitation.pk, until=expires_at, now=now)


def reminder_draft(invitation: SpeakerInvitation, *, key: str, expires_at: datetime, now: datetime) -> Draft | None:
    """A reminder of all the speaker's sessions in the wave; None if no message can reach the speaker."""
    return _draft(invitation, kind=REMINDER, key=key, about=invitation.pk, until=expires_at, now=now)


def correction_draft(
    invitation: SpeakerInvitation, *, told: Message, version: str, expires_at: datetime, now: datetime
) -> Draft | None:
    """A correction over the channel by which the speaker was told, at most one for each `version` of the schedule."""
    return _draft(
        invitation,
        kind=CORRECTION,
        key=f"{CORRECTION}:{invitation.pk}:{version}",
        about=invitation.pk,
        told=(told.channel, told.address),
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
        kind=PROMOTION,
        key=f"{PROMOTION}:{part.pk}:{part.session.version}",
        about=part.pk,
        until=own.starts_at,
        now=now,
    )


def _draft(
    invitation: SpeakerInvitation,
    *,
    kind: str,
    key: str,
    about: int,
    until: datetime,
    now: datetime,
    told: tuple[str, str] = ("", ""),
) -> Draft | None:
    speaker, wave = invitation.speaker, invitation.wave
    refused = opted_out([speaker.email, speaker.phone])
    route = route_to_speaker(speaker, wave.program, kind=kind, first=told[0], refused=refused)
    if told[1] and told[0] not in dict(route) and told not in refused:
        route = (told, *route)
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


def route_to_speaker(
    speaker: Speaker, program: Program, *, kind: str, first: str = "", refused: set[tuple[str, str]]
) -> Route:
    """The links of the chain that reach the speaker, `first` before the others. Nobody prints them letters."""
    person = Person(email=speaker.email, phone=speaker.phone)
    return route_to(person, kind=kind, chain=program.reach_chain, preferred=first, refused=refused)
