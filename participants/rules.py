"""What an answer must say, and until when one may be given."""

from dataclasses import dataclass
from datetime import datetime

from participants.models import Enrolment, RTHead
from programs.models import Program, Wave
from rtportal.lib import clock, phones
from rtportal.lib.errors import InputError

LONGEST_REASON, LONGEST_NAME, LONGEST_RELATION = 300, 120, 60
# Offered first; whatever else is written is taken as well.
RELATIONS = ("Sekretaris RT", "Bendahara RT", "Pengurus RT lain", "Suami/istri", "Anak", "Keluarga lain", "Warga RT")


class AnswerRefused(InputError):
    """An answer that cannot be taken: `faults` holds a sentence for each field concerned ("" for none of them)."""

    def __init__(self, faults: dict[str, str]):
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True)
class AnswerContent:
    """What was answered, named like the columns of Answer and Enrolment; only what belongs to the kind is filled."""

    kind: str
    reason: str = ""
    substitute_name: str = ""
    substitute_phone: str = ""
    substitute_relation: str = ""
    companion_name: str = ""


def read_answer(
    *,
    kind: str,
    reason: str = "",
    substitute_name: str = "",
    substitute_phone: str = "",
    substitute_relation: str = "",
    companion_name: str = "",
    needs_companion: bool,
) -> AnswerContent:
    """The answer with spaces tidied and the phone as E.164. Raises AnswerRefused, with every fault at once."""
    kinds = Enrolment.AnswerKind
    faults: dict[str, str] = {}
    if kind == kinds.CONFIRMED:
        companion = ""
        if needs_companion:
            companion = _line(companion_name, "companion_name", "Isi nama pendamping.", faults)
        content = AnswerContent(kind, companion_name=companion)
    elif kind == kinds.DECLINED:
        content = AnswerContent(kind, reason=_line(reason, "reason", "Isi alasan berhalangan.", faults, LONGEST_REASON))
    elif kind == kinds.REPRESENTED:
        name = _line(substitute_name, "substitute_name", "Isi nama wakil.", faults)
        phone = _mobile(substitute_phone, faults)
        relation = _line(substitute_relation, "substitute_relation", _ASK_RELATION, faults, LONGEST_RELATION)
        content = AnswerContent(kind, substitute_name=name, substitute_phone=phone, substitute_relation=relation)
    else:
        raise AnswerRefused({"": "Pilih salah satu: Hadir, Berhalangan, atau Diwakili."})
    if faults:
        raise AnswerRefused(faults)
    return content


def needs_companion(program: Program) -> bool:
    return program.companions == Program.Companions.REQUIRED


def link_closed(wave: Wave, now: datetime) -> str:
    """Why the personal link takes no answer any more, in a sentence; "" while it does."""
    if wave.is_cancelled:
        return "Kegiatan ini dibatalkan, jadi Bapak/Ibu tidak perlu menjawab atau datang."
    if wave.is_draft:
        return "Jadwal kegiatan ini belum terbit. Kami akan memberi tahu Bapak/Ibu."
    if now >= wave.ends_at:
        return "Kegiatan ini sudah selesai, jadi jawaban tidak dapat diubah lagi."
    if now > wave.answer_deadline:
        deadline = clock.moment_words(wave.answer_deadline, wave.zone)
        return f"Batas jawaban sudah lewat: {deadline}. Hubungi kami bila ada perubahan."
    return ""


CONTINUED = "Bapak/Ibu sudah diundang ke gelombang susulan. Pakai tautan pada undangan yang terbaru, atau hubungi kami."


def head_changed(head: RTHead) -> str:
    """Why an answer is not written down that was meant for a predecessor of this head."""
    return f"Ketua RT-nya berganti: sekarang {head}. Jawaban belum dicatat. Periksa namanya, lalu catat lagi."


WAVE_CHANGED = "Peserta ini baru saja dipindahkan ke gelombang lain. Periksa tanggalnya, lalu catat lagi."


def recording_closed(wave: Wave, now: datetime) -> str:
    """Why an official can record no answer any more; "" until the wave ends, since people call late."""
    if wave.is_cancelled:
        return "Gelombang ini dibatalkan, jadi jawaban tidak dicatat lagi."
    return "Gelombang ini sudah selesai, jadi jawaban tidak dapat dicatat lagi." if now >= wave.ends_at else ""


_ASK_RELATION = "Pilih atau isi hubungan wakil dengan ketua RT."


def _line(typed: str, field: str, if_empty: str, faults: dict[str, str], longest: int = LONGEST_NAME) -> str:
    # PostgreSQL takes no null character.
    text = " ".join(typed.replace("\0", " ").split())
    if not text:
        faults[field] = if_empty
    elif len(text) > longest:
        faults[field] = f"Terlalu panjang: {len(text)} huruf, paling banyak {longest}."
    return text


def _mobile(typed: str, faults: dict[str, str]) -> str:
    if not typed.strip():
        faults["substitute_phone"] = "Isi nomor HP wakil."
        return ""
    try:
        return phones.parse_mobile(typed)
    except phones.PhoneError as error:
        faults["substitute_phone"] = error.sentence
        return ""
