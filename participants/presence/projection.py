"""Writing to the log of attendance: whoever records attendance goes through here.

`Attendance` and the problems of events follow from the set of events alone (`merge.py`). So whatever changes that set
folds the people concerned anew, under the locks of their enrolments (`folding.py`). Who locks more takes the wave
first, then the desk, sessions, walk-ins and enrolments, each by key: so nobody waits in a circle.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from participants.models import AttendanceEvent, WalkIn
from participants.presence.folding import RECORDED, Pair, fold_people, hours_of, lock_enrolments
from participants.presence.merge import Folded, Recorded, believed, taken_back
from sessions.models import TrainingSession

_KIND = AttendanceEvent.Kind
_TICK = timedelta(microseconds=1)


class Recording(NamedTuple):
    """What recording came to: the events that were new; (enrolment, session) of every uid that has an enrolment, old
    ones too; and what each of those pairs comes to now.
    """

    new: list[AttendanceEvent]
    pairs: dict[UUID, Pair]
    folded: dict[Pair, Folded]


def record_events(events: Sequence[AttendanceEvent], *, now: datetime) -> list[AttendanceEvent]:
    """Add events to the log, and return those that were not in it yet (without their keys).

    Does: keeps each uid once; writes the attendances and problems that follow. Whoever is in another wave than the
    event by now, moved at this moment, keeps no part in it, and the event has the problem `wrong_wave`. What an undo
    takes back is found by its uid, whichever of both arrived first.
    Belongs into the caller's transaction. Its number of statements does not grow with the number of events.
    """
    return record(events, now=now).new


@transaction.atomic
def record(events: Sequence[AttendanceEvent], *, now: datetime) -> Recording:
    """`record_events`, for who wants to know what each event came to, new or not."""
    uids = {event.uid for event in events}
    rows = AttendanceEvent.objects.filter(uid__in=uids | {event.undoes for event in events if event.undoes})
    known = {row[0]: row[1:] for row in rows.order_by().values_list("uid", "enrolment_id", "walk_in_id")}
    _lock_walk_ins({walk_in for _, walk_in in known.values()} | {event.walk_in_id for event in events})
    locked = lock_enrolments({key for key, _ in known.values()} | {event.enrolment_id for event in events})
    new = list({event.uid: event for event in events if event.uid not in known}.values())
    for event in new:
        event.received_at = now
        if event.enrolment_id and locked.get(event.enrolment_id) != event.wave_id:
            event.enrolment_id, event.problem = None, AttendanceEvent.Problem.WRONG_WAVE
    AttendanceEvent.objects.bulk_create(new, ignore_conflicts=True)
    _join_undos([event.uid for event in new], now)
    concerned = AttendanceEvent.objects.filter(uid__in=uids, enrolment__isnull=False).order_by()
    pairs = {uid: (key, session) for uid, key, session in concerned.values_list("uid", "enrolment_id", "session_id")}
    keys = {key for key, _ in pairs.values()}
    # Somebody may have been given an event between the first look and the lock.
    lock_enrolments(keys - locked.keys())
    folded = fold_people(keys)
    return Recording(new, pairs, {pair: folded[pair] for pair in pairs.values()})


@transaction.atomic
def refold(pairs: Iterable[Pair]) -> None:
    """After events were given to another enrolment, or taken from one.

    `pairs` are all (enrolment, session) concerned, before and after. Belongs into the transaction that changed them.
    """
    changed = {pair for pair in pairs if pair[0]}
    fold_people(lock_enrolments(key for key, _ in changed).keys(), emptied=changed)


def instants_after(enrolments: Collection[int], session: TrainingSession, *, now: datetime) -> dict[int, datetime]:
    """For each enrolment when an official's record must be, to count as the last word: `now`, or right after what a
    desk recorded later, whose clock is ahead. Call it under the locks of the enrolments.
    """
    instants = dict.fromkeys(enrolments, now)
    events = AttendanceEvent.objects.filter(session=session, enrolment__in=enrolments).order_by()
    rows = list(events.values_list("enrolment_id", *RECORDED))
    hours = hours_of({session.pk})[session.pk] if rows else None
    for key, *values in rows:
        instants[key] = max(instants[key], believed(Recorded(*values), hours) + _TICK)
    return instants


def _lock_walk_ins(keys: set[int | None]) -> None:
    if keys := keys - {None}:
        rows = WalkIn.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
        list(rows.values_list("pk"))


def _join_undos(fresh: Sequence[UUID], now: datetime) -> None:
    """Give undos to whom the undone events belong: new ones, and those that waited for the event they undo."""
    undone = AttendanceEvent.objects.filter(
        uid=OuterRef("undoes"), device=OuterRef("device"), kind__in=[_KIND.IN, _KIND.OUT]
    )
    undos = AttendanceEvent.objects.filter(Q(uid__in=fresh) | Q(undoes__in=fresh), kind=_KIND.UNDO).order_by()
    columns = ("enrolment_id", "session_id", "walk_in_id")
    if undos.filter(Exists(undone)).update(**{name: Subquery(undone.values(name)[:1]) for name in columns}):
        _take_guests_back(undos.filter(walk_in__isnull=False).values("walk_in"), now)


def _take_guests_back(walk_ins: QuerySet, now: datetime) -> None:
    """A guest whom the desk took back in time never came. Until matched they are nobody's, so they are not folded."""
    logs: dict[int, list[Recorded]] = defaultdict(list)
    for walk_in, *values in AttendanceEvent.objects.filter(walk_in__in=walk_ins).values_list("walk_in_id", *RECORDED):
        logs[walk_in].append(Recorded(*values))
    found = {walk_in: taken_back(log) for walk_in, log in logs.items()}
    dropped = [walk_in for walk_in, (undone, _) in found.items() if undone]
    late = [uid for _, problems in found.values() for uid in problems]
    WalkIn.objects.filter(pk__in=dropped, dropped_at=None).update(dropped_at=now)
    AttendanceEvent.objects.filter(uid__in=late).update(problem=AttendanceEvent.Problem.LATE_UNDO)
