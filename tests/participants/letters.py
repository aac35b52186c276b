"""A wave whose people are told by letter, and its letters printed and read back."""

from collections.abc import Iterator
from datetime import datetime

from pypdf import PdfReader

from participants.use_cases.invite_participants import invite_participants
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export
from rtportal.documents.storage import open_stored
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from rtportal.messaging.models import Message
from rtportal.regions.models import Region
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW, TABALONG


def wave_by_letter(count: int = 3, **fields) -> Wave:
    """The heads of a kecamatan, each in another village, told by letter alone."""
    factories.regions()
    program = fields.pop("program", None) or factories.program(
        name="Bimtek Ketua RT 2026", letter_number="400.10/12/DPMD", reach_chain=["letter"]
    )
    wave = factories.wave(program=program, **fields)
    factories.heads(count, with_email=False)
    invite_participants(wave_id=wave.pk, by=factories.user(), now=NOW)
    return wave


def letters() -> list[Message]:
    return sorted(Message.objects.filter(channel="letter"), key=lambda one: (one.region_code, one.address, one.pk))


def village() -> Region:
    return factories.villages_of(MURUNG_PUDAK)[0]


def ask(wave: Wave, by: User, *, area: str = TABALONG, again: bool = False, now: datetime = NOW) -> GeneratedFile:
    params = {"wave": wave.pk, "area": area, "again": "1" if again else ""}
    export = open_export("surat", user=by, params=params)
    return request_export(export=export, file_format=FORMATS["pdf"], by=by, clock=lambda: now)


def print_letters(wave: Wave, by: User, *, now: datetime = NOW, **wishes) -> GeneratedFile:
    """Asks for the bundle and lets the worker write it."""
    file = ask(wave, by, now=now, **wishes)
    write_waiting_files(clock=lambda: now)
    file.refresh_from_db()
    return file


def pages(file: GeneratedFile) -> list[str]:
    """The text of each page, blanks made one."""
    return list(_texts(file))


def _texts(file: GeneratedFile) -> Iterator[str]:
    file.refresh_from_db()
    assert file.state == "ready", file.failure
    with open_stored(file) as handle:
        for page in PdfReader(handle).pages:
            yield " ".join(page.extract_text().split())
