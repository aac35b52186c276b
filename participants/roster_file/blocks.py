"""Kecamatan and villages that a sheet says once instead of in every row: by its name, a title, a line above a block."""

import re
from collections.abc import Iterator

from participants.roster_file import cells
from participants.roster_file.places import Places
from rtportal.lib.names import fold
from rtportal.lib.sheets import SheetRow, Table
from rtportal.regions.codes import DISTRICT, VILLAGE
from rtportal.regions.models import Region

# A line above a block says little else.
_MOST_CELLS = 2
_LINE = re.compile(r"(?:(kecamatan|kec)|(?:kelurahan|kel|desa|ds)(?: (?:kelurahan|kel|desa|ds))?) (\S.*)")
_IN_TITLE = {
    "district": re.compile(
        r"\b(?:kecamatan|kec) (.+?)(?= (?:kabupaten|kab|kota|provinsi|tahun|periode|kelurahan|desa)\b|$)"
    ),
    "village": re.compile(r"\b((?:kelurahan|kel|desa) .+?)(?= (?:kecamatan|kec|kabupaten|kota|tahun|periode)\b|$)"),
}
# "A. Kelurahan Belimbing", "II. Kecamatan Jaro"
_COUNTED = re.compile(r"^(?:[IVXLivxl]+|[A-Za-z]|\d{1,2})[.)]\s*")
# Where an office stands is not what its list is about.
_ADDRESS = re.compile(r"\b(?:jl|jln|jalan|alamat|telp|telepon|telpon|fax|faks|pos|e ?mail|website)\b")
_KIND = re.compile(r"(?:kelurahan|kel|desa) ")


def of_sheet(table: Table, places: Places) -> dict[str, str]:
    """The places that hold for the whole sheet, "district" and "village" to what a cell would say.

    From the region of the import, where it is smaller than a kabupaten, else from the sheet's name and its titles;
    where those disagree, none.
    """
    said = _of_region(places.region, places)
    names = {level: _names(places, level) for level in (DISTRICT, VILLAGE)}
    titles = [text for texts in table.above if not _ADDRESS.search(text := fold(" ".join(texts)))]
    for key, level in (("district", DISTRICT), ("village", VILLAGE)):
        found = {match[1] for text in titles for match in _IN_TITLE[key].finditer(text) if _is(match[1], names[level])}
        if key == "district" and _is(bare(table.sheet), names[level]):
            found.add(bare(table.sheet))
        if key not in said and len({_squeezed(name) for name in found}) == 1:
            said[key] = found.pop()
    return said


def line(row: SheetRow, columns: set[int]) -> tuple[str, str] | None:
    """("district" or "village", what is said) for a row that only says the place of those below it.

    In `columns`, those of villages and kecamatan, such a text is a row that is not filled in yet.
    """
    if len(row.cells) - row.cells.count("") > _MOST_CELLS:
        return None
    filled = [(index, said) for index, cell in enumerate(row.cells) if (said := cells.text(cell))]
    if not filled or filled[0][0] in columns:
        return None
    said = _COUNTED.sub("", " ".join(text for _, text in filled), count=1)
    match = _LINE.fullmatch(fold(said))
    return ("district" if match[1] else "village", said) if match else None


def lines(rows: list[SheetRow]) -> Iterator[str]:
    """The keys of the lines above blocks, whichever column is which."""
    return (found[0] for row in rows if (found := line(row, set())))


def bare(district: str) -> str:
    """The name of a kecamatan for comparing, without that word: "Kec. Jaro" and "JARO" are one."""
    return re.sub(r"^(?:kecamatan|kec) ", "", fold(district))


def _of_region(region: Region, places: Places) -> dict[str, str]:
    if region.level == DISTRICT:
        return {"district": region.name}
    if region.level == VILLAGE:
        return {"district": places.by_code[region.parent_id].name, "village": region.full_name}
    return {}


def _names(places: Places, level: int) -> set[str]:
    return {_squeezed(place.name) for place in places.by_code.values() if place.level == level}


def _is(said: str, names: set[str]) -> bool:
    return _squeezed(said) in names or _squeezed(_KIND.sub("", said, count=1)) in names


def _squeezed(folded: str) -> str:
    return fold(folded).replace(" ", "")
