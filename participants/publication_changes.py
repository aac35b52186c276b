"""What differs between two published schedules, in words that an official and a head understand."""

from datetime import date, datetime

from rtportal.lib import clock
from sessions.models import SessionSpeaker, TrainingSession

NOTHING = "(belum ada)"
GONE = "(dihapus)"
# In a session's words an empty room is the hall itself.
_HALL = "ruang utama"


def differences_in_words(before: dict | None, after: dict) -> list[dict[str, str]]:
    """Each difference as label, before, after; `before` None is a wave that nobody knows yet.

    Sessions are compared by their hours and by the day of the wave they are on: a wave that moves by a week with its
    whole agenda differs in its time alone.
    """
    pairs = [(label, words(before) if before else NOTHING, words(after)) for label, words in _PLAIN.items()]
    found = [{"label": label, "before": old, "after": new} for label, old, new in pairs if old != new]
    olds = {item["session"]: item for item in before["agenda"]} if before else {}
    news = {item["session"]: item for item in after["agenda"]}
    for key, item in news.items():
        new = _aspects(item, after)
        old = _aspects(olds[key], before) if key in olds else None
        label = f"Sesi “{item['title']}”"
        if old is None:
            found.append({"label": label, "before": NOTHING, "after": _joined(new[1:])})
        elif differing := [(one, two) for one, two in zip(old, new, strict=True) if one != two]:
            ones, twos = zip(*differing, strict=True)
            found.append({"label": label, "before": _joined(ones), "after": _joined(twos)})
    for gone in (item for key, item in olds.items() if key not in news):
        words = _joined(_aspects(gone, before)[1:])
        found.append({"label": f"Sesi “{gone['title']}”", "before": words, "after": GONE})
    return found


def concerns_agenda_alone(before: dict | None, after: dict) -> bool:
    """Whether day, hours and place of the wave are what they were."""
    return before is not None and all(words(before) == words(after) for words in _PLAIN.values())


def span_of(facts: dict) -> str:
    """`Rabu, 8 November 2023, 08.00–15.30 WITA`."""
    return clock.span_words(_instant(facts["starts_at"]), _instant(facts["ends_at"]), facts["zone"])


def place_of(facts: dict) -> str:
    """The hall with its address, if that is known."""
    return f"{facts['venue']}, {facts['address']}" if facts["address"] else facts["venue"]


_PLAIN = {"Waktu": span_of, "Tempat": place_of}


def _aspects(item: dict, facts: dict) -> list[str]:
    """What can differ in a session, each in words, always in this order; the title first."""
    return [
        f"“{item['title']}”",
        hours_of(item, facts),
        item["room"] or _HALL,
        item["group"] or "semua peserta",
        TrainingSession.Kind(item["kind"]).label,
        ", ".join(_speaker(part) for part in item["speakers"]) or "tanpa narasumber",
    ]


def hours_of(item: dict, facts: dict) -> str:
    """Local hours of an item of the agenda; on another day than the wave's first one, with that day."""
    zone = facts["zone"]
    starts, ends = _instant(item["starts_at"]), _instant(item["ends_at"])
    first, day = _day(facts["starts_at"], zone), clock.local_date(starts, zone)
    hours = f"{clock.time_words(starts, zone).split()[0]}–{clock.time_words(ends, zone)}"
    if first == day:
        return hours
    return f"hari ke-{(day - first).days + 1}, {hours}" if day > first else f"{clock.date_words(day)}, {hours}"


def _speaker(part: dict) -> str:
    role, status = SessionSpeaker.Role(part["role"]), SessionSpeaker.Status(part["status"])
    notes = [] if role == SessionSpeaker.Role.SPEAKER else [role.label.lower()]
    notes += [] if status == SessionSpeaker.Status.CONFIRMED else [status.label]
    return f"{part['title']} ({', '.join(notes)})" if notes else part["title"]


def _joined(aspects) -> str:
    return "; ".join(aspects)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _day(text: str, zone: str) -> date:
    return clock.local_date(_instant(text), zone)
