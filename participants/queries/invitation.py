"""What a personal link shows, in one query that is planned once per connection.

Time, place and agenda are those of the publication, never of a draft.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import accumulate

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, OuterRef, Subquery, TextField
from django.db.models.functions import Cast

from participants.models import RT, Attendance, Enrolment, RetiredPass
from programs.models import Office, Program, Venue, Wave, WavePublication
from programs.paper_numbers import told_number
from rtportal.lib import clock, names
from rtportal.lib.prepared import PreparedQuery
from rtportal.regions.models import Region
from sessions.models import Material, SessionSpeaker

_PERSON = ["wave_id", "link_revoked_at", "answer", "answered_at", "reason"]
_PERSON += ["substitute_name", "substitute_phone", "companion_name", "group", "superseded_at"]
_PERSON += ["substitute_relation", "substitute_state", "substitute_note", "substitute_letter_at"]
_PERSON += ["id", "short_code", "attended", "shared"]
_NAME = ["head__gelar_depan", "head__name", "head__gelar_belakang"]
_PLACE = ["head__rt__rw", "head__rt__number", "village__kind", "village__name"]
# The columns that are needed of models, in the order of their fields. Reading another one would cost a query.
_LINK = ["id", "wave_id", "link_hash", "link_revoked_at", "superseded_at"]
_WAVE = ["id", "program_id", "starts_at", "ends_at", "invitations_opened_at", "publication_id", "cancelled_at"]
_PROGRAM = ["id", "office_id", "region_id", "name", "letter_number", "companions", "substitutes", "substitute_letter"]
_PROGRAM += ["bring", "answer_days_before"]
_OFFICE = ["id", "name", "contact_name", "contact_phone", "greeting"]
_REGION = ["code", "time_zone"]
# Whether there is more to read, which most visits do not need: any value of the first row, None without one.
_MORE = {
    "attended": Subquery(Attendance.objects.filter(enrolment=OuterRef("pk")).order_by().values("session")[:1]),
    "shared": Subquery(
        Material.objects.filter(session__wave=OuterRef("wave"), released_at__isnull=False).order_by().values("size")[:1]
    ),
}
# As text, which is hashable: it is parsed once for as long as it says the same.
_FACTS = Cast("wave__publication__facts", TextField())


def _columns(**parts: list[str]) -> list[str]:
    return [f"{path}__{name}".removeprefix("self__") for path, names in parts.items() for name in names]


_invitations = PreparedQuery(
    lambda link_hash: (
        Enrolment.objects.filter(link_hash=link_hash)
        .annotate(**_MORE)
        .order_by()
        .values_list(
            *_PERSON,
            *_NAME,
            *_PLACE,
            *_columns(
                wave=_WAVE,
                wave__program=_PROGRAM,
                wave__program__office=_OFFICE,
                wave__program__region=_REGION,
            ),
            _FACTS,
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


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link opens: the person with the present answer, and the values of the wave for `wave_of`.

    `unit` such as `RT 005/RW 002`, `village` such as `Kelurahan Pembataan`. `attended` and `shared` are None where
    nobody recorded the person as present and no material is shared.
    """

    wave_id: int
    link_revoked_at: datetime | None
    answer: str
    answered_at: datetime | None
    reason: str
    substitute_name: str
    substitute_phone: str
    companion_name: str
    group: str
    superseded_at: datetime | None
    substitute_relation: str
    substitute_state: str
    substitute_note: str
    substitute_letter_at: datetime | None
    id: int
    short_code: str | None
    attended: int | None
    shared: int | None
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


def retired_pass(**key: str) -> RetiredPass | None:
    """A link or code that died, by `link_hash` or `short_code`, with whom to ask; one query."""
    rows = RetiredPass.objects.select_related("enrolment__wave__program__office")
    return rows.filter(**key).order_by().first()


def wave_of(row: tuple) -> Wave:
    """The wave as published, with venue, programme, office and region; a draft has no venue and no publication."""
    values = iter(row)
    wave = _take(Wave, _WAVE, values)
    wave.program = _take(Program, _PROGRAM, values)
    wave.program.office = _take(Office, _OFFICE, values)
    wave.program.region = _take(Region, _REGION, values)
    # As people read it, not its pattern.
    wave.program.letter_number = told_number(wave)
    if facts := json.loads(next(values) or "null"):
        wave.publication = WavePublication(pk=wave.publication_id, facts=facts)
        place = {"latitude": facts.get("latitude"), "longitude": facts.get("longitude")}
        wave.venue = Venue(pk=facts["venue_id"], name=facts["venue"], address=facts["address"], **place)
        wave.starts_at, wave.ends_at = _instant(facts["starts_at"]), _instant(facts["ends_at"])
    return wave


@dataclass
class AgendaLine:
    """One item as an RT head reads it: `hours` such as `09.00–10.00`, `day` only where a wave lasts several.

    `place` says room and group where there are any. Speakers are their titles with whether they are still uncertain.
    """

    day: str
    hours: str
    title: str
    place: str
    speakers: list[tuple[str, bool]]


def agenda_of(wave: Wave, group: str) -> list[AgendaLine]:
    """The published agenda for somebody of the parallel `group`; empty means every group's."""
    if wave.publication is None:
        return []
    zone = wave.zone
    lasts_days = wave.local_day != clock.local_date(wave.ends_at, zone)
    lines: list[AgendaLine] = []
    last_day = None
    for item in wave.publication.facts["agenda"]:
        if group and item["group"] not in {"", group}:
            continue
        starts_at, ends_at = _instant(item["starts_at"]), _instant(item["ends_at"])
        day = clock.local_date(starts_at, zone)
        heading = clock.date_words(day) if lasts_days and day != last_day else ""
        first, last = (clock.time_words(at, zone).split()[0] for at in (starts_at, ends_at))
        place = ", ".join(word for word in (item["room"], item["group"]) if word)
        lines.append(AgendaLine(heading, f"{first}–{last}", item["title"], place, _speakers(item)))
        last_day = day
    return lines


def _speakers(item: dict) -> list[tuple[str, bool]]:
    """Who is expected; who declined or only stands by is not."""
    status, role = SessionSpeaker.Status, SessionSpeaker.Role
    return [
        (", ".join(word for word in (part["title"], part["institution"]) if word), part["status"] != status.CONFIRMED)
        for part in item["speakers"]
        if part["status"] != status.DECLINED and part["role"] != role.STANDBY
    ]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _take(model: type[Model], names: list[str], values: Iterator) -> Model:
    return model.from_db(DEFAULT_DB_ALIAS, names, [next(values) for _ in names])
