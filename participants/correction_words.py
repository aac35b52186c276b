"""What a correction says: how it was and how it is now, for one participant."""

from participants.publication_changes import hours_of, place_of, span_of
from programs.models import Wave, WavePublication

# A session without a room of its own is in the hall itself.
_HALL = "ruang utama"


def what_changed(known: WavePublication | None, wave: Wave, *, was_cancelled: bool) -> dict:
    """Words for `schedule_changed` and `wave_cancelled`; `known` is what was told, None if nobody knows.

    Keys: `was_cancelled`; `former_wave` if it is another one, else None; `former_when` and `former_place`, empty
    where they hold unchanged (of a cancelled wave always said).
    """
    former = known.facts if known else None
    present = wave.publication.facts if wave.publication and not wave.is_cancelled else None
    words = {"was_cancelled": was_cancelled, "former_wave": None, "former_when": "", "former_place": ""}
    if former is None:
        return words
    if known.wave_id != wave.pk:
        words["former_wave"] = known.wave
    for key, say in (("former_when", span_of), ("former_place", place_of)):
        if present is None or say(former) != say(present):
            words[key] = say(former)
    return words


def agenda_changes(known: WavePublication | None, wave: Wave, group: str) -> list[str]:
    """Sessions of the same wave whose hours or room differ, a line each; a day that moved as a whole is not said again.

    Only what is for the participant's group, or for everybody.
    """
    if known is None or known.wave_id != wave.pk or wave.is_cancelled or not wave.publication:
        return []
    olds, news = _items(known.facts, group), _items(wave.publication.facts, group)
    lines = []
    for key, (title, hours, room) in news.items():
        if key not in olds:
            lines.append(f"{title}: baru, {hours}, {room}" if room else f"{title}: baru, {hours}")
            continue
        _, former_hours, former_room = olds[key]
        if hours != former_hours:
            lines.append(f"{title}: {former_hours} menjadi {hours}")
        if room != former_room:
            lines.append(f"{title}: tempatnya {former_room or _HALL} menjadi {room or _HALL}")
    lines += [f"{title}: ditiadakan" for key, (title, _, _) in olds.items() if key not in news]
    return lines


def _items(facts: dict, group: str) -> dict[int, tuple[str, str, str]]:
    """Title, hours in words and room, by session."""
    return {
        item["session"]: (item["title"], hours_of(item, facts), item["room"])
        for item in facts["agenda"]
        if not group or not item["group"] or item["group"] == group
    }
