"""Keys of areas: a region's code, or one RW of a kelurahan/desa: `63.09.06`, `63.09.06.1001`, `63.09.06.1001/003`.

Of a kelurahan/desa that was split, `63.09.06.1001/-` is the part whose RTs belong to no RW.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from rtportal.regions.codes import VILLAGE, ancestors, level_of, within_q
from rtportal.regions.models import Region

NO_RW = "-"


def make_key(code: str, rw: str) -> str:
    return f"{code}/{rw}" if rw else code


def split_key(key: str) -> tuple[str, str]:
    """`63.09.06.1001/003` → ("63.09.06.1001", "003"); the RW is empty where a whole region is meant."""
    code, _, rw = key.partition("/")
    return code, rw


def is_inside(key: str, other: str) -> bool:
    """Whether the area `key` is `other` or a part of it."""
    return key == other or other in above(key)


def above(key: str) -> list[str]:
    """Codes of the regions that contain the area, the province first."""
    code, rw = split_key(key)
    return [*ancestors(code), code] if rw else ancestors(code)


def area_q(keys: Iterable[str], *, village: str, rw: str) -> Q:
    """Rows of the areas; no area, no row. `village` and `rw` name the columns: `rt__village_id`, `rt__rw`.

    A few conditions however many areas there are: SQLite limits the depth of one.
    """
    upper, whole, parts = [], [], defaultdict(list)
    for key in keys:
        code, unit = split_key(key)
        if unit:
            parts[code].append("" if unit == NO_RW else unit)
        else:
            (whole if level_of(code) == VILLAGE else upper).append(code)
    found = within_q(village, upper)
    if whole:
        found |= Q(**{f"{village}__in": whole})
    for code, units in parts.items():
        found |= Q(**{village: code, f"{rw}__in": units})
    return found


def area_name(region: Region, rw: str) -> str:
    """`Jaro`, `RW 003 Pembataan`, `Pembataan tanpa RW`."""
    return _with_rw(region.name, rw)


def area_full_name(region: Region, rw: str) -> str:
    """`Kecamatan Jaro`, `RW 003 Kelurahan Pembataan`, `Kelurahan Pembataan tanpa RW`."""
    return _with_rw(region.full_name, rw)


def _with_rw(name: str, rw: str) -> str:
    if rw == NO_RW:
        return f"{name} tanpa RW"
    return f"RW {rw} {name}" if rw else name
