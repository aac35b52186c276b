"""Speakers in two places at once, or without the time to travel from one to the other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import asin, cos, radians, sin, sqrt

from programs.clash import SPEAKER, TRAVEL, Clash, make_key
from programs.clashes import are_neighbours
from programs.models import Venue, Wave
from rtportal.lib import clock
from sessions.bookings import BOOKED_ROLES
from sessions.models import SessionSpeaker, TrainingSession

# On a map a road is longer than the straight line, and roads of a kabupaten are slow: 40 km of straight line an hour.
STRAIGHT_KM_PER_HOUR = 40
# To take leave, find the car, park and be led in; all that is reckoned where a hall has no coordinates.
ON_FOOT = timedelta(minutes=15)
# Who has further to go needs a day of travel, which nobody reckons from here.
LONGEST_TRAVEL = timedelta(hours=12)
_EARTH_KM = 6371


@dataclass(frozen=True, eq=False)
class _Place:
    """A speaker is somewhere at some time: in a session as drafted, or as it is published and taken (`is_taken`)."""

    part: SessionSpeaker
    starts_at: datetime
    ends_at: datetime
    is_taken: bool

    @property
    def session(self) -> TrainingSession:
        return self.part.session

    @property
    def wave(self) -> Wave:
        return self.part.session.wave

    @property
    def pk(self) -> int:
        return self.part.session_id


def speaker_clashes(wave: Wave, parts: Iterable[SessionSpeaker]) -> list[Clash]:
    """The wave's speakers who are in two places at once, or cannot come from one to the other in time.

    Of the wave itself the drafted hours count, of others the drafted and the published ones. `parts` are those of the
    wave's speakers here and elsewhere, with `speaker`, `booking` and `session.wave` with `venue`, `program`.
    """
    found: dict[tuple, Clash] = {}
    in_order = sorted(parts, key=lambda part: (part.speaker_id, part.pk))
    for _, group in groupby(in_order, key=lambda part: part.speaker_id):
        places = [place for part in group for place in _places(part, wave)]
        for first, second in _near_pairs(places):
            if clash := _speaker_clash(wave, first, second):
                # With another session whose draft differs from what is published it may clash twice: once is told.
                pair = (clash.kind, first.part.speaker_id, frozenset({first.pk, second.pk}))
                if pair not in found or clash.is_refused:
                    found[pair] = clash
    return list(found.values())


def travel_time(one: Venue, other: Venue) -> timedelta:
    """How long a speaker needs from one hall to another; nothing within the same."""
    if one.pk == other.pk:
        return timedelta()
    distance = distance_km(one, other)
    hours = (distance or 0) / STRAIGHT_KM_PER_HOUR
    return min(ON_FOOT + timedelta(hours=hours), LONGEST_TRAVEL)


def distance_km(one: Venue, other: Venue) -> float | None:
    """The straight line between two halls (haversine), None if one of them has no coordinates."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    chord = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(chord)))


def _places(part: SessionSpeaker, wave: Wave) -> list[_Place]:
    if part.status == SessionSpeaker.Status.DECLINED:
        return []
    session = part.session
    drafted = _Place(part, session.starts_at, session.ends_at, is_taken=False)
    booking = getattr(part, "booking", None)
    if session.wave_id == wave.pk or booking is None:
        return [drafted]
    taken = _Place(part, booking.starts_at, booking.ends_at, is_taken=True)
    is_same = (booking.starts_at, booking.ends_at) == (session.starts_at, session.ends_at)
    return [taken] if is_same else [taken, drafted]


def _near_pairs(places: Iterable[_Place]) -> Iterator[tuple[_Place, _Place]]:
    """Each two that share some time, or lie in two halls with less than the longest journey between them.

    The earlier first. Not all pairs: somebody who speaks in a thousand sessions of one hall must be reckoned quickly.
    """
    running: list[_Place] = []
    over: dict[int, list[_Place]] = defaultdict(list)
    for second in sorted(places, key=lambda place: (place.starts_at, place.pk)):
        still = [place for place in running if place.ends_at > second.starts_at]
        for place in running:
            if place.ends_at <= second.starts_at:
                over[place.wave.venue_id].append(place)
        yield from ((first, second) for first in still)
        for hall, ended in over.items():
            if hall != second.wave.venue_id:
                over[hall] = [place for place in ended if second.starts_at - place.ends_at < LONGEST_TRAVEL]
                yield from ((first, second) for first in over[hall])
        running = [*still, second]


def _speaker_clash(wave: Wave, first: _Place, second: _Place) -> Clash | None:
    here = tuple(place.pk for place in (first, second) if place.wave.pk == wave.pk)
    elsewhere = tuple(place.wave.pk for place in (first, second) if place.wave.pk != wave.pk)
    standing_by = [place.part.role not in BOOKED_ROLES for place in (first, second)]
    if not here or first.pk == second.pk or all(standing_by):
        return None
    facts = (first.part.speaker_id, *_hours_of(first), *_hours_of(second))
    known = {"session_ids": here, "wave_ids": elsewhere}
    if second.starts_at < first.ends_at:
        return Clash(
            SPEAKER,
            make_key(SPEAKER, *facts),
            f"{_who(first, second)} tercantum pada dua sesi sekaligus: {_told(first, wave)} dan {_told(second, wave)}.",
            "Ubah waktu salah satu sesi, tunjuk narasumber cadangan, atau tanyakan lagi kesediaannya.",
            is_refused=all(_binds(place, wave) for place in (first, second)),
            **known,
        )
    needed = travel_time(first.wave.venue, second.wave.venue)
    gap = second.starts_at - first.ends_at
    if gap >= needed or not all(are_neighbours(wave, place.wave) for place in (first, second)):
        return None
    return Clash(
        TRAVEL,
        make_key(TRAVEL, *facts, needed),
        f"{_who(first, second)} hanya punya waktu {_minutes(gap)} menit dari {_told(first, wave)} ke "
        f"{_told(second, wave)}; {_way(first.wave.venue, second.wave.venue)}, perlu sekitar {_minutes(needed)} menit.",
        "Beri jeda yang lebih panjang, atau tukar urutan sesinya dengan narasumber lain.",
        **known,
    )


def _binds(place: _Place, wave: Wave) -> bool:
    """Published and said yes, or about to be: the database takes no second one at that time."""
    is_sure = place.part.status == SessionSpeaker.Status.CONFIRMED and place.part.role in BOOKED_ROLES
    return is_sure and (place.is_taken or place.wave.pk == wave.pk)


def _who(first: _Place, second: _Place) -> str:
    doubt = " (belum pasti)" if any(place.part.is_unsure for place in (first, second)) else ""
    spare = " (cadangan)" if any(place.part.role not in BOOKED_ROLES for place in (first, second)) else ""
    return f"{first.part.speaker.title}{doubt}{spare}"


def _told(place: _Place, wave: Wave) -> str:
    span = clock.span_words(place.starts_at, place.ends_at, wave.zone)
    if not are_neighbours(wave, place.wave):
        # What an office elsewhere plans is its own; that the speaker is taken must be told.
        return f"kegiatan di wilayah lain ({span})"
    name = f"“{place.session.title}”"
    if place.wave.pk != wave.pk:
        name += f" di {place.wave.title} {place.wave.program.name}"
    return f"{name} ({span})"


def _way(one: Venue, other: Venue) -> str:
    distance = distance_km(one, other)
    halls = f"{one.name} ke {other.name}"
    return f"{halls}: jarak belum diketahui" if distance is None else f"{halls}: {max(1, round(distance))} km"


def _minutes(length: timedelta) -> int:
    return round(length.total_seconds() / 60)


def _hours_of(place: _Place) -> tuple:
    return (place.pk, place.starts_at, place.ends_at)
