"""Messages to speakers as they go into the outbox; their words are made when they are sent (`sessions/messages.py`)."""

from datetime import datetime

from rtportal.messaging.channels import Channel, all_channels, default_channel
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft
from sessions.models import SessionSpeaker, SpeakerInvitation
from sessions.speaker_facts import own_session
from sessions.speaker_told import CORRECTION, INVITATION, PROMOTION


def invitation_draft(
    invitation: SpeakerInvitation, *, expires_at: datetime, now: datetime, again: str = ""
) -> Draft | None:
    """The invitation, once for each value of `again`; None if no message can reach the speaker.

    `invitation` comes with `speaker` and `wave.program`.
    """
    key = f"{INVITATION}:{invitation.pk}" + (f":{again}" if again else "")
    return _draft(
        invitation, kind=INVITATION, key=key, about=invitation.pk, channel=default_channel(), until=expires_at, now=now
    )


def correction_draft(
    invitation: SpeakerInvitation, *, told: Message, version: str, expires_at: datetime, now: datetime
) -> Draft | None:
    """A correction over the channel by which the speaker was told, at most one for each `version` of the schedule."""
    return _draft(
        invitation,
        kind=CORRECTION,
        key=f"{CORRECTION}:{invitation.pk}:{version}",
        about=invitation.pk,
        channel=all_channels().get(told.channel) or default_channel(),
        fallback=told.address,
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
        channel=default_channel(),
        until=own.starts_at,
        now=now,
    )


def _draft(
    invitation: SpeakerInvitation,
    *,
    kind: str,
    key: str,
    about: int,
    channel: Channel,
    until: datetime,
    now: datetime,
    fallback: str = "",
) -> Draft | None:
    speaker, wave = invitation.speaker, invitation.wave
    address = channel.address_of(email=speaker.email, phone=speaker.phone) or fallback
    if not address:
        return None
    return Draft(
        dedupe_key=key,
        kind=kind,
        address=address,
        recipient_name=str(speaker),
        region_code=wave.program.region_id,
        group=wave.group,
        about_id=about,
        due_at=now,
        expires_at=until,
        channel=channel.name,
    )
