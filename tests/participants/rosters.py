"""Roster files for tests, and the way of one through the import."""

import io
from datetime import datetime

import xlsxwriter
from django.core.files.base import ContentFile

from participants.models import RT, RosterImport, RTHead
from participants.use_cases.approve_roster_import import approve_roster_import
from participants.use_cases.process_roster_imports import process_roster_imports
from participants.use_cases.request_roster_undo import request_roster_undo
from participants.use_cases.undo_roster_import import Undone, undo_roster_import
from participants.use_cases.upload_roster import upload_roster
from rtportal.accounts.models import User
from rtportal.regions.models import Region
from tests import factories

HEADER = ("Nama", "RT", "RW", "Kelurahan/Desa", "Kecamatan", "Nomor HP", "E-mail", "NIK", "Awal masa bakti",
          "Akhir masa bakti", "Status", "Kode wilayah")  # fmt: skip
KEYS = ("name", "number", "rw", "village", "district", "phone", "email", "nik", "starts", "ends", "status", "code")
NIK, OTHER_NIK = "6309061203700001", "6309065203700002"


def row(**cells) -> list:
    """One row under HEADER: Ahmad Fauzi of RT 005 in Belimbing Raya, unless told otherwise."""
    usual = {"name": "H. Ahmad Fauzi, S.Pd.", "number": "005", "village": "Belimbing Raya", "district": "Murung Pudak"}
    return [(usual | cells).get(key, "") for key in KEYS]


def xlsx(rows: list[list], header: tuple = HEADER) -> bytes:
    """An XLSX file; texts stay texts, numbers numbers."""
    packed = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(packed, options) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([header, *rows]):
            sheet.write_row(number, 0, cells)
    return packed.getvalue()


def csv(rows: list[list], header: tuple = HEADER, separator: str = ";") -> bytes:
    return "\r\n".join(separator.join(map(str, cells)) for cells in [header, *rows]).encode()


def uploaded(
    data: bytes,
    *,
    by: User | None = None,
    region: str = factories.TABALONG,
    filename: str = "rt.xlsx",
    now: datetime = factories.NOW,
) -> RosterImport:
    """An import in the worker's queue."""
    return upload_roster(
        region=Region.objects.get(pk=region),
        upload=ContentFile(data),
        filename=filename,
        by=by or factories.user(region=region),
        now=now,
    )


def previewed(data: bytes, *, now: datetime = factories.NOW, **how) -> RosterImport:
    """An import that the worker has checked."""
    made = uploaded(data, now=now, **how)
    process_roster_imports(now=now)
    made.refresh_from_db()
    return made


def approved(data: bytes, **how) -> RosterImport:
    made = previewed(data, **how)
    approve_roster_import(import_id=made.pk, fingerprint=made.fingerprint, by=made.uploaded_by)
    made.refresh_from_db()
    return made


def applied(data: bytes, *, now: datetime = factories.NOW, **how) -> RosterImport:
    """An import that the worker has checked and, approved, applied."""
    made = approved(data, now=now, **how)
    process_roster_imports(now=now)
    made.refresh_from_db()
    return made


def undone(made: RosterImport, *, now: datetime = factories.NOW) -> Undone:
    """An applied import that its official wants undone, and the worker's answer."""
    request_roster_undo(import_id=made.pk, by=made.uploaded_by, now=now)
    made.refresh_from_db()
    result = undo_roster_import(roster_import=made, now=now)
    made.refresh_from_db()
    return result


def roster() -> list[tuple]:
    """Everything the portal knows of RTs and heads, for comparing before and after."""
    return [
        *RT.objects.order_by("pk").values_list(),
        *RTHead.objects.order_by("pk").values_list(),
    ]


def current(number: str = "005") -> RTHead:
    """The current head of the only RT with that number."""
    return RTHead.objects.current().select_related("rt").get(rt__number=number)
