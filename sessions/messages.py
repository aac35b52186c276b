"""What the portal writes to speakers. The words are in `templates/messages/<kind>/`.

A text is made when its message is sent, from the schedule that is published at that moment.
"""

from collections.abc import Mapping

from programs.models import Wave
from programs.vocabulary import scope_of_program
from rtportal.messaging.kinds import Content, Unfit, message_kind, written
from rtportal.messaging.models import Message
from sessions.models import SessionSpeaker, SpeakerInvitation
from sessions.speaker_facts import own_session, own_sessions
from sessions.speaker_told import (
    CORRECTION,
    INVITATION,
    PROMOTION,
    REMINDER,
    Versions,
    differences,
    heard_by,
    schedule_of,
)
from sessions.vocabulary import (
    CORRECTION_WORDS,
    SESSION_WORDS,
    correction_values,
    examples_of,
    session_values,
    speaker_values,
)

_WAITS = Unfit(Message.State.QUEUED, "Menunggu pesan sebelumnya kepada narasumber ini.")
_WAVE = ("program__office", "program__region", "publication")


def _kind(name: str, label: str, words: Mapping[str, str], *, required: tuple[str, ...] = ()):
    return message_kind(name, label=label, variables=words, examples=examples_of(words), required=required)


@_kind(INVITATION, "Undangan narasumber", SESSION_WORDS, required=("tautan",))
def speaker_invitation(messages: list[Message]) -> dict[int, Content]:
    """Left out: who has no session any more in the published schedule, or declined all of them."""
    return _about_sessions(INVITATION, messages)


@_kind(REMINDER, "Pengingat narasumber", SESSION_WORDS)
def speaker_reminder(messages: list[Message]) -> dict[int, Content]:
    """Left out: the same."""
    return _about_sessions(REMINDER, messages)


def _about_sessions(kind: str, messages: list[Message]) -> dict[int, Content]:
    """What tells of every session in which the speaker takes part."""
    invitations = _invitations(messages)
    contents = {}
    for message in messages:
        invitation = invitations.get(message.about_id)
        facts = schedule_of(invitation.wave) if invitation else None
        sessions = [own for own in own_sessions(facts, invitation.speaker_id) if not own.is_declined] if facts else []
        if sessions:
            values = speaker_values(invitation.wave, invitation.speaker) | session_values(sessions, facts)
            contents[message.pk] = _content(kind, values, invitation.wave, invitation.wave.publication_id)
    return contents


@_kind(CORRECTION, "Perubahan jadwal narasumber", CORRECTION_WORDS)
def speaker_schedule_changed(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who by now was told what holds, and who was never told anything."""
    invitations = _invitations(messages)
    heard = heard_by(invitations, without=[message.pk for message in messages])
    versions = Versions.of(invitation.wave_id for invitation in invitations.values())
    contents: dict[int, Content | Unfit] = {}
    for message in messages:
        invitation, one = invitations.get(message.about_id), heard.get(message.about_id)
        if invitation is None or one is None:
            continue
        if one.has_open or (one.queued and not invitation.wave.is_cancelled):
            # Its text is not known yet, and it may make this one needless.
            contents[message.pk] = _WAITS
        elif one.told:
            told = versions.facts.get(one.told.edition)
            if content := _correction(invitation, told, versions.declined_by(invitation.speaker_id)):
                contents[message.pk] = content
    return contents


@_kind(PROMOTION, "Narasumber cadangan menjadi utama", SESSION_WORDS, required=("tautan",))
def speaker_promoted(messages: list[Message]) -> dict[int, Content]:
    """Left out: who stands by again, has declined since, or whose session is gone."""
    rows = SessionSpeaker.objects.filter(role=SessionSpeaker.Role.SPEAKER)
    rows = rows.exclude(status=SessionSpeaker.Status.DECLINED)
    parts = rows.select_related("speaker", *(f"session__wave__{path}" for path in _WAVE)).in_bulk(
        {message.about_id for message in messages}
    )
    contents = {}
    for message in messages:
        if part := parts.get(message.about_id):
            wave = part.session.wave
            facts = schedule_of(wave)
            own = own_session(facts, part.speaker_id, part.session_id) if facts else None
            if own and part.speaker.link_id:
                values = speaker_values(wave, part.speaker) | session_values([own], facts)
                contents[message.pk] = _content(PROMOTION, values, wave, None)
    return contents


def _correction(invitation: SpeakerInvitation, told: dict | None, declined: set[int]) -> Content | None:
    wave = invitation.wave
    present = schedule_of(wave)
    found = differences(told, present, invitation.speaker_id, declined)
    if not found:
        return None
    values = speaker_values(wave, invitation.speaker)
    values |= correction_values(
        wave,
        told=told,
        present=present,
        changed=found.changed,
        new=found.new,
        gone=found.gone,
        link=values["tautan"],
    )
    return _content(CORRECTION, values, wave, wave.publication_id)


def _invitations(messages: list[Message]) -> dict[int, SpeakerInvitation]:
    """By primary key, those whose speaker has a link; one query."""
    rows = SpeakerInvitation.objects.exclude(speaker__link_id=None)
    rows = rows.select_related("speaker", *(f"wave__{path}" for path in _WAVE))
    return rows.in_bulk({message.about_id for message in messages})


def _content(kind: str, values: Mapping[str, str], wave: Wave, edition: int | None) -> Content:
    return written(kind, values, edition=edition, scope=scope_of_program(wave.program_id))
