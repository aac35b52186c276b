"""Read the reference file of all Indonesian regions; no database is needed.

The file (`data/regions.tsv.xz`) is UTF-8 text, one region per line, five tab-separated columns after a heading line:
code, kind, name, "latitude,longitude" (empty when unknown) and time zone (provinces only). Lines are sorted by
code, so every parent stands before its children.
"""

import lzma
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from rtportal.regions.codes import ancestors, level_of

DATA_FILE = Path(__file__).parent / "data" / "regions.tsv.xz"
HEADING = ("code", "kind", "name", "coordinates", "time_zone")


class RegionRow(NamedTuple):
    """One region with its official Kemendagri code (`PP`, `PP.KK`, `PP.KK.CC` or `PP.KK.CC.DDDD`).

    `name` is without its kind: kind "kabupaten" and name "Tabalong" are together Kabupaten Tabalong.
    Coordinates are decimal degrees (WGS 84, 4 decimals, about 11 m) or both None.
    """

    code: str
    name: str
    level: int
    kind: str
    parent_code: str | None
    time_zone: str
    latitude: float | None
    longitude: float | None


def parent_code_of(code: str) -> str | None:
    """Code of the region above; None for a province."""
    return code.rpartition(".")[0] or None


def read_regions(path: Path = DATA_FILE, *, areas: Collection[str] | None = None) -> Iterator[RegionRow]:
    """Yield the regions of the file, parents before children; the time zone comes from the province.

    `areas` are codes: only these regions, all above and all below them; a code that the file lacks yields nothing
    of its own. None yields the whole country.
    Raises ValueError when the file is not of the form described above, LZMAError when it is damaged.
    """
    zones: dict[str, str] = {}
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        if tuple(next(lines, "").rstrip("\n").split("\t")) != HEADING:
            raise ValueError(f"{path.name} does not begin with the heading {HEADING}")
        for line in lines if areas is None else _near(areas, lines):
            code, kind, name, coordinates, zone = line.rstrip("\n").split("\t")
            if zone:
                zones[code] = zone
            latitude, longitude = map(float, coordinates.split(",")) if coordinates else (None, None)
            yield RegionRow(
                code=code,
                name=name,
                level=level_of(code),
                kind=kind,
                parent_code=parent_code_of(code),
                time_zone=zones[code[:2]],
                latitude=latitude,
                longitude=longitude,
            )


def _near(areas: Collection[str], lines: Iterable[str]) -> Iterator[str]:
    # Chosen before a line is taken apart: most lines are not wanted, and tests load two areas again and again.
    chosen = {*areas, *(above for area in areas for above in ancestors(area))}
    below = tuple(f"{area}." for area in areas)
    for line in lines:
        code = line.partition("\t")[0]
        if code in chosen or code.startswith(below):
            yield line
