"""Who stood by becomes the main speaker of a session."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from rtportal.accounts.models import User
from rtportal.messaging.outbox import enqueue
from sessions.live_parts import show_part
from sessions.models import SessionSpeaker
from sessions.queries.session_values import session_values
from sessions.speaker_drafts import promotion_draft
from sessions.use_cases._answering import locked_part
from sessions.use_cases._session_edits import tell_edits


@transaction.atomic
def promote_standby(*, part: SessionSpeaker, actor: User, now: datetime) -> SessionSpeaker:
    """The caller has checked Right.SCHEDULE where the session is held.

    Does: makes the stand-by of a session its speaker; in a published wave this shows at once, and who had said yes
    is taken for the published hours. Whom they replace stays listed with the answer given.
    Refuses (Refusal, nothing changed): somebody who does not stand by (any more); a yes at the time of another yes.
    Tells: one audit line at the wave, and the speaker, if invited to the wave and reachable.
    """
    row = locked_part(pk=part.pk)
    if row is None or row.role != SessionSpeaker.Role.STANDBY:
        raise Refusal("Narasumber ini bukan (lagi) cadangan pada sesi itu.")
    session, wave = row.session, row.session.wave
    before = session_values(session, wave.zone)
    row.role = SessionSpeaker.Role.SPEAKER
    row.save(update_fields=["role"])
    # Who has the session's form open right now is told before overwriting this.
    session.version += 1
    session.save(update_fields=["version"])
    show_part(row)
    draft = promotion_draft(row, now=now)
    enqueue([draft] if draft else [], now=now)
    tell_edits(
        [(session, before)],
        wave=wave,
        action="speaker.promoted",
        sentence=f"{row.speaker} menjadi narasumber utama sesi “{session.title}”, semula cadangan.",
        actor=actor,
        now=now,
    )
    return row
