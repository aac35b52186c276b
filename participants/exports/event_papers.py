"""Papers about how a wave went: berita acara, notulen, laporan kegiatan."""

import re
from collections.abc import Iterator
from datetime import datetime

from participants.exports.wave_paper import NothingOnPaper, WavePaper, sample_of
from participants.official_letters import event_rows, event_values
from participants.paper_words import (
    DETAILS,
    DETAILS_PARAGRAPH,
    EVENT_EXAMPLES,
    EVENT_WORDS,
    paper_text,
    register_paper,
)
from participants.queries.payments import PaymentTotals, payment_totals
from participants.queries.reconciliation import Numbers, Reconciliation, wave_numbers
from participants.queries.wave_report import photos_of, report_of
from programs.models import Wave
from rtportal.documents import kept_files
from rtportal.documents.registry import register
from rtportal.lib import clock
from rtportal.lib.numbers import percent, rupiah, thousands
from rtportal.lib.picture_drawings import picture_drawing
from rtportal.lib.pictures import PictureRefused
from sessions.models import Material
from sessions.queries.agenda import agenda

_GAP = re.compile(r"\r?\n[ \t]*\r?\n")
RECORD, REPORT = "berita_acara", "laporan_kegiatan"
_COUNTS = {
    "diundang": "jumlah undangan",
    "hadir": "jumlah peserta yang hadir, sendiri atau diwakili",
}
_EXAMPLES = {"diundang": "337", "hadir": "312", DETAILS: DETAILS_PARAGRAPH}
register_paper(
    RECORD,
    label="Berita acara",
    words=EVENT_WORDS | _COUNTS | {DETAILS: "tabel sasaran dan kehadiran per kecamatan"},
    examples=EVENT_EXAMPLES | _EXAMPLES,
    required=(DETAILS,),
    sample=sample_of("berita-acara"),
)
register_paper(
    REPORT,
    label="Laporan kegiatan: pendahuluan",
    words=EVENT_WORDS | _COUNTS,
    examples=EVENT_EXAMPLES | {name: _EXAMPLES[name] for name in _COUNTS},
    sample=sample_of("laporan-kegiatan"),
)
NOBODY = "Belum ada peserta pada gelombang ini."


class EventPaper(WavePaper):
    """A paper that is written when the wave is over."""

    unit = "berkas"

    def count(self) -> int:
        return 1

    def numbers(self, now: datetime) -> Reconciliation:
        """Raises NothingOnPaper for a wave with nobody."""
        found = wave_numbers(self.wave, self.user, now=now)
        if not found.total.enrolled:
            raise NothingOnPaper(NOBODY)
        return found

    def signers(self) -> list[dict[str, str]]:
        settings = self.settings()
        head = self.signature(settings.signer, "", dated=True)
        head["position"] = settings.signer.position if settings.signer else self.wave.program.office.name
        return [self.signature(settings.pptk, "PPTK"), head]


@register
class EventRecord(EventPaper):
    """Says that the wave took place, with target against present."""

    identifier = "berita-acara"
    label = "Berita acara"
    template = "event_record"

    def data(self, now: datetime) -> dict:
        numbers = self.numbers(now)
        text = paper_text(RECORD, self.wave.program, event_values(self.wave) | _counts(numbers.total))
        return self.frame(now) | {
            "heading": text.subject,
            "paragraphs": text.paragraphs,
            "table": list(_table(numbers)),
            "counted": clock.moment_words(numbers.counted_at, self.wave.zone),
            "signers": self.signers(),
        }


@register
class Minutes(EventPaper):
    """The agenda with what was written down; lines to write by hand where nothing was."""

    identifier = "notulen"
    label = "Notulen"
    template = "minutes"

    def data(self, now: datetime) -> dict:
        return self.frame(now) | {
            "facts": event_rows(self.wave),
            "agenda": list(_agenda(self.wave)),
            "minutes": _paragraphs(report_of(self.wave).minutes),
            "signers": self.signers(),
        }


@register
class ActivityReport(EventPaper):
    """Everything about the wave: target against present, agenda, materials, money, evaluation, photos, annexes."""

    identifier = "laporan-kegiatan"
    label = "Laporan kegiatan"
    template = "activity_report"

    def data(self, now: datetime) -> dict:
        wave, numbers = self.wave, self.numbers(now)
        report = report_of(wave)
        text = paper_text(REPORT, wave.program, event_values(wave) | _counts(numbers.total))
        paid = payment_totals(wave, self.user)
        return self.frame(now) | {
            "heading": text.subject,
            "opening": text.paragraphs,
            "aim": _paragraphs(wave.program.aim),
            "facts": event_rows(wave),
            "table": list(_table(numbers)),
            "counted": clock.moment_words(numbers.counted_at, wave.zone),
            "results": [
                ("Kehadiran", _share(numbers.total)),
                ("Sertifikat terbit", thousands(numbers.total.certified)),
                ("Uang transpor dibayarkan", _paid_words(paid)),
            ],
            "agenda": list(_agenda(wave)),
            "materials": list(_materials(wave)),
            "minutes": _paragraphs(report.minutes),
            "evaluation": _paragraphs(report.evaluation),
            "conclusion": _paragraphs(report.conclusion),
            "photos": list(_photos(wave)),
            "signers": self.signers(),
        }


def _paragraphs(text: str) -> list[str]:
    """What people typed, with an empty line between paragraphs."""
    parts = (part.strip() for part in _GAP.split(text))
    return [part for part in parts if part]


def _counts(total: Numbers) -> dict[str, str]:
    return {"diundang": thousands(total.invited), "hadir": thousands(total.came)}


def _share(total: Numbers) -> str:
    if not total.invited:
        return "belum ada undangan"
    share = percent(total.came / total.invited)
    return f"{thousands(total.came)} dari {thousands(total.invited)} undangan ({share})"


def _paid_words(paid: PaymentTotals) -> str:
    return f"{rupiah(paid.amount)} kepada {thousands(paid.paid)} orang" if paid.paid else "belum ada"


def _table(numbers: Reconciliation) -> Iterator[dict]:
    """A line for each kecamatan, and the sum of all."""
    for one in numbers.districts:
        yield _line(one.district.name, one.numbers)
    yield _line("Jumlah", numbers.total)


def _line(name: str, one: Numbers) -> dict:
    counts = (one.target, one.invited, one.answered, one.present, one.represented, one.came, one.absent)
    return {"name": name, "counts": [thousands(number) for number in counts]}


def _agenda(wave: Wave) -> Iterator[dict]:
    zone = wave.zone
    last_day = None
    for item in agenda(wave.pk):
        session = item.session
        day = clock.local_date(session.starts_at, zone)
        first, last = (clock.time_words(at, zone).split()[0] for at in (session.starts_at, session.ends_at))
        yield {
            "day": clock.date_words(day) if day != last_day else "",
            "time": f"{first}–{last}",
            "title": session.title + (f" ({session.group})" if session.group else ""),
            "speakers": [part.title for part in item.speakers if not (part.is_declined or part.is_standby)],
        }
        last_day = day


def _materials(wave: Wave) -> Iterator[dict]:
    rows = Material.objects.filter(session__wave=wave).select_related("session", "speaker")
    for one in rows.order_by("session__starts_at", "session_id", "uploaded_at", "pk"):
        who = one.speaker.title if one.speaker else ""
        yield {"name": one.name, "session": one.session.title, "speaker": who}


def _photos(wave: Wave) -> Iterator[dict]:
    for photo in photos_of(wave):
        content = kept_files.open_kept(photo.path)
        if content is None:
            continue
        with content:
            try:
                drawing = picture_drawing(content.read())
            except PictureRefused:
                continue
        yield {"drawing": drawing, "caption": photo.caption}
