"""Words in braces that texts to RT heads know: what people call them, a usual value, the values themselves.

None of them is ever a NIK.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from participants.links import personal_url
from participants.models import Enrolment
from participants.publication_changes import place_of, span_of
from programs.models import Wave
from programs.paper_numbers import told_number
from programs.vocabulary import PROGRAM_EXAMPLES, PROGRAM_WORDS, program_values
from rtportal.lib import clock, phones
from rtportal.lib.short_codes import show_code

HEAD_WORDS: Mapping[str, str] = {
    **PROGRAM_WORDS,
    "nama": "nama ketua RT dengan gelar",
    "rt": "nomor RT dan RW",
    "kelurahan": "kelurahan/desa",
    "kecamatan": "kecamatan",
    "waktu": "hari, tanggal, dan jam",
    "waktu_singkat": "tanggal dan jam mulai, singkat",
    "tanggal": "hari dan tanggal",
    "jam": "jam mulai",
    "tempat": "nama tempat dengan alamatnya",
    "gedung": "nama tempat saja",
    "alamat": "alamat tempat",
    "batas_jawaban": "batas waktu menjawab",
    "ajakan_jawab": "kalimat ajakan menjawab, sesuai batas waktunya",
    "ajakan_singkat": "ajakan menjawab, singkat",
    "tautan": "tautan pribadi",
    "kode": "kode pendek untuk menjawab",
}
_ASKING = ("batas_jawaban", "ajakan_jawab", "ajakan_singkat")
# Whoever has answered, or is told something to which there is no answer.
TOLD_WORDS: Mapping[str, str] = {name: label for name, label in HEAD_WORDS.items() if name not in _ASKING}
CONFIRMED_WORDS: Mapping[str, str] = {
    **TOLD_WORDS,
    "kehadiran": "hadir, hadir bersama siapa, atau diwakili siapa",
}
COMPANION_WORDS: Mapping[str, str] = {**HEAD_WORDS, "pendamping": "nama pendamping"}
# The head's link and code are not for a substitute.
SUBSTITUTE_WORDS: Mapping[str, str] = {
    **{name: label for name, label in TOLD_WORDS.items() if name not in ("tautan", "kode")},
    "nama": "nama ketua RT yang diwakili",
    "wakil": "nama wakil",
}
REFUSED_SUBSTITUTE_WORDS: Mapping[str, str] = {
    **HEAD_WORDS,
    "wakil": "nama wakil yang ditolak",
    "alasan_wakil": "mengapa wakil itu ditolak",
}
THANKS_WORDS: Mapping[str, str] = {**TOLD_WORDS, "yang_hadir": "siapa yang hadir: Bapak/Ibu, pendamping, atau wakil"}
CHANGED_WORDS: Mapping[str, str] = {
    **HEAD_WORDS,
    "perubahan": "jadwal semula dan sekarang (beberapa baris)",
}
CANCELLED_WORDS: Mapping[str, str] = {
    **{name: label for name, label in TOLD_WORDS.items() if name not in ("tautan", "kode")},
    "rincian": "waktu, tempat, dan alasan pembatalan (beberapa baris)",
    "alasan": "alasan pembatalan",
}
OPERATOR_WORDS: Mapping[str, str] = {
    **PROGRAM_WORDS,
    **{name: HEAD_WORDS[name] for name in ("waktu", "waktu_singkat", "tanggal", "jam", "tempat", "gedung", "alamat")},
    "nama": "nama operator",
    "jumlah": "berapa ketua RT yang belum menjawab",
    "daftar": "nama mereka per kelurahan/desa (beberapa baris)",
    "batas_jawaban": HEAD_WORDS["batas_jawaban"],
    "ajakan": "apa yang diharapkan dari operator, sesuai batas jawaban",
    "tautan": "alamat daftar lengkap, setelah masuk dengan akun",
}
_EXAMPLES: Mapping[str, str] = {
    **PROGRAM_EXAMPLES,
    "nama": "H. Ahmad Fauzi, S.Pd.",
    "rt": "RT 005/RW 002",
    "kelurahan": "Kelurahan Belimbing Raya",
    "kecamatan": "Kecamatan Murung Pudak",
    "waktu": "Rabu, 8 April 2026, 08.00–15.00 WITA",
    "waktu_singkat": "8 Apr 2026 08.00 WITA",
    "tanggal": "Rabu, 8 April 2026",
    "jam": "08.00 WITA",
    "tempat": "Aula Pendopo Bersinar, Pembataan, Kecamatan Murung Pudak",
    "gedung": "Aula Pendopo Bersinar",
    "alamat": "Pembataan, Kecamatan Murung Pudak",
    "batas_jawaban": "Senin, 6 April 2026, 23.59 WITA",
    "ajakan_jawab": (
        "Mohon jawab Hadir, Berhalangan, atau Diwakili paling lambat Senin, 6 April 2026, 23.59 WITA lewat tautan "
        "pribadi ini. Jangan teruskan tautan ini kepada orang lain:"
    ),
    "ajakan_singkat": "Jawab paling lambat 6 Apr 2026:",
    "tautan": "https://portal-rt.tabalongkab.go.id/u/contoh-tautan-pribadi-27hrf/",
    "kode": "KQ7-3MT",
    "kehadiran": "hadir bersama Nurhayati",
    "pendamping": "Nurhayati",
    "wakil": "Budi Santoso",
    "yang_hadir": "Bapak/Ibu bersama Nurhayati",
    "jumlah": "12",
    "daftar": "Kelurahan Belimbing Raya (12):\n- RT 005/RW 002, H. Ahmad Fauzi, S.Pd.\n- dan 11 lainnya",
    "ajakan": "Mohon bantu mengingatkan mereka. Jawaban diterima paling lambat Senin, 6 April 2026, 23.59 WITA.",
    "perubahan": (
        "Semula:\nWaktu: Rabu, 8 April 2026, 08.00–15.00 WITA\n\n"
        "Sekarang:\nWaktu: Rabu, 15 April 2026, 08.00–15.00 WITA\nTempat: Aula Pendopo Bersinar, Pembataan"
    ),
    "rincian": (
        "Waktu: Rabu, 8 April 2026, 08.00–15.00 WITA\nTempat: Aula Pendopo Bersinar, Pembataan\n\nAlasan: Banjir"
    ),
    "alasan": "Banjir",
    "alasan_wakil": "Wakil harus pengurus RT.",
}


def examples_of(words: Iterable[str]) -> dict[str, str]:
    """A usual value for each of the words."""
    return {word: _EXAMPLES[word] for word in words}


_AGENDA = "Susunan acara ada pada tautan pribadi ini:"


def wave_values(wave: Wave) -> dict[str, str]:
    """What is the same for every head of a wave; its programme, office, region and publication are loaded."""
    facts = wave.publication.facts if wave.publication else None
    deadline = wave.answer_deadline
    return {
        **program_values(wave.program, told_number(wave)),
        "gelombang": wave.title,
        "batas_jawaban": clock.moment_words(deadline, wave.zone),
        **schedule_values(facts),
    }


def schedule_values(facts: dict | None) -> dict[str, str]:
    """When and where, as a publication's facts say it; all empty for None."""
    if facts is None:
        return dict.fromkeys(("waktu", "waktu_singkat", "tanggal", "jam", "tempat", "gedung", "alamat"), "")
    starts_at, zone = datetime.fromisoformat(facts["starts_at"]), facts["zone"]
    return {
        "waktu": span_of(facts),
        "waktu_singkat": clock.short_moment(starts_at, zone),
        "tanggal": clock.date_words(clock.local_date(starts_at, zone)),
        "jam": clock.time_words(starts_at, zone),
        "tempat": place_of(facts),
        "gedung": facts["venue"],
        "alamat": facts["address"],
    }


def request_values(wave: Wave, *, by_link: bool) -> dict[str, str]:
    """How an RT head is asked to answer: `by_link` while the link takes answers."""
    if by_link:
        moment = clock.moment_words(wave.answer_deadline, wave.zone)
        day = clock.short_date(clock.local_date(wave.answer_deadline, wave.zone))
        long = (
            f"Mohon jawab Hadir, Berhalangan, atau Diwakili paling lambat {moment} lewat tautan pribadi ini. "
            "Jangan teruskan tautan ini kepada orang lain:"
        )
        return {"ajakan_jawab": long, "ajakan_singkat": f"Jawab paling lambat {day}:"}
    phone = phones.display(wave.program.office.contact_phone)
    long = f"Batas jawaban lewat tautan sudah lewat, jadi mohon kabari kami lewat telepon. {_AGENDA}"
    return {"ajakan_jawab": long, "ajakan_singkat": f"Batas jawaban sudah lewat, mohon telepon {phone}."}


def answered_request(enrolment: Enrolment, wave: Wave, *, by_link: bool) -> str:
    """`ajakan_jawab` for somebody who has answered already and may want to think again."""
    kept = f"Jawaban Bapak/Ibu ({enrolment.get_answer_display()}) tetap kami catat."
    if by_link:
        moment = clock.moment_words(wave.answer_deadline, wave.zone)
        return f"{kept} Bila perlu, jawaban dapat diganti paling lambat {moment} lewat tautan pribadi ini:"
    return f"{kept} Bila perlu diganti, mohon kabari kami lewat telepon. {_AGENDA}"


def companion_request(wave: Wave, *, by_link: bool) -> str:
    """`ajakan_jawab` for somebody who comes with a companion."""
    if by_link:
        moment = clock.moment_words(wave.answer_deadline, wave.zone)
        return f"Bila pendampingnya berganti, mohon ubah jawaban paling lambat {moment} lewat tautan pribadi ini:"
    return f"Bila pendampingnya berganti, mohon kabari kami lewat telepon. {_AGENDA}"


def operator_request(wave: Wave, *, by_link: bool) -> str:
    """`ajakan`: what operators are asked to do about those who have not answered."""
    if by_link:
        moment = clock.moment_words(wave.answer_deadline, wave.zone)
        return f"Mohon bantu mengingatkan mereka. Jawaban diterima paling lambat {moment}."
    return (
        "Batas jawaban lewat tautan sudah lewat. Mohon tanyakan kepada mereka, lalu catat jawabannya pada daftar ini."
    )


def person_values(enrolment: Enrolment) -> dict[str, str]:
    """What is a head's own; `head.rt` and `village.parent` are loaded."""
    head, village, code = enrolment.head, enrolment.village, enrolment.short_code
    return {
        "nama": head.full_name,
        "rt": head.rt.label,
        "kelurahan": village.full_name,
        "kecamatan": village.parent.full_name,
        "tautan": personal_url(enrolment.link_id),
        "kode": show_code(code) if code else "",
    }


def presence_words(enrolment: Enrolment) -> str:
    """How somebody who said yes will be there: `hadir bersama Nurhayati`, `diwakili oleh Budi Santoso`."""
    if enrolment.answer == Enrolment.AnswerKind.REPRESENTED:
        waits = enrolment.substitute_state == Enrolment.SubstituteState.PENDING
        return f"diwakili oleh {enrolment.substitute_name}{' (menunggu persetujuan)' if waits else ''}"
    return f"hadir bersama {enrolment.companion_name}" if enrolment.companion_name else "hadir"


def thanked_words(enrolment: Enrolment) -> str:
    """Whose presence thanks are for: `Bapak/Ibu bersama Nurhayati`, `Budi Santoso sebagai wakil Bapak/Ibu`."""
    if enrolment.answer == Enrolment.AnswerKind.REPRESENTED:
        return f"{enrolment.substitute_name} sebagai wakil Bapak/Ibu"
    return f"Bapak/Ibu bersama {enrolment.companion_name}" if enrolment.companion_name else "Bapak/Ibu"
