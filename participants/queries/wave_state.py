"""Whether what the papers of a wave tell is still so: a short hash of each part of its data.

All that any of the papers prints is in one of the parts, so a bundle that was made from other data is known by it, and
what changed can be named.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping

from participants.models import (
    Attendance,
    Certificate,
    Enrolment,
    PaperSheet,
    Payment,
    RTHead,
    WavePhoto,
    WaveReport,
)
from programs.models import CommitteeMember, PaperSettings, Signatory, Wave
from programs.vocabulary import scope_of_program
from rtportal.documents.models import SignedPaper
from rtportal.messaging.models import Wording
from sessions.models import Material, SessionSpeaker, SpeakerFee, TrainingSession

Rows = Iterable[tuple]
# Eight parts of eight digits are what `GeneratedFile.fingerprint` holds.
_DIGITS = 8
_SPEAKER = ("gelar_depan", "name", "gelar_belakang", "position", "institution")


def _people(wave: Wave) -> Iterable[Rows]:
    names = ("head__gelar_depan", "head__name", "head__gelar_belakang", "head__phone")
    answers = ("answer", "substitute_name", "companion_name", "superseded_at", "invited_at")
    places = ("village_id", "head__rt__number", "head__rt__rw", "rt__number", "rt__rw", "group", "row_number")
    codes = ("short_code", "link_revoked_at")
    people = Enrolment.objects.filter(wave=wave).order_by("pk")
    yield people.values_list("pk", "head_id", *names, *places, *answers, *codes)
    # The target: everybody of the areas, whichever wave they sit in.
    target = RTHead.objects.current().in_areas([area.key for area in wave.wave_areas.all()])
    yield target.order_by("pk").values_list("pk", "rt__village_id")


def _presence(wave: Wave) -> Iterable[Rows]:
    present = Attendance.objects.filter(enrolment__wave=wave).order_by("enrolment_id", "session_id")
    yield present.values_list("enrolment_id", "session_id", "minutes")
    yield PaperSheet.objects.filter(session__wave=wave).order_by("session_id").values_list("session_id", "last_row")


def _money(wave: Wave) -> Iterable[Rows]:
    paid = Payment.objects.filter(enrolment__wave=wave).order_by("enrolment_id")
    yield paid.values_list("enrolment_id", "amount", "tax", "received_by")
    fees = SpeakerFee.objects.filter(wave=wave).order_by("speaker_id")
    yield fees.values_list("speaker_id", "amount", "tax_percent", *(f"speaker__{field}" for field in _SPEAKER))


def _agenda(wave: Wave) -> Iterable[Rows]:
    venue = wave.venue
    yield [
        (wave.number, wave.starts_at, wave.ends_at, wave.cancelled_at, wave.publication_id, venue.name, venue.address)
    ]
    sessions = TrainingSession.objects.filter(wave=wave).order_by("pk")
    yield sessions.values_list("pk", "kind", "title", "starts_at", "ends_at", "room", "group")
    parts = SessionSpeaker.objects.filter(session__wave=wave).order_by("pk")
    yield parts.values_list("session_id", "role", "status", *(f"speaker__{field}" for field in _SPEAKER))
    yield Material.objects.filter(session__wave=wave).order_by("pk").values_list("name", "session_id", "speaker_id")


def _letters(wave: Wave) -> Iterable[Rows]:
    program = wave.program
    office = program.office
    # With the day on which invitations were opened, the date of the letters and part of their number.
    yield [(program.name, program.aim, program.letter_number, program.minutes_per_jp, wave.invitations_opened_at)]
    yield [(office.name, office.address, office.city, office.contact_lines, office.logo_path)]
    yield [(office.contact_name, office.contact_phone, office.greeting)]
    yield PaperSettings.objects.filter(pk=program.pk).values_list()
    yield Signatory.objects.filter(office__region=program.region_id).order_by("pk").values_list()
    yield CommitteeMember.objects.filter(program=program).order_by("place").values_list()
    words = Wording.objects.filter(scope=scope_of_program(program.pk), kind__startswith="paper_")
    yield words.order_by("pk").values_list("kind", "number", "subject", "text")


def _report(wave: Wave) -> Iterable[Rows]:
    yield WaveReport.objects.filter(wave=wave).values_list("minutes", "evaluation", "conclusion")
    yield WavePhoto.objects.filter(wave=wave).order_by("pk").values_list("pk", "caption")


def _certificates(wave: Wave) -> Iterable[Rows]:
    rows = Certificate.objects.valid().filter(enrolment__wave=wave).order_by("pk")
    yield rows.values_list("number", "holder", "represents", "share")


def _signed(wave: Wave) -> Iterable[Rows]:
    yield SignedPaper.objects.filter(subject=wave.group).order_by("pk").values_list("pk", "sha256")


# What people call a part → what is in it.
_PARTS: Mapping[str, Callable[[Wave], Iterable[Rows]]] = {
    "peserta": _people,
    "kehadiran": _presence,
    "pembayaran": _money,
    "jadwal dan narasumber": _agenda,
    "kop, penanda tangan, dan kata-kata surat": _letters,
    "laporan dan foto": _report,
    "sertifikat": _certificates,
    "berkas bertanda tangan": _signed,
}


def wave_state(wave: Wave) -> str:
    """64 hexadecimal digits, eight for each part. The same number of queries however many people there are.

    `wave` comes with venue, `program.region` and `program.office`.
    """
    return "".join(_hash(part(wave)) for part in _PARTS.values())


def changed_parts(before: str, now: str) -> list[str]:
    """What differs between two states, as people call it."""
    starts = range(0, len(_PARTS) * _DIGITS, _DIGITS)
    pairs = zip(_PARTS, starts, strict=True)
    return [name for name, at in pairs if before[at : at + _DIGITS] != now[at : at + _DIGITS]]


def _hash(tables: Iterable[Rows]) -> str:
    digest = hashlib.sha256()
    for rows in tables:
        for row in rows:
            digest.update(repr(row).encode())
        # Rows of one table are never taken for those of the next.
        digest.update(b"\0")
    return digest.hexdigest()[:_DIGITS]
