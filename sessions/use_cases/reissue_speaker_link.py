"""A speaker's personal link that was lost, or that somebody else has seen, is replaced."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import enqueue
from sessions.links import give_new_link
from sessions.models import Speaker, SpeakerInvitation
from sessions.speaker_drafts import SpeakerRoutes, invitation_draft
from sessions.speaker_facts import own_sessions
from sessions.speaker_told import INVITATION


@transaction.atomic
def reissue_speaker_link(*, speaker: Speaker, by: User, now: datetime) -> bool:
    """The caller has checked Right.SCHEDULE where the speaker belongs.

    Does: gives the speaker a new link (the first one, if there was none); the old one, and the calendar under it,
    opens nothing any more. Who was invited to a wave to come gets the invitation to the next one again, with the new
    link. Returns False if no message goes out: the link is then handed over by hand.
    Refuses: nothing.
    Tells: the speaker, through the outbox; one audit line at the speaker's region.
    """
    row = Speaker.objects.select_for_update(no_key=True).get(pk=speaker.pk)
    had_link = row.link_id is not None
    give_new_link(row)
    row.save(update_fields=["link_id", "link_hash"])
    is_told = _tell_again(row, now)
    record(
        at=now,
        actor=by,
        action="speaker.link_reissued",
        sentence=f"Tautan pribadi narasumber {row.title} "
        + ("diganti; tautan lama tidak berlaku lagi." if had_link else "dibuat."),
        region_code=row.region_id,
        subject=f"region:{row.region_id}",
        data={"speaker": row.pk},
    )
    return is_told


def _tell_again(speaker: Speaker, now: datetime) -> bool:
    rows = SpeakerInvitation.objects.filter(speaker=speaker, wave__publication__isnull=False, wave__cancelled_at=None)
    rows = rows.select_related("wave__program", "wave__publication").order_by("wave__starts_at", "pk")
    coming = []
    for invitation in rows:
        sessions = own_sessions(invitation.wave.publication.facts, speaker.pk)
        ends = [own.ends_at for own in sessions if not own.is_declined and own.ends_at > now]
        if ends:
            coming.append((invitation, max(ends)))
    if not coming:
        return False
    # One that waits carries the new link too: one message is enough.
    waiting = Message.objects.filter(kind=INVITATION, about_id__in=[invitation.pk for invitation, _ in coming])
    if waiting.waiting().exists():
        return True
    # A task in somebody's hands shows the old one.
    waiting.tasks().update(state=Message.State.WITHDRAWN, closed_at=now, detail="Diganti undangan dengan tautan baru.")
    invitation, until = coming[0]
    invitation.speaker = speaker
    routes = SpeakerRoutes(invitation.wave.program, [speaker])
    draft = invitation_draft(invitation, routes=routes, expires_at=until, now=now, again=str(speaker.link_id))
    return bool(enqueue([draft] if draft else [], now=now))
