"""What printed letters say, for `templates/print/invitation_letter.typ`.

An invitation has the form of an official letter; any other message is put on paper in the words it would be sent with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from participants.links import personal_url
from participants.models import Enrolment
from participants.official_letters import event_rows, frame_of, place_and_day
from participants.paper_words import PaperText, PaperWords
from participants.reminders import INVITATION
from participants.told import OPERATOR_LIST
from programs.models import Program, Wave
from programs.paper_numbers import letter_day, letter_number
from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.qr import qr_drawing
from rtportal.lib.short_codes import show_code
from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message

# Its kind in `participants/paper_words.py`.
INVITATION_PAPER = "surat_undangan"

# Points, by how many letters there are to print: a letter stays one sheet, and short ones are read without glasses.
_SIZES = ((480, 12.5), (900, 11), (1_250, 10), (1_500, 9))
_SMALLEST = 8
_LONGEST_RECEIPT = 70
_WAVE = ("publication", "program__office__region", "program__region")
_EXAMPLE_CODE = "KQ7-3MT"
_BRING_ONE = "Setiap ketua RT diminta membawa satu orang pendamping."
_ON_PAPER = "(pindai kode QR pada surat ini)"


class NoSample(InputError):
    """There is nobody whose letter could be shown."""


@dataclass(frozen=True)
class Sheets:
    """Letters by message, and for whom there is none although a text was made, with the reason."""

    letters: dict[int, dict]
    left_out: dict[int, str]


def sheets_of(contents: Mapping[int, tuple[Message, Content]], *, frame: dict, now: datetime) -> Sheets:
    """The letter of each message with what it says now, inside the `frame`. Two queries and one for each wave."""
    people = Enrolment.objects.select_related("head__rt", "village__parent").in_bulk(
        {message.about_id for message, _ in contents.values()}
    )
    waves = Wave.objects.select_related(*_WAVE).in_bulk({person.wave_id for person in people.values()})
    presses = {pk: _Press(wave, frame, now) for pk, wave in waves.items()}
    letters, left_out = {}, {}
    for pk, (message, content) in contents.items():
        person = people.get(message.about_id)
        # Other kinds are about somebody else than a participant.
        if person is None or message.kind == OPERATOR_LIST:
            left_out[pk] = "Pesan ini tidak dapat dicetak sebagai surat."
        else:
            letters[pk] = presses[person.wave_id].letter(message, content, person)
    return Sheets(letters, left_out)


class _Press:
    """What is the same for all letters of one wave."""

    def __init__(self, wave: Wave, frame: dict, now: datetime):
        """One query, for the admin's words."""
        program, today = wave.program, clock.local_date(now, wave.zone)
        self.wave, self.frame = wave, frame
        self.words = PaperWords(INVITATION_PAPER, program)
        self.number = letter_number(wave)
        # An invitation keeps the date it was made out on, also where it is printed again.
        self.issued = place_and_day(program, letter_day(wave) or today)
        self.today = place_and_day(program, today)
        self.rows = event_rows(wave) if wave.publication else []
        answers_by_link = now <= wave.answer_deadline and not wave.is_cancelled
        self.answer = {
            "heading": "Cara menjawab" if answers_by_link else "Keterangan lebih lanjut",
            "deadline": clock.moment_words(wave.answer_deadline, wave.zone) if answers_by_link else "",
        }

    def letter(self, message: Message, content: Content, person: Enrolment) -> dict:
        head, village, link = person.head, person.village, personal_url(person.link_id)
        is_invitation = message.kind == INVITATION
        text = self._invitation(head.full_name) if is_invitation else _other(content, link)
        letter = {
            "number": self.number,
            "attachment": "–",
            "subject": text.subject,
            "short-subject": _cut(text.subject, _LONGEST_RECEIPT),
            "date": self.issued if is_invitation else self.today,
            "name": head.full_name,
            "unit": head.rt.label,
            "village": village.full_name,
            "district": village.parent.full_name,
            "code": show_code(person.short_code or ""),
            "qr": qr_drawing(link),
            "answer": self.answer,
            "paragraphs": text.paragraphs,
            "facts": self.rows if is_invitation else [],
        }
        return letter | {"size": _size(letter, self.frame)}

    def _invitation(self, name: str) -> PaperText:
        return self.words.text(
            {"nama": name, "gelombang": self.wave.title, "pendamping": companion_words(self.wave.program)}
        )


def sample_letter(user: User, key: int, now: datetime) -> tuple[str, dict]:
    """The invitation of one enrolment in the user's scope as template and data. Raises NoSample.

    Nobody but the recipient may hold a code that answers, so it has an example's.
    """
    person = Enrolment.objects.visible_to(user).filter(pk=key).first()
    wave = person and Wave.objects.select_related(*_WAVE).get(pk=person.wave_id)
    if not wave or not wave.publication:
        raise NoSample("Jadwal gelombang orang ini belum diterbitkan, jadi undangannya belum dapat dicetak.")
    frame = frame_of_letters(wave, now=now)
    message = Message(pk=-1, kind=INVITATION, about_id=key)
    made = sheets_of({-1: (message, Content("", ""))}, frame=frame, now=now).letters[-1]
    letter = made | {"code": _EXAMPLE_CODE, "qr": qr_drawing(f"{settings.BASE_URL}/u/contoh/")}
    bundle = bundle_of([letter], [], wave, is_reprint=False, now=now)
    return "invitation_letter", {"title": "Contoh", "address": code_address(), "frame": frame, "bundles": [bundle]}


def frame_of_letters(wave: Wave, *, now: datetime) -> dict:
    """What stands above and below every letter of the wave; see `frame_of`."""
    return frame_of(wave.program, day=clock.local_date(now, wave.zone))


def companion_words(program: Program) -> str:
    """What the letter says where everybody brings a companion; "" elsewhere."""
    return _BRING_ONE if program.companions == Program.Companions.REQUIRED else ""


def _other(content: Content, link: str) -> PaperText:
    """The words of the message; a link nobody can tap becomes a hint at the QR code."""
    parts = (part.strip() for part in content.text.replace(link, _ON_PAPER).split("\n\n"))
    return PaperText(content.subject, [part for part in parts if part])


def bundle_of(letters: list[dict], left_out: Iterable[dict], wave: Wave, *, is_reprint: bool, now: datetime) -> dict:
    """One kelurahan/desa with its cover; there is at least one letter. `left_out` have `name`, `place`, `reason`."""
    first = letters[0]
    return {
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


def _size(letter: dict, frame: dict) -> float:
    office = frame["office"]
    words = [letter["number"], letter["subject"], letter["name"], *letter["paragraphs"]]
    words += [office["name"], office["address"], office["lines"], *frame["copies"]]
    length = sum(map(len, words)) + sum(len(name) + len(value) for name, value in letter["facts"])
    length += 60 * sum(part.count("\n") for part in letter["paragraphs"])
    return next((size for most, size in _SIZES if length <= most), _SMALLEST)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
