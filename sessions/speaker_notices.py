"""Telling speakers that what they were told is no longer so."""

from datetime import datetime

from programs.models import Wave
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft, enqueue
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from sessions.models import SpeakerInvitation
from sessions.speaker_drafts import SpeakerRoutes, correction_draft
from sessions.speaker_facts import own_sessions
from sessions.speaker_told import (
    ANNOUNCEMENTS,
    CORRECTION,
    INVITATION,
    Heard,
    Versions,
    differences,
    heard_by,
    schedule_of,
)


def correct_speakers(wave: Wave, *, now: datetime) -> int:
    """Queue one correction to each speaker who was told something else than holds now; returns how many are new.

    Called inside the transaction that published the wave's present schedule or cancelled the wave; `wave` is locked
    and comes with `publication` and `program`. Who has a correction waiting already gets no second one, nor who still
    waits for the invitation itself: those texts are made when they are sent. A session that is over is not corrected.
    """
    # What follows a failure waits by then, and is brought in line like everything else that waits.
    pass_on_failures(now=now)
    invitations = SpeakerInvitation.objects.filter(wave=wave).select_related("speaker").in_bulk()
    heard = _hold_waiting(invitations)
    _move_limits(invitations, heard, wave)
    versions = Versions.of([wave.pk])
    routes = SpeakerRoutes(wave.program, [invitation.speaker for invitation in invitations.values()])
    drafts = []
    for pk, one in heard.items():
        invitation = invitations[pk]
        invitation.wave = wave
        drafts.append(_correction(invitation, one, routes, versions, now))
    return enqueue([draft for draft in drafts if draft], now=now)


def _hold_waiting(invitations: dict[int, SpeakerInvitation]) -> dict[int, Heard]:
    """Lock what waits for the speakers, and return what they have heard.

    A worker that takes one of these meanwhile would render the old schedule: it waits or passes them over, and what was
    taken before is seen as such. One that a worker gives back in between is held as well.
    """
    waiting = Message.objects.waiting().filter(kind__in=ANNOUNCEMENTS, about_id__in=invitations)
    held: set[int] = set()
    while True:
        held.update(waiting.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
        heard = heard_by(invitations)
        if all(message.pk in held for one in heard.values() for message in one.queued):
            return heard


def _move_limits(invitations: dict[int, SpeakerInvitation], heard: dict[int, Heard], wave: Wave) -> None:
    """What waits may wait until the last session of its speaker, whenever that is by now."""
    facts = schedule_of(wave)
    if facts is None:
        return
    moved = []
    for pk, one in heard.items():
        ends = [own.ends_at for own in own_sessions(facts, invitations[pk].speaker_id) if not own.is_declined]
        for message in one.queued:
            if ends and message.expires_at != max(ends):
                message.expires_at = max(ends)
                moved.append(message)
    Message.objects.bulk_update(moved, ["expires_at"])


def _correction(
    invitation: SpeakerInvitation, heard: Heard, routes: SpeakerRoutes, versions: Versions, now: datetime
) -> Draft | None:
    wave, speaker = invitation.wave, invitation.speaker_id
    # An invitation that waits says what holds then; of a cancelled wave it says nothing.
    covered = (CORRECTION,) if wave.is_cancelled else (CORRECTION, INVITATION)
    if heard.told is None or heard.waits(*covered):
        return None
    told = versions.facts.get(heard.told.edition)
    found = differences(told, schedule_of(wave), speaker, versions.declined_by(speaker))
    until = found.last_moment if found else wave.ends_at
    # What somebody was told whose text nobody knows is looked at again when the correction is about to be sent.
    if (told and not found) or until <= now:
        return None
    version = "cancelled" if wave.is_cancelled else str(wave.publication_id)
    return correction_draft(invitation, routes=routes, told=heard.told, version=version, expires_at=until, now=now)
