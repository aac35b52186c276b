"""What a desk is told of each thing it recorded: one word, by which it picks colour and sound, and a sentence."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from participants.models import Enrolment
from participants.presence.people import REVOKED, UNKNOWN, WRONG_WAVE, Found, Person

PRESENT, REPRESENTED, DECLINED, ALREADY, LEFT = "present", "represented", "declined", "already", "left"
OTHER_SESSION, WAVE_CLOSED, WALK_IN, UNDONE, REFUSED = "other_session", "wave_closed", "walk_in", "undone", "refused"

CANCELLED = "Gelombang ini dibatalkan, jadi kehadiran tidak dicatat."
SESSION_GONE = "Sesi ini tidak ada lagi dalam agenda. Muat daftar baru, lalu pilih sesinya."
AFTER_EXPIRY = "Dicatat setelah masa berlaku meja ini habis, jadi tidak diterima."
CLEARED = "Catatan ini sudah dihapus petugas."
NOT_IN = "Belum tercatat masuk, jadi keluarnya menunggu pemeriksaan petugas."
LATE_UNDO = "Lebih dari dua menit sesudahnya, jadi catatan itu tetap berlaku. Minta petugas memeriksanya."

_NOBODY = {
    UNKNOWN: "Kode ini tidak dikenal. Cari namanya, atau catat sebagai tamu.",
    REVOKED: "Pas ini sudah diganti atau dicabut. Cari namanya.",
}
_SUBSTITUTE = {
    Enrolment.SubstituteState.PENDING: " Wakil ini belum disetujui.",
    Enrolment.SubstituteState.REFUSED: " Wakil ini ditolak.",
}


class Verdict(NamedTuple):
    """`at` and `desk` are those of the record that counts; `sentence` may be empty where the word says it all."""

    uid: UUID
    word: str
    sentence: str = ""
    person: Person | None = None
    at: datetime | None = None
    desk: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "uid": str(self.uid),
            "verdict": self.word,
            "person": self.person.pk if self.person else None,
            "name": self.person.name if self.person else "",
            "at": self.at.isoformat() if self.at else None,
            "desk": self.desk,
            "sentence": self.sentence,
        }


def arrival_word(person: Person, session_group: str) -> str:
    """For somebody who comes in and was not there yet."""
    if session_group and person.group and session_group != person.group:
        return OTHER_SESSION
    if person.answer == Enrolment.AnswerKind.REPRESENTED:
        return REPRESENTED
    return DECLINED if person.answer == Enrolment.AnswerKind.DECLINED else PRESENT


def arrival_sentence(word: str, person: Person) -> str:
    if word == OTHER_SESSION:
        return f"Terdaftar pada {person.group}; tetap tercatat hadir di sesi ini."
    if word == DECLINED:
        return "Menjawab berhalangan, sekarang datang. Tercatat hadir."
    if word == REPRESENTED:
        letter = " Minta surat tugasnya." if person.needs_letter else ""
        return f"Diwakili oleh {person.substitute}.{_SUBSTITUTE.get(person.substitute_state, '')}{letter}"
    return "Tercatat hadir."


def nobody_sentence(found: Found) -> str:
    """Why a code leads to nobody here."""
    if found.problem == WRONG_WAVE:
        return f"Terdaftar pada {found.where}." if found.where else "Baru saja dipindahkan ke gelombang lain."
    return _NOBODY[found.problem]
