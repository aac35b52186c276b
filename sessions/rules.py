"""What does not fit in an agenda: two things in one room, a person in two places, a session out of the wave's hours.

A conflict is told, never enforced: a hall may be divided by a curtain, and a speaker may hurry from one to the other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from programs.models import Wave
from rtportal.lib import clock
from rtportal.regions.codes import ancestors, within_q
from sessions.models import SessionSpeaker, TrainingSession

ROOM, SPEAKER, OUTSIDE, VENUE = "room", "speaker", "outside", "venue"


@dataclass(frozen=True)
class Conflict:
    """`kind` is one of the four above; `session_ids` are the sessions of the asked wave to be marked."""

    kind: str
    sentence: str
    session_ids: tuple[int, ...] = ()

    @property
    def is_warning(self) -> bool:
        """Something to look at, which is often meant so."""
        return self.kind in {OUTSIDE, VENUE}


def conflicts(wave: Wave) -> list[Conflict]:
    """Every conflict of the wave's agenda, sentences in Indonesian with times in the wave's zone.

    Other waves count where their programme lies in the wave's region, around it or inside it: those are the ones its
    officials see. Needs `program.region` and `venue`; three queries however long the agenda is.
    """
    zone = wave.zone
    sessions = list(wave.training_sessions.all())
    found = room_conflicts(sessions, hall=wave.venue.name, zone=zone)
    if sessions:
        found += speaker_conflicts(_parts_around(wave, sessions), wave_id=wave.pk, zone=zone)
    found += [_outside(session, wave) for session in sessions if not _is_within(session, wave)]
    return found + [_same_venue(wave, other) for other in _waves_in_same_venue(wave)]


def overlapping_pairs(sessions: Iterable[TrainingSession]) -> Iterator[tuple[TrainingSession, TrainingSession]]:
    """Each two of the sessions that share some time, once, the earlier first. Touching ends share none."""
    running: list[TrainingSession] = []
    for session in sorted(sessions, key=lambda session: (session.starts_at, session.pk)):
        running = [other for other in running if other.ends_at > session.starts_at]
        yield from ((other, session) for other in running)
        running.append(session)


def room_key(room: str, hall: str) -> str:
    """Rooms are typed by hand: letter case and spaces do not tell two apart, and no room is the main hall."""
    key = "".join(room.split()).casefold()
    return "" if key == "".join(hall.split()).casefold() else key


def room_conflicts(sessions: Iterable[TrainingSession], *, hall: str, zone: str) -> list[Conflict]:
    """Overlapping sessions of one wave in one room; `hall` is the venue's name."""

    def key(session: TrainingSession) -> str:
        return room_key(session.room, hall)

    found = []
    for _, group in groupby(sorted(sessions, key=key), key=key):
        for first, second in overlapping_pairs(group):
            where = f"ruang {first.room.strip()}" if key(first) else hall
            sentence = f"Dua sesi di {where} pada waktu yang sama: {_when(first, zone)} dan {_when(second, zone)}."
            found.append(Conflict(ROOM, sentence, (first.pk, second.pk)))
    return found


def speaker_conflicts(parts: Iterable[SessionSpeaker], *, wave_id: int, zone: str) -> list[Conflict]:
    """Speakers in two sessions at once, at least one of them of the wave; parts carry speaker, session and its wave."""
    found = []
    for _, group in groupby(sorted(parts, key=lambda part: part.speaker_id), key=lambda part: part.speaker_id):
        by_session = {part.session: part for part in group}
        for pair in overlapping_pairs(by_session):
            here = tuple(session.pk for session in pair if session.wave_id == wave_id)
            if here:
                doubt = " (belum pasti)" if any(by_session[session].is_unsure for session in pair) else ""
                places = " dan ".join(_when(session, zone, wave_id) for session in pair)
                who = by_session[pair[0]].speaker.title
                sentence = f"{who}{doubt} tercantum di dua tempat pada waktu yang sama: {places}."
                found.append(Conflict(SPEAKER, sentence, here))
    return found


def _when(session: TrainingSession, zone: str, wave_id: int | None = None) -> str:
    """`“Tupoksi RT” (Rabu, 8 November 2023, 08.00–09.00 WITA)`, with the other wave's name if it is another one."""
    name = f"“{session.title}”"
    if wave_id and session.wave_id != wave_id:
        name += f" di {session.wave.title} {session.wave.program.name}"
    return f"{name} ({clock.span_words(session.starts_at, session.ends_at, zone)})"


def _is_within(session: TrainingSession, wave: Wave) -> bool:
    return wave.starts_at <= session.starts_at and session.ends_at <= wave.ends_at


def _outside(session: TrainingSession, wave: Wave) -> Conflict:
    sentence = f"{_when(session, wave.zone)} berada di luar waktu gelombang: {wave.span_words}."
    return Conflict(OUTSIDE, sentence, (session.pk,))


def _same_venue(wave: Wave, other: Wave) -> Conflict:
    span = clock.span_words(other.starts_at, other.ends_at, wave.zone)
    return Conflict(
        VENUE, f"{wave.venue.name} juga dipakai oleh {other.title} {other.program.name} pada waktu yang sama ({span})."
    )


def _in_same_region(wave: Wave, field: str) -> Q:
    code = wave.program.region_id
    return within_q(field, [code]) | Q(**{f"{field}__in": ancestors(code)})


def _parts_around(wave: Wave, sessions: list[TrainingSession]):
    """Parts of the wave's speakers, in this wave or another, within the time its agenda spans."""
    return (
        SessionSpeaker.objects.filter(
            _in_same_region(wave, "session__wave__program__region_id"),
            speaker__in=SessionSpeaker.objects.filter(session__wave=wave).values("speaker"),
            session__starts_at__lt=max(session.ends_at for session in sessions),
            session__ends_at__gt=min(session.starts_at for session in sessions),
        )
        .select_related("speaker", "session__wave__program")
        .order_by("session__starts_at", "session_id")
    )


def _waves_in_same_venue(wave: Wave):
    return (
        Wave.objects.filter(
            _in_same_region(wave, "program__region_id"),
            venue=wave.venue_id,
            starts_at__lt=wave.ends_at,
            ends_at__gt=wave.starts_at,
        )
        .exclude(pk=wave.pk)
        .select_related("program")
    )
