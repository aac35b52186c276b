"""What `roster_export.py` runs inside a portal: filling the database and the two sides that are compared."""

import resource
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from xlsxwriter import Workbook

from participants import nik_store
from participants.models import RT, Answer, Attendance, Enrolment, RTHead
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from rtportal.lib import clock, links
from tests import factories

AREAS = (factories.MURUNG_PUDAK, factories.JARO)
AT_ONCE = 5_000
# Enough different ones that no cache of a few thousand could help.
NIKS = 20_000


def seed(rows: int) -> None:
    """A wave of `rows` participants with titles, NIK, answers and attendance in one session: 15 columns."""
    factories.regions(factories.TABALONG)
    wave = factories.wave(areas=AREAS, invitations_opened_at=factories.NOW)
    session = factories.session(wave=wave)
    clerk = factories.user(role="admin")
    places = [place for area in AREAS for place in factories.villages_of(area)]
    sealed = [nik_store.sealed(f"63090612{70 + n // 9999:02d}0{n % 9999 + 1:05d}") for n in range(min(rows, NIKS))]
    for start in range(0, rows, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, rows))
        units = RT.objects.bulk_create(
            RT(village=places[n % len(places)], rw=f"{n % 20 + 1:03d}", number=f"{n // len(places):05d}")
            for n in numbers
        )
        heads = RTHead.objects.bulk_create(
            RTHead(
                rt=unit,
                gelar_depan="H." if n % 3 else "",
                name=f"Ahmad Fauzi {n:06d}",
                gelar_belakang="S.Pd." if n % 2 else "",
                phone=f"+62812{n:08d}",
                nik_encrypted=sealed[n % len(sealed)],
            )
            for n, unit in zip(numbers, units, strict=True)
        )
        people = Enrolment.objects.bulk_create(_person(wave, n, head) for n, head in zip(numbers, heads, strict=True))
        answered = [person for person in people if person.answer]
        Answer.objects.bulk_create(
            Answer(enrolment=person, kind=person.answer, channel="link", at=person.answered_at) for person in answered
        )
        Attendance.objects.bulk_create(
            Attendance(enrolment=person, session=session, marked_at=factories.NOW, marked_by=clerk)
            for person in answered
            if person.answer != "declined"
        )


def _person(wave: Wave, n: int, head: RTHead) -> Enrolment:
    """Every fourth head has not answered, the others in three ways."""
    answer = ["", *Enrolment.AnswerKind.values][n % 4]
    is_represented = answer == "represented"
    return Enrolment(
        program_id=wave.program_id,
        wave=wave,
        head=head,
        rt_id=head.rt_id,
        village_id=head.rt.village_id,
        invited_at=factories.NOW,
        link_hash=links.hash_token(str(n)),
        answer=answer,
        answered_at=factories.NOW + timedelta(minutes=n % 10_000) if answer else None,
        reason="Ada keperluan keluarga" if answer == "declined" else "",
        substitute_name=f"Siti Aminah {n}" if is_represented else "",
        substitute_phone=f"+62852{n:08d}" if is_represented else "",
    )


def portal() -> dict:
    """The worker's whole way: claim, read, write, put in place, audit. Seconds, peak of memory in MB, rows."""
    by = User.objects.get()
    export = open_export("daftar-peserta", user=by, params={"wave": Wave.objects.get().pk})
    file = request_export(export=export, file_format=FORMATS["xlsx"], by=by, clock=clock.now)
    begun = time.perf_counter()
    write_waiting_files(clock=clock.now)
    seconds = time.perf_counter() - begun
    file = GeneratedFile.objects.get(pk=file.pk)
    rows = file.rows_done if file.is_ready else 0
    return {"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, "rows": rows}


def xlsxwriter_alone() -> dict:
    """The same cells, read and formatted beforehand."""
    export = open_export("daftar-peserta", user=User.objects.get(), params={"wave": Wave.objects.get().pk})
    headings = [column.heading for column in export.columns()]
    rows = [tuple(row) for row in export.rows()]
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        with Workbook(Path(folder) / "raw.xlsx", {"constant_memory": True}) as workbook:
            page = workbook.add_worksheet()
            for line, row in enumerate([headings, *rows]):
                for number, cell in enumerate(row):
                    if isinstance(cell, int):
                        page.write_number(line, number, cell)
                    else:
                        page.write_string(line, number, cell)
        seconds = time.perf_counter() - begun
    return {"seconds": seconds, "rows": len(rows)}
