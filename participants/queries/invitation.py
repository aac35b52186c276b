"""What a personal link shows."""

from dataclasses import dataclass

from participants.models import Enrolment
from programs.models import Wave
from rtportal.lib import clock
from sessions.queries import SpeakerPart, agenda


def enrolment_of_link(link_hash: str) -> Enrolment | None:
    """The enrolment a link opens, with everything its page says about head, wave and office; one query."""
    rows = Enrolment.objects.select_related(
        "head__rt", "village", "wave__venue", "wave__program__office", "wave__program__region"
    )
    return rows.filter(link_hash=link_hash).first()


@dataclass(frozen=True)
class AgendaLine:
    """One item as an RT head reads it: `hours` such as `09.00–10.00`, `day` only where a wave lasts several."""

    day: str
    hours: str
    title: str
    speakers: list[SpeakerPart]


def agenda_lines(wave: Wave) -> list[AgendaLine]:
    zone = wave.zone
    lasts_days = wave.local_day != clock.local_date(wave.ends_at, zone)
    lines, last_day = [], None
    for item in agenda(wave.pk):
        session = item.session
        day = clock.local_date(session.starts_at, zone)
        first, last = (clock.time_words(at, zone).split()[0] for at in (session.starts_at, session.ends_at))
        heading = clock.date_words(day) if lasts_days and day != last_day else ""
        lines.append(AgendaLine(heading, f"{first}–{last}", session.title, item.speakers))
        last_day = day
    return lines
