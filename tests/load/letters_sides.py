"""What `letters.py` runs inside a portal: filling the database and the two sides that are compared."""

import json
import tempfile
import time
from pathlib import Path

import typst

from participants.exports import letters
from participants.links import personal_url
from participants.models import Enrolment
from participants.use_cases.invite_participants import invite_participants
from programs.models import PaperSettings, Wave
from rtportal.accounts.models import User
from rtportal.documents.formats import FORMATS
from rtportal.documents.formats.pdf import TEMPLATES
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from rtportal.lib.qr import qr_drawing
from rtportal.lib.short_codes import show_code
from tests import factories


def seed(people: int) -> None:
    """A wave whose people are told by letter alone, with a full head, a signature and copies."""
    factories.regions(factories.TABALONG)
    office = factories.office(
        address="Jalan Pangeran Antasari Nomor 1", city="Tanjung", contact_lines="Telepon 2021234"
    )
    program = factories.program(
        office=office, reach_chain=["letter"], letter_number="400/12/DPMD/{bulan_romawi}/{tahun}"
    )
    PaperSettings.objects.create(
        program=program, signer=factories.signatory(office=office), copies_to="Bupati Tabalong\nInspektur Daerah"
    )
    wave = factories.wave(program=program, venue=factories.venue(capacity=people))
    factories.heads(people, with_email=False)
    invite_participants(wave_id=wave.pk, by=factories.user(), now=factories.NOW)


def portal() -> dict:
    """The worker's whole way: claim, read, lay out, put in place, mark as printed, audit. Seconds and letters."""
    export = _export()
    file = request_export(export=export, file_format=FORMATS["pdf"], by=export.user, clock=_now)
    begun = time.perf_counter()
    write_waiting_files(clock=_now)
    seconds = time.perf_counter() - begun
    file = GeneratedFile.objects.get(pk=file.pk)
    if not file.is_ready:
        raise AssertionError(file.failure)
    return {"seconds": seconds, "letters": file.rows_done}


def typst_and_segno_alone() -> dict:
    """The same data, read and made ready beforehand but for the codes; one compilation for all letters."""
    data = _data()
    people = Enrolment.objects.exclude(short_code=None)
    urls = {show_code(person.short_code): personal_url(person.link_id) for person in people}
    sheets = [letter for bundle in data["bundles"] for letter in bundle["letters"]]
    links = [urls[letter["code"]] for letter in sheets]
    with tempfile.TemporaryDirectory() as folder:
        target = f"{folder}/letters.pdf"
        begun = time.perf_counter()
        for letter, link in zip(sheets, links, strict=True):
            letter["qr"] = qr_drawing(link)
        typst.compile(
            str(TEMPLATES / "invitation_letter.typ"),
            root=str(TEMPLATES),
            sys_inputs={"data": json.dumps(data)},
            ignore_system_fonts=True,
            output=target,
            pdf_standards=["ua-1"],
        )
        seconds = time.perf_counter() - begun
    return {"seconds": seconds, "letters": len(sheets)}


def _data() -> dict:
    """What the portal would give to typst; nothing is laid out."""
    kept: list[dict] = []
    letters.typeset = lambda template, data, target, look: kept.append(data)
    with tempfile.TemporaryDirectory() as folder:
        _export().write(Path(folder) / "letters.pdf", now=_now(), tell=lambda done: None)
    return kept[0]


def _export() -> letters.Letters:
    wave = Wave.objects.get()
    return open_export("surat", user=User.objects.get(), params={"wave": wave.pk, "area": factories.TABALONG})


def _now():
    # The wave is ahead of it.
    return factories.NOW
