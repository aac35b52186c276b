"""What `certificates.py` runs inside a portal: filling the database and the two sides that are compared."""

import json
import tempfile
import time
from datetime import time as hour
from pathlib import Path
from zipfile import ZipFile

import typst

from participants.models import Attendance, Certificate, Enrolment
from participants.queries.certificate_paper import CertificatePaper, with_holders
from participants.use_cases.issue_certificates import issue_certificates
from programs.models import PaperSettings, Signatory, Wave
from rtportal.accounts.models import User
from rtportal.documents.formats import FORMATS
from rtportal.documents.formats.pdf import TEMPLATES
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export
from rtportal.documents.storage import open_stored
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from rtportal.lib import clock, links
from tests import factories


def seed(people: int) -> None:
    """A wave that is over, with six sessions, whose people were all there and have their certificates."""
    factories.regions(factories.MURUNG_PUDAK)
    wave = factories.wave(invitations_opened_at=factories.NOW)
    for number in range(6):
        factories.session(wave=wave, title=f"Materi {number}", starts=hour(8 + number), minutes=45)
    by = factories.user()
    signer = Signatory.objects.create(office=wave.program.office, name="Rahmadi", position="Kepala Dinas", nip="1" * 18)
    PaperSettings.objects.create(program=wave.program, certificate_signer=signer)
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            program_id=wave.program_id,
            wave=wave,
            head=head,
            rt=head.rt,
            village_id=head.rt.village_id,
            invited_at=factories.NOW,
            link_hash=links.hash_token(str(head.pk)),
        )
        for head in factories.heads(people)
    )
    for session in wave.training_sessions.all():
        Attendance.objects.bulk_create(
            Attendance(enrolment=one, session=session, marked_at=session.starts_at, marked_by=by) for one in enrolments
        )
    issue_certificates(wave=wave, by=by, now=clock.now())


def portal() -> dict:
    """The worker's whole way: claim, read, lay out, pack, put in place, audit. Seconds, files and signs of life."""
    by, wave = User.objects.get(), Wave.objects.get()
    export = open_export("sertifikat-gelombang", user=by, params={"wave": wave.pk})
    file = request_export(export=export, file_format=FORMATS["zip"], by=by, clock=clock.now)
    looked = Looks()
    begun = time.perf_counter()
    write_waiting_files(clock=looked.now)
    seconds = time.perf_counter() - begun
    file = GeneratedFile.objects.get(pk=file.pk)
    if not file.is_ready:
        raise AssertionError(file.failure)
    with open_stored(file) as handle, ZipFile(handle) as bundle:
        files = len(bundle.namelist())
    return {"seconds": seconds, "files": files, "reports": looked.count}


class Looks:
    """The clock, counting how often it is asked: the worker does so whenever it is told how far a file is."""

    def __init__(self):
        self.count = 0

    def now(self):
        self.count += 1
        return clock.now()


def typst_alone() -> dict:
    """The same data, read and made ready beforehand; one compiler for all files."""
    wave = Wave.objects.select_related("program__office__region", "program__region", "venue").get()
    shared, items = CertificatePaper(wave).laid_out(with_holders(Certificate.objects.order_by("serial")))
    data, ready = json.dumps(shared), [json.dumps(item) for item in items]
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        compiler = typst.Compiler(str(TEMPLATES / "certificate.typ"), root=str(TEMPLATES), ignore_system_fonts=True)
        for number, item in enumerate(ready):
            target = f"{folder}/{number}.pdf"
            compiler.compile(sys_inputs={"data": data, "item": item}, output=target, pdf_standards=["ua-1"])
        seconds = time.perf_counter() - begun
        return {"seconds": seconds, "files": len(list(Path(folder).iterdir()))}
