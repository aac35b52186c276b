"""What printed letters say, for `templates/print/invitation_letter.typ`.

An invitation has the form of an official letter; any other message is put on paper in the words it would be sent with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from participants.links import personal_url
from participants.models import Enrolment
from participants.reminders import INVITATION
from participants.told import OPERATOR_LIST
from programs.letterheads import letterhead_of
from programs.models import Program, Wave
from rtportal.lib import clock
from rtportal.lib.qr import qr_drawing
from rtportal.lib.short_codes import show_code
from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message

# Points, by how many letters there are to print: a letter stays one sheet, and short ones are read without glasses.
_SIZES = ((480, 12.5), (900, 11), (1_500, 10))
_SMALLEST = 9
_LONGEST_RECEIPT = 70
_ON_PAPER = "(pindai kode QR pada surat ini)"


@dataclass(frozen=True)
class Sheets:
    """Letters by message, and for whom there is none although a text was made, with the reason."""

    letters: dict[int, dict]
    left_out: dict[int, str]


def sheets_of(contents: Mapping[int, tuple[Message, Content]], *, now: datetime) -> Sheets:
    """The letter of each message with what it says now. Two queries."""
    people = Enrolment.objects.select_related("head__rt", "village__parent").in_bulk(
        {message.about_id for message, _ in contents.values()}
    )
    waves = Wave.objects.select_related("publication", "program__office__region", "program__region").in_bulk(
        {person.wave_id for person in people.values()}
    )
    letters, left_out = {}, {}
    for pk, (message, content) in contents.items():
        person = people.get(message.about_id)
        # Other kinds are about somebody else than a participant.
        if person is None or message.kind == OPERATOR_LIST:
            left_out[pk] = "Pesan ini tidak dapat dicetak sebagai surat."
        else:
            letters[pk] = _letter(message, content, person, waves[person.wave_id], now)
    return Sheets(letters, left_out)


def _letter(message: Message, content: Content, person: Enrolment, wave: Wave, now: datetime) -> dict:
    program, link = wave.program, personal_url(person.link_id)
    head, village = person.head, person.village
    answers_by_link = now <= wave.answer_deadline and not wave.is_cancelled
    letter = {
        "office": letterhead_of(program.office),
        "number": program.letter_number,
        "subject": content.subject,
        "short-subject": _cut(content.subject, _LONGEST_RECEIPT),
        "date": clock.date_words(clock.local_date(now, wave.zone)).partition(", ")[2],
        "name": head.full_name,
        "unit": head.rt.label,
        "village": village.full_name,
        "district": village.parent.full_name,
        "code": show_code(person.short_code or ""),
        "qr": qr_drawing(link),
        "answer": {
            "heading": "Cara menjawab" if answers_by_link else "Keterangan lebih lanjut",
            "deadline": clock.moment_words(wave.answer_deadline, wave.zone) if answers_by_link else "",
        },
    }
    body = _invitation(wave, program) if message.kind == INVITATION else _other(content, link)
    return letter | body | {"size": _size(letter, body)}


def _invitation(wave: Wave, program: Program) -> dict:
    facts = wave.publication.facts
    starts_at, ends_at = (datetime.fromisoformat(facts[name]) for name in ("starts_at", "ends_at"))
    zone = facts["zone"]
    first, last = (clock.local_date(at, zone) for at in (starts_at, ends_at))
    hours = f"{clock.time_words(starts_at, zone).split()[0]}–{clock.time_words(ends_at, zone)}"
    rows = [
        ("Hari, tanggal", clock.days_words(first, last)),
        ("Waktu", hours if first == last else f"{clock.time_words(starts_at, zone)} hari pertama sampai selesai"),
        ("Tempat", facts["venue"]),
        ("Alamat", facts["address"]),
        ("Acara", f"{program.name}, {wave.title}"),
    ]
    companion = "Setiap ketua RT diminta membawa satu orang pendamping."
    return {
        "greeting": program.office.greeting,
        "opening": ["Dengan hormat, kami mengundang Bapak/Ibu untuk hadir pada:"],
        "facts": [row for row in rows if row[1]],
        "closing": [
            *([companion] if program.companions == Program.Companions.REQUIRED else []),
            "Atas perhatian dan kehadiran Bapak/Ibu kami ucapkan terima kasih.",
        ],
    }


def _other(content: Content, link: str) -> dict:
    """The words of the message; a link nobody can tap becomes a hint at the QR code."""
    text = content.text.replace(link, _ON_PAPER)
    paragraphs = [part.strip() for part in text.split("\n\n")]
    return {"greeting": "", "opening": [part for part in paragraphs if part], "facts": [], "closing": []}


def bundle_of(letters: list[dict], left_out: Iterable[dict], wave: Wave, *, is_reprint: bool, now: datetime) -> dict:
    """One kelurahan/desa with its cover; there is at least one letter. `left_out` have `name`, `place`, `reason`."""
    first = letters[0]
    return {
        "office": first["office"],
        "heading": "Daftar surat",
        "is_reprint": is_reprint,
        "village": first["village"],
        "district": first["district"],
        "event": f"{wave.title}, {wave.program.name}",
        "count": f"{len(letters)} surat",
        "printed": clock.moment_words(now, wave.zone),
        "letters": letters,
        "left_out": list(left_out),
    }


def code_address() -> str:
    """What people type to get to the page that asks for the short code: `portal.tabalongkab.go.id/k`."""
    return f"{settings.BASE_URL.partition('://')[2]}/k"


def _size(letter: dict, body: dict) -> float:
    words = [letter["subject"], letter["name"], letter["office"]["name"], *body["opening"], *body["closing"]]
    length = sum(map(len, words)) + sum(len(name) + len(value) for name, value in body["facts"])
    length += 60 * sum(part.count("\n") for part in body["opening"])
    return next((size for most, size in _SIZES if length <= most), _SMALLEST)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
