"""What `roster_import.py` runs inside a portal: the file, and the two sides that are compared."""

import io
import time
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from participants.models import RT, RosterImport, RTHead
from rtportal.accounts.models import User
from tests import factories
from tests.participants import rosters

FILE = settings.VAR_DIR / "roster.xlsx"
FRONT, BACK = ("", "H.", "Hj."), ("", "S.Pd.", "S.E., M.M.")
# One row in twenty is damaged, in turn in one of these ways; the last cannot be repaired.
EVERY = 20
WAYS = 5


def seed(heads: int) -> None:
    """The regions, an official, and a roster with every column filled, spread over all villages of Tabalong."""
    factories.regions(factories.TABALONG)
    factories.user()
    districts = {district.code: district.name for district in factories.Region.objects.districts()}
    villages = list(factories.Region.objects.villages().order_by("code"))
    FILE.write_bytes(
        rosters.xlsx([_row(n, village := villages[n % len(villages)], districts[village.parent_id], n // len(villages))
                      for n in range(heads)])
    )  # fmt: skip


def _row(n: int, village, district: str, unit: int) -> list:
    whole = _whole_row(n, village, district, unit)
    return _damaged(whole, n // EVERY % WAYS) if n % EVERY == 0 else whole


def _damaged(cells: list, way: int) -> list:
    at = rosters.KEYS.index
    if way == 0:
        cells[at("phone")] = f"62 {cells[at('phone')][1:]}"
    elif way == 1:
        cells[at("number")] = f"RT.{cells[at('number')]}/RW.{cells[at('rw')]}"
    elif way == 2:
        cells[at("district")] += "h"
    elif way == 3:
        cells[at("village")] = cells[at("village")].replace("Kelurahan", "Kel.").replace("Desa", "Ds")
    else:
        cells[at("phone")] = "8,12E+11"
    return cells


def _whole_row(n: int, village, district: str, unit: int) -> list:
    return rosters.row(
        name=", ".join(filter(None, [f"{FRONT[n % 3]} Ahmad Fauzi {n:05d}".strip(), BACK[n // 3 % 3]])),
        number=f"{unit + 1:03d}",
        rw=f"{n % 9 + 1:03d}",
        village=village.full_name,
        district=district,
        phone=f"0812{n:08d}",
        email=f"ketua-{n:05d}@rt.test",
        nik=f"630906{n // 9999 + 1:02d}0670{n % 9999 + 1:04d}",
        starts=date(2022, 1, 1),
        ends=date(2026, 12, 31),
        status="Definitif",
    )


def portal() -> float:
    """Upload, check, preview, approve, apply: seconds. Raises AssertionError unless every row was applied but those
    beyond repair.
    """
    data, official = FILE.read_bytes(), User.objects.get()
    _empty()
    begun = time.perf_counter()
    done = rosters.applied(data, by=official)
    seconds = time.perf_counter() - begun
    lost = len(range(EVERY * (WAYS - 1), done.rows_total, EVERY * WAYS))
    if (done.state, done.fault_count, done.new_count) != (RosterImport.State.APPLIED, lost, done.rows_total - lost):
        raise AssertionError(f"{done.state}: {done.new_count} new, {done.fault_count} faults {done.faults[:3]}")
    return seconds


def bare() -> float:
    """The file read and its cells put into RTHead's columns as they are: seconds. The RTs are there beforehand."""
    data = FILE.read_bytes()
    _empty()
    places = [village.pk for village in factories.Region.objects.villages()]
    rows = len(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()) - 1
    units = RT.objects.bulk_create(
        RT(village_id=places[n % len(places)], number=f"{n // len(places):03d}") for n in range(rows)
    )
    begun = time.perf_counter()
    cells = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    with transaction.atomic():
        RTHead.objects.bulk_create(
            RTHead(
                rt=unit,
                name=name,
                phone=phone,
                email=email,
                nik_encrypted=nik,
                term_starts_on=starts,
                term_ends_on=ends,
                status=status,
            )
            for unit, (name, _, _, _, _, phone, email, nik, starts, ends, status, _) in zip(units, cells, strict=True)
        )
    return time.perf_counter() - begun


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE participants_rt, participants_rosterimport CASCADE")
