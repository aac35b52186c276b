"""What everything recorded about one person in one session comes to: a pure function of the set of events.

In whatever order the logs of several desks arrive, in whatever pieces and however often, the same set of events gives
the same presence and the same problems. Nothing here knows of rows.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

IN, OUT, UNDO, CLEAR = "in", "out", "undo", "clear"
DOOR = "door"
# What a desk shows for somebody whom it knew to be present already.
ALREADY = "already"
DOUBLE, NOT_IN, TWO_PLACES, CLOCK, LATE_UNDO = "double", "not_in", "two_places", "clock", "late_undo"
# Of an event's problems those that follow from the set of events, and come and go with it.
FOUND_HERE = frozenset({DOUBLE, NOT_IN, TWO_PLACES, CLOCK, LATE_UNDO})

UNDO_WITHIN = timedelta(minutes=2)
# A desk's clock that is further off than this from its wave is not believed.
BELIEVED_AROUND_WAVE = timedelta(hours=12)


class Recorded(NamedTuple):
    """One event of a person in a session; `device` and `actor` are keys, `device_at` the desk's own clock."""

    uid: UUID
    kind: str
    source: str
    at: datetime
    device: int | None = None
    seq: int = 0
    actor: int | None = None
    companions: int = 0
    undoes: UUID | None = None
    shown: str = ""
    device_at: datetime | None = None


class Hours(NamedTuple):
    """When a session is held, and its wave."""

    starts_at: datetime
    ends_at: datetime
    wave_starts_at: datetime
    wave_ends_at: datetime


class Presence(NamedTuple):
    """In the hall `since`, recorded by `opened_by`; `left_at` is None for who has not gone, or has come back.

    `minutes` are those in the hall within the session's hours, None where nobody was recorded going out. `stays` are
    the spans in the hall, the last one open at its end where `left_at` is None.
    """

    since: datetime
    opened_by: Recorded
    left_at: datetime | None
    minutes: int | None
    companions: int
    stays: tuple[tuple[datetime, datetime | None], ...]


class Folded(NamedTuple):
    """`presence` is None for who does not count as present; `undone` are uids that a desk took back in time."""

    presence: Presence | None
    problems: dict[UUID, str]
    undone: frozenset[UUID]


def fold(events: Collection[Recorded], *, hours: Hours) -> Folded:
    """All events of one person in one session, in any order; the same one twice is one."""
    events = {event.uid: event for event in events}
    undone, problems = taken_back(events.values())
    cleared_until = max((event.at for event in events.values() if event.kind == CLEAR), default=None)
    steps = []
    for event in events.values():
        if event.kind not in {IN, OUT} or event.uid in undone:
            continue
        at = believed(event, hours)
        if cleared_until is None or at > cleared_until:
            steps.append((at, event))
            if at != event.at:
                problems[event.uid] = CLOCK
    presence = _walk(sorted(steps, key=_canonical), problems, hours)
    return Folded(presence, problems, frozenset(undone))


def two_places(found: Mapping[int, Folded], hours: Mapping[int, Hours]) -> dict[UUID, str]:
    """Problems of one person over all sessions: let in by a desk while still inside at another session held meanwhile.

    Both mappings are by the session's key. Only what officials did not enter themselves is doubted.
    """
    by_desk = [
        (folded.presence, hours[session])
        for session, folded in found.items()
        if folded.presence and folded.presence.opened_by.source == DOOR
    ]
    by_desk.sort(key=lambda each: _canonical((each[0].since, each[0].opened_by)))
    problems = {}
    for place, (later, held) in enumerate(by_desk):
        for earlier, other in by_desk[:place]:
            is_meanwhile = other.starts_at < held.ends_at and held.starts_at < other.ends_at
            if is_meanwhile and any(since <= later.since < (end or other.ends_at) for since, end in earlier.stays):
                problems[later.opened_by.uid] = TWO_PLACES
    return problems


def believed(event: Recorded, hours: Hours) -> datetime:
    """When it happened; where a desk's clock cannot be right, the nearest end of the session."""
    first = hours.wave_starts_at - BELIEVED_AROUND_WAVE
    if event.source != DOOR or first <= event.at <= hours.wave_ends_at + BELIEVED_AROUND_WAVE:
        return event.at
    return hours.starts_at if event.at < first else hours.ends_at


def taken_back(events: Iterable[Recorded]) -> tuple[set[UUID], dict[UUID, str]]:
    """Uids of what a desk took back in time, and the problems of undos that came too late."""
    events = {event.uid: event for event in events}
    undone, problems = set(), {}
    for event in events.values():
        target = events.get(event.undoes) if event.kind == UNDO else None
        # A desk takes back its own records only.
        if target is None or target.kind not in {IN, OUT} or target.device != event.device:
            continue
        if _is_in_time(event, target):
            undone.add(target.uid)
        else:
            problems[event.uid] = LATE_UNDO
    return undone, problems


def _is_in_time(undo: Recorded, target: Recorded) -> bool:
    """By the clock of the desk, which may be wrong but is one; whichever of both arrived first."""
    return abs((undo.device_at or undo.at) - (target.device_at or target.at)) <= UNDO_WITHIN


def _walk(steps: list[tuple[datetime, Recorded]], problems: dict[UUID, str], hours: Hours) -> Presence | None:
    """Go through the steps in order; adds to `problems`, where a wrong clock explains whatever else is odd."""
    stays: list[list[datetime | None]] = []
    # Which desk let them in as somebody new; one that knew them to be inside let nobody in.
    opened_by = desk = None
    companions, is_inside = 0, False
    for at, event in steps:
        if event.kind == IN:
            companions = max(companions, event.companions)
            if not is_inside:
                stays.append([at, None])
                opened_by, desk, is_inside = opened_by or event, None, True
            if event.device and event.shown != ALREADY:
                desk = desk or event.device
                if event.device != desk:
                    problems.setdefault(event.uid, DOUBLE)
        elif is_inside:
            stays[-1][1], is_inside = at, False
        elif not stays:
            problems.setdefault(event.uid, NOT_IN)
    if not stays:
        return None
    spans = tuple((since, end) for since, end in stays)
    left_at = stays[-1][1]
    minutes = _minutes(spans, hours) if len(stays) > 1 or left_at else None
    return Presence(stays[0][0], opened_by, left_at, minutes, companions, spans)


def _minutes(stays: Collection[tuple[datetime, datetime | None]], hours: Hours) -> int:
    inside = timedelta()
    for since, end in stays:
        first, last = max(since, hours.starts_at), min(end or hours.ends_at, hours.ends_at)
        inside += max(last - first, timedelta())
    return int(inside.total_seconds() // 60)


def _canonical(step: tuple[datetime, Recorded]) -> tuple:
    at, event = step
    # Where clocks are not believed, what they said still tells which came first.
    return at, event.at, event.device or 0, event.seq, event.uid
