"""Clashes inside an agenda: a room twice, a session out of its wave. Speakers are in `speaker_clashes.py`."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from programs.clash import OUTSIDE, ROOM, Clash, make_key
from programs.clashes import Span
from programs.models import Wave
from rtportal.lib import clock
from sessions.models import TrainingSession


def spans_of(sessions: Iterable[TrainingSession], zone: str) -> list[Span]:
    """The sessions as spans of time, breaks left out."""
    return [
        Span(_hours(session, zone), session.starts_at, session.ends_at, (session.pk,))
        for session in sessions
        if session.kind != TrainingSession.Kind.BREAK
    ]


def room_clashes(wave: Wave, sessions: Iterable[TrainingSession]) -> list[Clash]:
    """Overlapping sessions in one room; two breaks may share it. `wave` needs `venue`."""
    hall = wave.venue.name

    def key(session: TrainingSession) -> str:
        return room_key(session.room, hall)

    found = []
    for _, group in groupby(sorted(sessions, key=key), key=key):
        for first, second in overlapping_pairs(group):
            if first.kind == second.kind == TrainingSession.Kind.BREAK:
                continue
            where = f"ruang {first.room.strip()}" if key(first) else hall
            found.append(
                Clash(
                    ROOM,
                    make_key(ROOM, *_signature(first), *_signature(second)),
                    f"Dua sesi di {where} pada waktu yang sama: "
                    f"{_when(first, wave.zone)} dan {_when(second, wave.zone)}.",
                    "Pindahkan salah satu sesi ke ruang atau jam lain.",
                    session_ids=(first.pk, second.pk),
                )
            )
    return found


def outside_clashes(wave: Wave, sessions: Iterable[TrainingSession]) -> list[Clash]:
    """Sessions that begin before their wave or end after it."""
    return [
        Clash(
            OUTSIDE,
            make_key(OUTSIDE, *_signature(session), wave.starts_at, wave.ends_at),
            f"{_when(session, wave.zone)} berada di luar waktu gelombang: {wave.span_words}.",
            "Geser sesi itu ke dalam waktu gelombang, atau ubah waktu gelombang.",
            session_ids=(session.pk,),
        )
        for session in sessions
        if session.starts_at < wave.starts_at or session.ends_at > wave.ends_at
    ]


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


def _when(session: TrainingSession, zone: str) -> str:
    """`“Tupoksi RT” (Rabu, 8 November 2023, 08.00–09.00 WITA)`."""
    return f"“{session.title}” ({clock.span_words(session.starts_at, session.ends_at, zone)})"


def _hours(session: TrainingSession, zone: str) -> str:
    start = clock.time_words(session.starts_at, zone).split()[0]
    return f"“{session.title}” ({start}–{clock.time_words(session.ends_at, zone)})"


def _signature(session: TrainingSession) -> tuple:
    return (session.pk, session.starts_at, session.ends_at, session.room)
