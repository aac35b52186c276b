"""What a personal link shows.

Several small joins instead of one wide one: PostgreSQL plans a join of nine tables longer than it needs for all of
these together.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from participants.models import RT, Enrolment, RTHead
from programs.models import Office, Program, Venue, Wave
from rtportal.lib import clock
from rtportal.lib.fixed_query import FixedQuery
from rtportal.regions.models import Region
from sessions.models import Speaker, TrainingSession

# The columns that are needed, in the order of the model's fields. Reading another one would cost a query.
_ENROLMENT = (
    "id wave_id head_id village_id link_hash link_revoked_at answer answered_at reason substitute_name substitute_phone"
    " companion_name"
).split()
_HEAD = ["id", "rt_id", "gelar_depan", "name", "gelar_belakang"]
_RT = ["id", "rw", "number"]
_VILLAGE = ["code", "name", "kind"]
_LINK = ["id", "wave_id", "link_hash", "link_revoked_at"]
_WAVE = ["id", "program_id", "venue_id", "starts_at", "ends_at"]
_VENUE = ["id", "name", "address"]
_PROGRAM = ["id", "office_id", "region_id", "name", "letter_number", "companions", "answer_days_before"]
_OFFICE = ["id", "name", "contact_name", "contact_phone", "greeting"]
_REGION = ["code", "time_zone"]
_SPEAKER = ["id", "gelar_depan", "name", "gelar_belakang", "position", "institution"]


def _columns(**parts: list[str]) -> list[str]:
    return [f"{path}__{name}".removeprefix("self__") for path, names in parts.items() for name in names]


_people = FixedQuery(
    lambda link_hash: (
        Enrolment.objects.filter(link_hash=link_hash)
        .order_by()
        .values_list(*_columns(self=_ENROLMENT, head=_HEAD, head__rt=_RT, village=_VILLAGE))
    ),
    "?",
)
_answering = FixedQuery(
    lambda link_hash: (
        Enrolment.objects.filter(link_hash=link_hash)
        .order_by()
        .values_list(*_columns(self=_LINK, wave=_WAVE, wave__program=_PROGRAM, wave__program__region=_REGION))
    ),
    "?",
)
_waves = FixedQuery(
    lambda pk: (
        Wave.objects.filter(pk=pk)
        .order_by()
        .values_list(
            *_columns(self=_WAVE, venue=_VENUE, program=_PROGRAM, program__office=_OFFICE, program__region=_REGION)
        )
    ),
    0,
)
_agendas = FixedQuery(
    lambda wave_id: (
        TrainingSession.objects.filter(wave_id=wave_id)
        # Speakers before the moderator.
        .order_by("starts_at", "id", "-session_speakers__role", "session_speakers__id")
        .values_list(
            "id",
            "title",
            "starts_at",
            "ends_at",
            "session_speakers__is_tentative",
            *_columns(session_speakers__speaker=_SPEAKER),
        )
    ),
    0,
)


def person_of_link(link_hash: str) -> Enrolment | None:
    """The enrolment that a link opens, with head, RT and village, but without its wave; one query."""
    for row in _people.rows(link_hash):
        values = iter(row)
        enrolment = _take(Enrolment, _ENROLMENT, values)
        enrolment.head = _take(RTHead, _HEAD, values)
        enrolment.head.rt = _take(RT, _RT, values)
        enrolment.village = _take(Region, _VILLAGE, values)
        return enrolment
    return None


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


def wave_rows(wave_id: int) -> tuple[tuple, tuple[tuple, ...]]:
    """The values of a wave and of its agenda, for `wave_of` and `agenda_of`: hashable, so that what is made of them
    can be remembered for as long as they are the same. Two queries."""
    return tuple(_waves.rows(wave_id)[0]), tuple(map(tuple, _agendas.rows(wave_id)))


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
    for session_id, title, starts_at, ends_at, is_tentative, *speaker in rows:
        if not lines or lines[-1].session_id != session_id:
            day = clock.local_date(starts_at, zone)
            heading = clock.date_words(day) if lasts_days and day != last_day else ""
            first, last = (clock.time_words(at, zone).split()[0] for at in (starts_at, ends_at))
            lines.append(AgendaLine(session_id, heading, f"{first}–{last}", title))
            last_day = day
        if is_tentative is not None:
            lines[-1].speakers.append((_take(Speaker, _SPEAKER, iter(speaker)), is_tentative))
    return lines


def _take(model: type[Model], names: list[str], values: Iterator) -> Model:
    return model.from_db(DEFAULT_DB_ALIAS, names, [next(values) for _ in names])
