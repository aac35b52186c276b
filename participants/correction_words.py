"""What a correction says: how it was and how it is now, for one participant."""

from participants.publication_changes import hours_of, place_of, span_of
from programs.models import Wave, WavePublication

# A session without a room of its own is in the hall itself.
_HALL = "ruang utama"
_ASPECTS = (("Waktu", span_of), ("Tempat", place_of))


def change_words(known: WavePublication | None, wave: Wave, group: str, *, was_cancelled: bool) -> str:
    """`perubahan` of a corrected schedule: how it was where that is known, how it is, and what of the agenda differs.

    `known` is what was told, None if nobody knows; the wave has a publication.
    """
    present = wave.publication.facts
    blocks = []
    if was_cancelled:
        blocks.append(
            f"Pembatalan yang kami sampaikan sebelumnya tidak berlaku lagi: Bapak/Ibu mengikuti {wave.title}."
        )
    elif known and known.wave_id != wave.pk:
        blocks.append(f"Bapak/Ibu pindah dari {known.wave.title} ke {wave.title}.")
    if known:
        former = [f"{label}: {say(known.facts)}" for label, say in _ASPECTS if say(known.facts) != say(present)]
        blocks += [_block("Semula:", former)] if former else []
    blocks.append(_block("Sekarang:", [f"{label}: {say(present)}" for label, say in _ASPECTS]))
    if lines := agenda_changes(known, wave, group):
        blocks.append(_block("Perubahan susunan acara:", [f"- {line}" for line in lines]))
    return "\n\n".join(blocks)


def cancel_words(known: WavePublication | None, wave: Wave) -> str:
    """`rincian` of a cancelled wave: what was told of it, if that is known, and why it is called off."""
    blocks = ["\n".join(f"{label}: {say(known.facts)}" for label, say in _ASPECTS)] if known else []
    blocks += [f"Alasan: {wave.cancel_reason}"] if wave.cancel_reason else []
    return "\n\n".join(blocks)


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


def _block(heading: str, lines: list[str]) -> str:
    return "\n".join([heading, *lines])
