"""Tabalong's roster as a file an official would have: 951 RT heads of 12 kecamatan, and a few faulty rows."""

from io import BytesIO

import xlsxwriter

from participants.management.demo.facts import TABALONG
from participants.models import RT, RTHead
from rtportal.regions.reader import read_regions

HEADINGS = ("No", "Nama", "RT", "RW", "Kelurahan/Desa", "Kecamatan", "Kode wilayah", "Nomor HP", "E-mail")
FAULTS = (
    ("", "099", "", "Jaro", "Jaro", "", "081234567890", ""),
    ("Salah Desa", "008", "", "Desa Yang Tidak Ada", "Jaro", "", "081234567891", ""),
    ("Telepon Rumah", "009", "", "", "", "63.09.11.2001", "0526-2021234", ""),
)


def roster_rows() -> list[tuple[str, ...]]:
    """951 rows without faults, each with its own telephone number and e-mail address."""
    regions = list(read_regions(areas=("63.09",)))
    districts = {row.code: row.name for row in regions if row.level == 3}
    rows = []
    for count in TABALONG:
        villages = [row for row in regions if row.level == 4 and row.parent_code == count.code]
        for index in range(count.heads):
            village = villages[index % len(villages)]
            serial = f"{count.code[-2:]}{index:03d}"
            rows.append(
                (
                    f"Warga {districts[count.code]} {index + 1}",
                    f"{index // len(villages) + 1:03d}",
                    "",
                    village.name,
                    districts[count.code],
                    village.code,
                    f"0812555{serial}",
                    f"rt{serial}@warga.test",
                )
            )
    return rows


def workbook(rows: list[tuple[str, ...]]) -> bytes:
    """The rows as an XLSX file with a running number."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Ketua RT")
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, (number, *row))
    return file.getvalue()


def seed_heads() -> None:
    """The same people straight into the database, for stories that begin after the import."""
    rows = roster_rows()
    units = RT.objects.bulk_create(RT(village_id=row[5], number=row[1]) for row in rows)
    RTHead.objects.bulk_create(
        RTHead(rt=unit, name=row[0], phone=f"+62{row[6][1:]}", email=row[7])
        for unit, row in zip(units, rows, strict=True)
    )
