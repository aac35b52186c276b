"""What lies in the SPJ bundle of a wave, read at one moment and laid out afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.text import slugify

from participants.exports.attendance_sheet import AttendanceSheet
from participants.exports.certificates import filename_of
from participants.models import Certificate, PaperSheet
from participants.queries.certificate_paper import CertificatePaper, with_holders
from participants.queries.wave_state import wave_state
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.documents import kept_files
from rtportal.documents.formats.pdf import typeset, typeset_each
from rtportal.documents.models import SignedPaper
from rtportal.documents.registry import Paper, Phase, exports_about, open_export
from rtportal.documents.signed_papers import signed_copies_about
from rtportal.documents.snapshot import one_moment
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands

NO_SHEETS = "Belum ada daftar hadir yang dicetak. Cetak dari halaman Lembar tanda tangan."
NO_CERTIFICATES = "Belum ada sertifikat yang terbit."
NO_COPIES = "Belum ada berkas bertanda tangan yang diunggah."
GONE = "Berkasnya tidak tersimpan lagi pada portal."

# Told now and then how many files of the part are done.
Look = Callable[[int], None]


@dataclass(frozen=True)
class Part:
    """One line of the checklist.

    `folder` is where its files lie in the bundle, "" at the top. `lay_out` writes them into a working folder and
    yields each with its name; it is None where there is nothing, and then `missing` says why.
    """

    label: str
    folder: str = ""
    lay_out: Callable[[Path, Look], Iterator[tuple[str, Path]]] | None = None
    missing: str = ""


@dataclass(frozen=True)
class Frozen:
    """Everything of one moment, and the state of the data it was read from."""

    parts: list[Part]
    state: str


def freeze(key: int, user: User, *, now: datetime) -> Frozen:
    """Reads the data of all papers of the wave with this key as they are at one moment.

    Raises PermissionDenied for whoever may not have one of the papers.
    """
    with one_moment():
        wave = Wave.objects.select_related("program__region", "program__office__region", "venue").get(pk=key)
        parts = [_paper(kind, wave, user, now) for kind in paper_kinds()]
        parts += _sheets(wave, user, now)
        parts.append(_certificates(wave))
        parts.append(_signed(list(signed_copies_about(wave.group).order_by("title", "uploaded_at", "pk"))))
        return Frozen(parts, wave_state(wave))


def expected_files(wave: Wave) -> int:
    """About how many files there will be; three queries."""
    sheets = PaperSheet.objects.filter(session__wave=wave).count()
    certificates = Certificate.objects.valid().filter(enrolment__wave=wave).count()
    return len(paper_kinds()) + sheets + certificates + signed_copies_about(wave.group).count()


def paper_kinds() -> list[type[Paper]]:
    """The papers about a wave whose data can be read apart from laying them out: by when they are needed, by label."""
    kinds = [kind for kind in exports_about("wave") if issubclass(kind, Paper) and getattr(kind, "data", None)]
    return sorted(kinds, key=lambda kind: list(Phase).index(kind.phase))


def _paper(kind: type[Paper], wave: Wave, user: User, now: datetime) -> Part:
    paper = open_export(kind.identifier, user=user, params={"wave": wave.pk})
    if missing := paper.lacks():
        return Part(kind.label, missing=missing)
    try:
        data = paper.data(now)
    except InputError as refusal:
        return Part(kind.label, missing=refusal.sentence)
    return Part(kind.label, lay_out=_one_file(paper.template, data, slugify(kind.label)))


def _one_file(template: str, data: dict, name: str) -> Callable[[Path, Look], Iterator[tuple[str, Path]]]:
    def lay_out(folder: Path, look: Look) -> Iterator[tuple[str, Path]]:
        target = folder / "surat.pdf"
        typeset(template, data, target, look=lambda: look(0))
        yield f"{name}.pdf", target

    return lay_out


def _sheets(wave: Wave, user: User, now: datetime) -> list[Part]:
    """The attendance sheet of each session that has one, in the order of the day."""
    sheets = PaperSheet.objects.filter(session__wave=wave).select_related("session")
    found = []
    for number, sheet in enumerate(sheets.order_by("session__starts_at", "session_id"), start=1):
        session = sheet.session
        label = f"{AttendanceSheet.label} {session.title}"
        if not session.takes_attendance:
            continue
        paper = AttendanceSheet(user, {"session": session.pk})
        try:
            data = paper.data(now)
        except InputError as refusal:
            found.append(Part(label, missing=refusal.sentence))
            continue
        name = f"{number:02d}-{slugify(session.title)[:80]}"
        found.append(Part(label, "daftar-hadir", _one_file(paper.template, data, name)))
    return found or [Part(AttendanceSheet.label, missing=NO_SHEETS)]


def _certificates(wave: Wave) -> Part:
    rows = list(with_holders(Certificate.objects.valid().filter(enrolment__wave=wave).order_by("serial")))
    if not rows:
        return Part("Sertifikat", missing=NO_CERTIFICATES)
    shared, items = CertificatePaper(wave).laid_out(rows)
    names = [f"{filename_of(row)}.pdf" for row in rows]

    def lay_out(folder: Path, look: Look) -> Iterator[tuple[str, Path]]:
        files = typeset_each("certificate", shared, items, folder, look=look)
        yield from zip(names, files, strict=True)

    return Part(f"Sertifikat ({thousands(len(rows))} orang)", "sertifikat", lay_out)


def _signed(copies: list[SignedPaper]) -> Part:
    """What was uploaded, as it is."""
    label = "Berkas yang sudah ditandatangani"
    if not copies:
        return Part(label, missing=NO_COPIES)

    def lay_out(folder: Path, look: Look) -> Iterator[tuple[str, Path]]:
        for number, copy in enumerate(copies, start=1):
            content = kept_files.open_kept(copy.path)
            if content is None:
                continue
            target = folder / f"{number}.pdf"
            with content, target.open("wb") as file:
                for part in content.chunks():
                    file.write(part)
            look(0)
            yield f"{number:02d}-{slugify(copy.title)[:80]}.pdf", target

    return Part(f"{label} ({thousands(len(copies))} berkas)", "bertanda-tangan", lay_out)
