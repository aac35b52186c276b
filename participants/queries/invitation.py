"""What a personal link shows, in two queries that are planned once per connection."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import accumulate

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from participants.models import RT, Enrolment
from programs.models import Office, Program, Venue, Wave
from rtportal.lib import clock, names
from rtportal.lib.prepared import PreparedQuery
from rtportal.regions.models import Region
from sessions.models import SessionSpeaker, Speaker, TrainingSession

_PERSON = ["wave_id", "link_revoked_at", "answer", "answered_at", "reason"]
_PERSON += ["substitute_name", "substitute_phone", "companion_name"]
_NAME = ["head__gelar_depan", "head__name", "head__gelar_belakang"]
_PLACE = ["head__rt__rw", "head__rt__number", "village__kind", "village__name"]
# The columns that are needed of models, in the order of their fields. Reading another one would cost a query.
_LINK = ["id", "wave_id", "link_hash", "link_revoked_at"]
_WAVE = ["id", "program_id", "venue_id", "starts_at", "ends_at", "cancelled_at"]
_VENUE = ["id", "name", "address"]
_PROGRAM = ["id", "office_id", "region_id", "name", "letter_number", "companions", "answer_days_before"]
_OFFICE = ["id", "name", "contact_name", "contact_phone", "greeting"]
_REGION = ["code", "time_zone"]
_SPEAKER = ["id", "gelar_depan", "name", "gelar_belakang", "position", "institution"]


def _columns(**parts: list[str]) -> list[str]:
    return [f"{path}__{name}".removeprefix("self__") for path, names in parts.items() for name in names]


_invitations = PreparedQuery(
    lambda link_hash: (
        Enrolment.objects.filter(link_hash=link_hash)
        .order_by()
        .values_list(
            *_PERSON,
            *_NAME,
            *_PLACE,
            *_columns(
                wave=_WAVE,
                wave__venue=_VENUE,
                wave__program=_PROGRAM,
                wave__program__office=_OFFICE,
                wave__program__region=_REGION,
            ),
        )
    ),
    "?",
)
_answering = PreparedQuery(
    lambda link_hash: (
        Enrolment.objects.filter(link_hash=link_hash)
        .order_by()
        .values_list(*_columns(self=_LINK, wave=_WAVE, wave__program=_PROGRAM, wave__program__region=_REGION))
    ),
    "?",
)
_agendas = PreparedQuery(
    lambda wave_id: (
        TrainingSession.objects.filter(wave_id=wave_id)
        # Speakers before the moderator.
        .order_by("starts_at", "id", "-session_speakers__role", "session_speakers__id")
        .values_list(
            "id",
            "title",
            "starts_at",
            "ends_at",
            "session_speakers__status",
            *_columns(session_speakers__speaker=_SPEAKER),
        )
    ),
    0,
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link opens: the person with the present answer, and the values of the wave for `wave_of`.

    `unit` such as `RT 005/RW 002`, `village` such as `Kelurahan Pembataan`.
    """

    wave_id: int
    link_revoked_at: datetime | None
    answer: str
    answered_at: datetime | None
    reason: str
    substitute_name: str
    substitute_phone: str
    companion_name: str
    name: str
    unit: str
    village: str
    wave_row: tuple


def invitation_of_link(link_hash: str) -> Invitation | None:
    """One query. The values of the wave are hashable: what is made of them holds for as long as they are the same."""
    for row in _invitations.rows(link_hash):
        name_at, place_at, wave_at = accumulate((len(_PERSON), len(_NAME), len(_PLACE)))
        name = names.full_name(*row[name_at:place_at])
        rw, number, kind, village = row[place_at:wave_at]
        return Invitation(*row[:name_at], name, _unit(rw, number), _village(kind, village), row[wave_at:])
    return None


# People of a wave share their villages and the numbers of their units.
@lru_cache(maxsize=4096)
def _unit(rw: str, number: str) -> str:
    return RT(rw=rw, number=number).label


@lru_cache(maxsize=4096)
def _village(kind: str, name: str) -> str:
    return Region(kind=kind, name=name).full_name


def answering_of_link(link_hash: str) -> Enrolment | None:
    """The enrolment that a link opens, with just what an answer needs: wave, programme and region; one query."""
    for row in _answering.rows(link_hash):
        values = iter(row)
        enrolment = _take(Enrolment, _LINK, values)
        enrolment.wave = _take(Wave, _WAVE, values)
        enrolment.wave.program = _take(Program, _PROGRAM, values)
        enrolment.wave.program.region = _take(Region, _REGION, values)
        return enrolment
    return None


def agenda_rows(wave_id: int) -> tuple[tuple, ...]:
    """The values of a wave's agenda, hashable, for `agenda_of`; one query."""
    return tuple(_agendas.rows(wave_id))


def wave_of(row: tuple) -> Wave:
    """The wave with venue, programme, office and region."""
    values = iter(row)
    wave = _take(Wave, _WAVE, values)
    wave.venue = _take(Venue, _VENUE, values)
    wave.program = _take(Program, _PROGRAM, values)
    wave.program.office = _take(Office, _OFFICE, values)
    wave.program.region = _take(Region, _REGION, values)
    return wave


@dataclass
class AgendaLine:
    """One item as an RT head reads it: `hours` such as `09.00–10.00`, `day` only where a wave lasts several.

    Speakers are pairs of the speaker and whether that is still uncertain.
    """

    session_id: int
    day: str
    hours: str
    title: str
    speakers: list[tuple[Speaker, bool]] = field(default_factory=list)


def agenda_of(wave: Wave, rows: tuple[tuple, ...]) -> list[AgendaLine]:
    zone = wave.zone
    lasts_days = wave.local_day != clock.local_date(wave.ends_at, zone)
    lines: list[AgendaLine] = []
    last_day = None
    for session_id, title, starts_at, ends_at, status, *speaker in rows:
        if not lines or lines[-1].session_id != session_id:
            day = clock.local_date(starts_at, zone)
            heading = clock.date_words(day) if lasts_days and day != last_day else ""
            first, last = (clock.time_words(at, zone).split()[0] for at in (starts_at, ends_at))
            lines.append(AgendaLine(session_id, heading, f"{first}–{last}", title))
            last_day = day
        if status is not None and status != SessionSpeaker.Status.DECLINED:
            lines[-1].speakers.append(
                (_take(Speaker, _SPEAKER, iter(speaker)), status != SessionSpeaker.Status.CONFIRMED)
            )
    return lines


def _take(model: type[Model], names: list[str], values: Iterator) -> Model:
    return model.from_db(DEFAULT_DB_ALIAS, names, [next(values) for _ in names])
