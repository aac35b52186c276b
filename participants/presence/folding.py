"""Reading the log of people whose enrolments are locked, and writing what it comes to."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from participants.models import Attendance, AttendanceEvent, Enrolment
from participants.presence.merge import FOUND_HERE, Folded, Hours, Recorded, fold, two_places
from sessions.models import TrainingSession

Pair = tuple[int, int]

# The columns of `Recorded`, in its order.
RECORDED = ("uid", "kind", "source", "at", "device_id", "seq", "actor_id", "companions", "undoes", "shown", "device_at")
_WRITTEN = ("marked_at", "marked_by_id", "device_id", "left_at", "minutes", "companions")
_HOURS = ("starts_at", "ends_at", "wave__starts_at", "wave__ends_at")


def lock_enrolments(keys: Iterable[int | None]) -> dict[int, int]:
    """Their waves by key. Nobody moves these people, or records them, until the transaction ends."""
    rows = Enrolment.objects.select_for_update(no_key=True).filter(pk__in={key for key in keys if key})
    return dict(rows.order_by("pk").values_list("pk", "wave_id"))


def hours_of(sessions: Collection[int]) -> dict[int, Hours]:
    rows = TrainingSession.objects.filter(pk__in=sessions).order_by()
    return {key: Hours(*hours) for key, *hours in rows.values_list("pk", *_HOURS)}


def fold_people(keys: Collection[int], *, emptied: Collection[Pair] = ()) -> dict[Pair, Folded]:
    """What the log of these enrolments comes to in each of their sessions, written where it was otherwise so far.

    `emptied` are pairs that may have lost their last event. Three statements to read and at most eight to write,
    however many people.
    """
    logs: dict[Pair, list[Recorded]] = defaultdict(list)
    so_far: dict = {}
    rows = AttendanceEvent.objects.filter(enrolment__in=keys).order_by()
    for enrolment, session, pk, problem, *values in rows.values_list(
        "enrolment_id", "session_id", "pk", "problem", *RECORDED
    ):
        event = Recorded(*values)
        logs[enrolment, session].append(event)
        so_far[event.uid] = (pk, problem)
    hours = hours_of({session for _, session in logs})
    folded = {pair: fold(events, hours=hours[pair[1]]) for pair, events in logs.items()}
    problems = {uid: word for each in folded.values() for uid, word in each.problems.items()}
    _write_problems(so_far, _across_sessions(folded, hours) | problems)
    _write_attendances(keys, folded, emptied)
    return folded


def _across_sessions(folded: dict[Pair, Folded], hours: dict[int, Hours]) -> dict:
    by_person: dict[int, dict[int, Folded]] = defaultdict(dict)
    for (enrolment, session), each in folded.items():
        if each.presence:
            by_person[enrolment][session] = each
    problems: dict = {}
    for sessions in by_person.values():
        if len(sessions) > 1:
            problems |= two_places(sessions, hours)
    return problems


def _write_problems(so_far: dict, problems: dict) -> None:
    changed: dict[str, list[int]] = defaultdict(list)
    for uid, (pk, before) in so_far.items():
        word = problems.get(uid, "")
        # What a desk met at the scan itself stays for whoever looks into it.
        if word != before and (word or before in FOUND_HERE):
            changed[word].append(pk)
    for word, keys in changed.items():
        AttendanceEvent.objects.filter(pk__in=keys).update(problem=word)


def _write_attendances(keys: Collection[int], folded: dict[Pair, Folded], emptied: Collection[Pair]) -> None:
    rows = Attendance.objects.filter(enrolment__in=keys).order_by()
    present = {
        (enrolment, session): (pk, tuple(values))
        for pk, enrolment, session, *values in rows.values_list("pk", "enrolment_id", "session_id", *_WRITTEN)
    }
    changed, gone = [], []
    for pair, each in folded.items():
        pk, before = present.get(pair, (None, None))
        values = _values(each)
        if values is None:
            gone += [pk] if pk else []
        elif values != before:
            changed.append(
                Attendance(enrolment_id=pair[0], session_id=pair[1], **dict(zip(_WRITTEN, values, strict=True)))
            )
    gone += [present[pair][0] for pair in set(emptied) - folded.keys() if pair in present]
    if gone:
        Attendance.objects.filter(pk__in=gone).delete()
    Attendance.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["enrolment", "session"],
        update_fields=[name.removesuffix("_id") for name in _WRITTEN],
    )


def _values(folded: Folded) -> tuple | None:
    """As in `_WRITTEN`; None for who is not present."""
    if folded.presence is None:
        return None
    found, by = folded.presence, folded.presence.opened_by
    # One of both always says who recorded it.
    return found.since, by.actor, by.device, found.left_at, found.minutes, found.companions
