"""What the portal writes to speakers. The words are in `templates/messages/<kind>/`.

A text is made when its message is sent, from the schedule that is published at that moment.
"""

from django.template.loader import get_template

from programs.models import Wave
from rtportal.lib import clock
from rtportal.messaging.kinds import Content, Unfit, message_kind
from rtportal.messaging.models import Message
from sessions.links import personal_url
from sessions.models import SessionSpeaker, Speaker, SpeakerInvitation
from sessions.speaker_facts import OwnSession, own_session, own_sessions, place_words
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

_WAITS = Unfit(Message.State.QUEUED, "Menunggu pesan sebelumnya kepada narasumber ini.")
_WAVE = ("program__office", "program__region", "publication")


@message_kind(INVITATION, label="Undangan narasumber")
def speaker_invitation(messages: list[Message]) -> dict[int, Content]:
    """Left out: who has no session any more in the published schedule, or declined all of them."""
    return _about_sessions(INVITATION, messages)


@message_kind(REMINDER, label="Pengingat narasumber")
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
            words = _words(invitation.wave, invitation.speaker)
            words["sessions"] = [_session_words(own, facts) for own in sessions]
            contents[message.pk] = _content(kind, words, invitation.wave.publication_id)
    return contents


@message_kind(CORRECTION, label="Perubahan jadwal narasumber")
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


@message_kind(PROMOTION, label="Narasumber cadangan menjadi utama")
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
                words = _words(wave, part.speaker) | {"session": _session_words(own, facts)}
                contents[message.pk] = _content(PROMOTION, words, None)
    return contents


def _correction(invitation: SpeakerInvitation, told: dict | None, declined: set[int]) -> Content | None:
    wave = invitation.wave
    present = schedule_of(wave)
    found = differences(told, present, invitation.speaker_id, declined)
    if not found:
        return None
    # The zone and place of the time before are those that were told.
    words = _words(wave, invitation.speaker) | {
        "changed": [(_session_words(old, told), _session_words(new, present)) for old, new in found.changed],
        "gone": [_session_words(own, told) for own in found.gone],
        "new": [_session_words(own, present) for own in found.new],
    }
    return _content(CORRECTION, words, wave.publication_id)


def _invitations(messages: list[Message]) -> dict[int, SpeakerInvitation]:
    """By primary key, those whose speaker has a link; one query."""
    rows = SpeakerInvitation.objects.exclude(speaker__link_id=None)
    rows = rows.select_related("speaker", *(f"wave__{path}" for path in _WAVE))
    return rows.in_bulk({message.about_id for message in messages})


def _words(wave: Wave, speaker: Speaker) -> dict:
    return {
        "wave": wave,
        "program": wave.program,
        "office": wave.program.office,
        "speaker": speaker,
        "link": personal_url(speaker.link_id),
    }


def _session_words(own: OwnSession, facts: dict) -> dict:
    return {
        "title": own.title,
        "role": SessionSpeaker.Role(own.role).label.lower(),
        "when": clock.span_words(own.starts_at, own.ends_at, facts["zone"]),
        "place": place_words(own, facts),
    }


def _content(kind: str, words: dict, edition: int | None) -> Content:
    subject = " ".join(get_template(f"messages/{kind}/subject.txt").render(words).split())[:200]
    text = get_template(f"messages/{kind}/body.txt").render(words).strip() + "\n"
    return Content(subject, text, edition)
