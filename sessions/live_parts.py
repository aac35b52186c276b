"""Role and status of a speaker's part are live: they show in the published schedule without publishing again."""

from sessions.bookings import book_part
from sessions.models import SessionSpeaker
from sessions.speaker_facts import with_part


def show_part(part: SessionSpeaker) -> None:
    """Carry role and status of the part's row into the current version of the schedule and into the bookings.

    A vice minister who confirms the day before is certain everywhere right after; whatever else was changed in the
    rows stays a draft. The caller has locked the wave; `part` comes with `speaker`, `session.wave.publication` and
    `session.wave.program.region`. Refuses (Refusal): a yes to something at the time of another yes.
    """
    publication = part.session.wave.publication
    if publication is not None:
        facts = with_part(
            publication.facts,
            session_id=part.session_id,
            speaker_id=part.speaker_id,
            status=part.status,
            role=part.role,
        )
        if facts != publication.facts:
            publication.facts = facts
            publication.save(update_fields=["facts"])
    book_part(part)
