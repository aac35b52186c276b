"""Words in braces that texts to speakers know: what people call them, a usual value, the values themselves."""

from collections.abc import Iterable, Mapping, Sequence

from programs.models import Wave
from programs.paper_numbers import told_number
from programs.vocabulary import PROGRAM_EXAMPLES, PROGRAM_WORDS, program_values
from rtportal.lib import clock
from sessions.links import personal_url
from sessions.models import SessionSpeaker, Speaker
from sessions.speaker_facts import OwnSession, place_words

_SPEAKER_WORDS: Mapping[str, str] = {
    **PROGRAM_WORDS,
    "nama": "nama dan jabatan narasumber",
    "tautan": "tautan pribadi narasumber",
}
SESSION_WORDS: Mapping[str, str] = {
    **_SPEAKER_WORDS,
    "sesi": "judul, peran, waktu, dan tempat setiap sesi (beberapa baris)",
    "waktu": "hari, tanggal, dan jam sesi pertama",
    "waktu_singkat": "tanggal dan jam mulai sesi pertama, singkat",
    "tempat": "tempat sesi pertama",
}
CORRECTION_WORDS: Mapping[str, str] = {
    **_SPEAKER_WORDS,
    "pokok": "“Dibatalkan” atau “Perubahan jadwal narasumber”",
    "perubahan": "apa yang berubah, baru, atau batal (beberapa baris)",
    "ajakan_jawab": "ajakan mengubah jawaban dengan tautannya, bila masih ada sesi",
}
_EXAMPLES: Mapping[str, str] = {
    **PROGRAM_EXAMPLES,
    "nama": "Kepala BNNK Tabalong",
    "tautan": "https://portal-rt.tabalongkab.go.id/n/contoh-tautan-pribadi-27hrf/",
    "sesi": (
        "“Pencegahan penyalahgunaan narkoba” (narasumber)\nWaktu: Rabu, 8 April 2026, 08.45–10.15 WITA\n"
        "Tempat: Aula Pendopo Bersinar, Pembataan"
    ),
    "waktu": "Rabu, 8 April 2026, 08.45–10.15 WITA",
    "waktu_singkat": "8 Apr 2026 08.45 WITA",
    "tempat": "Aula Pendopo Bersinar, Pembataan",
    "pokok": "Perubahan jadwal narasumber",
    "perubahan": (
        "Jadwal Bapak/Ibu sebagai narasumber berubah. Yang berlaku sekarang:\n\n“Pencegahan penyalahgunaan narkoba” "
        "(narasumber)\nWaktu: Rabu, 8 April 2026, 10.15–12.00 WITA (semula Rabu, 8 April 2026, 08.45–10.15 WITA)"
    ),
    "ajakan_jawab": (
        "Bila waktu ini tidak sesuai, mohon ubah jawaban Bapak/Ibu lewat tautan pribadi ini:\n"
        "https://portal-rt.tabalongkab.go.id/n/contoh-tautan-pribadi-27hrf/"
    ),
}


def examples_of(words: Iterable[str]) -> dict[str, str]:
    """A usual value for each of the words."""
    return {word: _EXAMPLES[word] for word in words}


def speaker_values(wave: Wave, speaker: Speaker) -> dict[str, str]:
    """What every text to a speaker knows; the programme's office is loaded."""
    return {
        **program_values(wave.program, told_number(wave)),
        "gelombang": wave.title,
        "nama": str(speaker),
        "tautan": personal_url(speaker.link_id),
    }


def session_values(sessions: list[OwnSession], facts: dict) -> dict[str, str]:
    """One or more sessions of a schedule; time and place are those of the first."""
    first = sessions[0]
    return {
        "sesi": "\n\n".join(_session_block(own, facts) for own in sessions),
        "waktu": _when(first, facts),
        "waktu_singkat": clock.short_moment(first.starts_at, facts["zone"]),
        "tempat": place_words(first, facts),
    }


def correction_values(
    wave: Wave,
    *,
    told: dict | None,
    present: dict | None,
    changed: Sequence[tuple[OwnSession, OwnSession]],
    new: Sequence[OwnSession],
    gone: Sequence[OwnSession],
    link: str,
) -> dict[str, str]:
    """What differs between the schedule that was `told` and the `present` one; `link` is the speaker's own."""
    if wave.is_cancelled:
        reason = f": {wave.cancel_reason}" if wave.cancel_reason else ""
        intro = f"{wave.title} {wave.program.name} dibatalkan{reason}. Sesi ini tidak jadi dilaksanakan:"
        blocks = [intro, *(f"“{own.title}”, {_when(own, told)}" for own in gone), "Mohon maaf atas perubahan ini."]
        return {"pokok": "Dibatalkan", "perubahan": "\n\n".join(blocks), "ajakan_jawab": ""}
    name = f"{wave.program.name}, {wave.title}"
    blocks = [f"Jadwal Bapak/Ibu sebagai narasumber pada {name}, berubah. Yang berlaku sekarang:"]
    blocks += [_changed_block(before, told, after, present) for before, after in changed]
    blocks += [f"Baru: {_session_block(own, present)}" for own in new]
    blocks += [
        f"Batal: “{own.title}”, {_when(own, told)}. Bapak/Ibu tidak lagi tercantum pada sesi ini." for own in gone
    ]
    asked = f"Bila waktu ini tidak sesuai, mohon ubah jawaban Bapak/Ibu lewat tautan pribadi ini:\n{link}"
    return {
        "pokok": "Perubahan jadwal narasumber",
        "perubahan": "\n\n".join(blocks),
        "ajakan_jawab": asked if changed or new else "",
    }


def _changed_block(before: OwnSession, told: dict, after: OwnSession, present: dict) -> str:
    # The zone and place of the time before are those that were told.
    when, place = _when(after, present), place_words(after, present)
    former_when, former_place = _when(before, told), place_words(before, told)
    return "\n".join(
        (
            f"“{after.title}” ({_role(after)})",
            f"Waktu: {when}" + (f" (semula {former_when})" if former_when != when else ""),
            f"Tempat: {place}" + (f" (semula {former_place})" if former_place != place else ""),
        )
    )


def _session_block(own: OwnSession, facts: dict) -> str:
    return f"“{own.title}” ({_role(own)})\nWaktu: {_when(own, facts)}\nTempat: {place_words(own, facts)}"


def _role(own: OwnSession) -> str:
    return SessionSpeaker.Role(own.role).label.lower()


def _when(own: OwnSession, facts: dict) -> str:
    return clock.span_words(own.starts_at, own.ends_at, facts["zone"])
