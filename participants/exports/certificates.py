"""Certificates as they were issued: one person's as PDF, or those of a whole wave as files of one ZIP."""

import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from django.http import Http404
from django.utils.text import slugify

from participants.models import Certificate
from participants.queries.certificate_paper import TEMPLATE, WITH_OFFICE, CertificatePaper, with_holders
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right
from rtportal.documents.formats.pdf import TypesettingFailed, typeset, typeset_each
from rtportal.documents.registry import Paper, register
from rtportal.lib.errors import InputError
from rtportal.lib.keys import parse_key

NOT_YET = "Belum ada sertifikat. Terbitkan dahulu dari bagian Kehadiran, halaman Sertifikat."
# Somebody waits for the answer of a page.
_MOST_SECONDS = 20


class NoCertificates(InputError):
    """There is nothing to print."""


@register
class OneCertificate(Paper):
    """The certificate that a participant has now."""

    identifier = "sertifikat"
    label = "Sertifikat"
    about = "enrolment"
    right = Right.SCHEDULE
    unit = "sertifikat"

    def __init__(self, user: User, params: Mapping[str, object]):
        key = parse_key(str(params.get("enrolment", "")))
        rows = with_holders(Certificate.objects.valid().visible_to(user))
        found = None if key is None else rows.filter(enrolment=key).first()
        if found is None:
            raise Http404("no such certificate")
        self.certificate = found
        self.wave = Wave.objects.select_related(*WITH_OFFICE).get(pk=found.enrolment.wave_id)
        self.params = {"enrolment": key}
        self.region_code = self.wave.program.region_id
        self.subject = self.wave.group
        self.title = f"Sertifikat {found.holder}, {self.wave.title}, {self.wave.program.name}"
        self.filename = filename_of(found)

    def count(self) -> int:
        return 1

    def write(self, target: Path, *, now: datetime, tell: Callable[[int], None]) -> None:
        write_certificate(self.certificate, self.wave, target, look=lambda: tell(0))
        tell(1)


@register
class WaveCertificates(Paper):
    """All certificates of a wave that are valid, a file for each person."""

    identifier = "sertifikat-gelombang"
    label = "Sertifikat semua peserta"
    about = "wave"
    right = Right.SCHEDULE
    formats = ("zip",)
    unit = "sertifikat"

    def __init__(self, user: User, params: Mapping[str, object]):
        waves = Wave.objects.visible_to(user).select_related(*WITH_OFFICE)
        wave = waves.filter(pk=parse_key(str(params.get("wave")))).first()
        if wave is None:
            raise Http404("no such wave")
        self.wave = wave
        self.params = {"wave": wave.pk}
        self.region_code = wave.program.region_id
        self.subject = wave.group
        self.title = f"Sertifikat {wave.title}, {wave.program.name}"
        self.filename = slugify(f"sertifikat {wave.title} {wave.program.name}")[:120]
        self._rows = Certificate.objects.valid().visible_to(user).filter(enrolment__wave=wave).order_by("serial")

    def count(self) -> int:
        return self._rows.count()

    def lacks(self) -> str:
        return "" if self.count() else NOT_YET

    def write(self, target: Path, *, now: datetime, tell: Callable[[int], None]) -> None:
        rows = list(with_holders(self._rows))
        if not rows:
            raise NoCertificates(NOT_YET)
        shared, items = CertificatePaper(self.wave).laid_out(rows)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            files = typeset_each(TEMPLATE, shared, items, Path(folder), look=tell)
            with ZipFile(target, "w", ZIP_STORED) as bundle:
                for done, (row, file) in enumerate(zip(rows, files, strict=True)):
                    bundle.write(file, f"{filename_of(row)}.pdf")
                    tell(done)
        tell(len(rows))


def certificate_pdf(key: int) -> bytes:
    """The certificate with this key, for its holder. Raises TypesettingFailed, also if it takes too long."""
    certificate = with_holders(Certificate.objects).get(pk=key)
    wave = Wave.objects.select_related(*WITH_OFFICE).get(pk=certificate.enrolment.wave_id)
    until = time.monotonic() + _MOST_SECONDS

    def look() -> None:
        if time.monotonic() > until:
            raise TypesettingFailed(TEMPLATE)

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "sertifikat.pdf"
        write_certificate(certificate, wave, target, look=look)
        return target.read_bytes()


def write_certificate(certificate: Certificate, wave: Wave, target: Path, *, look: Callable[[], None]) -> None:
    """One certificate as PDF; `wave` comes with program, office, both regions and venue. Raises TypesettingFailed."""
    shared, [item] = CertificatePaper(wave).laid_out([certificate])
    typeset(TEMPLATE, shared | {"item": item}, target, look=look)


def filename_of(certificate: Certificate) -> str:
    """`sertifikat-001-h-ahmad-fauzi`: the running number keeps namesakes apart and the files in order."""
    return slugify(f"sertifikat {certificate.serial:03d} {certificate.holder}")[:100]
