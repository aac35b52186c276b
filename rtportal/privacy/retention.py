"""Retention classes: what goes after how many months, and how. Each app registers its own at its start:

    retention_class(RetentionClass("pintu", …, stores=(Store("Tamu", expired, purge),)))

A class without stores is kept, and says why. The nightly run (`use_cases/purge_expired.py`) destroys what is expired.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from rtportal.regions.models import Region

# What stands where a name stood: counts and history stay readable.
GONE = "(dihapus)"


@dataclass(frozen=True)
class Expiry:
    """What a store is asked: data of the region (code; "" for the installation's own) from before `until`."""

    region_code: str
    until: datetime
    now: datetime


@dataclass(frozen=True)
class Store:
    """One table of a class.

    `expired` finds the rows, and finds none of them again once they were purged. `purge` empties or deletes the rows
    of these primary keys in the caller's transaction and returns the paths of files that must go from the storage.
    """

    label: str
    expired: Callable[[Expiry], QuerySet]
    purge: Callable[[Sequence, datetime], Iterable[str]]


@dataclass(frozen=True)
class RetentionClass:
    """`months` is the usual number; a kabupaten/kota may choose another one from `least` to `most`.

    `since` says from when they count, `what` what becomes of the data, `why` the ground of the bounds.
    """

    key: str
    label: str
    since: str
    what: str
    why: str
    months: int
    least: int
    most: int
    stores: tuple[Store, ...]
    # Belongs to the installation, not to a kabupaten/kota: the usual number holds.
    is_portal_wide: bool = False


@dataclass(frozen=True)
class KeptClass:
    """Data that the purge leaves alone: how long it stays, and why."""

    key: str
    label: str
    how_long: str
    why: str


_classes: dict[str, RetentionClass] = {}
_kept: dict[str, KeptClass] = {}
_open_groups: list[Callable[[str, datetime], Iterable[str]]] = []


def retention_class(made: RetentionClass) -> RetentionClass:
    """Makes a class known; the same key again replaces it."""
    _classes[made.key] = made
    return made


def kept_class(made: KeptClass) -> KeptClass:
    _kept[made.key] = made
    return made


def open_groups_source(source: Callable[[str, datetime], Iterable[str]]) -> None:
    """Registers who knows which groups of messages (`wave:12`) an open programme of a region still needs."""
    if source not in _open_groups:
        _open_groups.append(source)


def open_groups(region_code: str, now: datetime) -> set[str]:
    return {group for source in _open_groups for group in source(region_code, now)}


def classes(*, is_portal_wide: bool = False) -> list[RetentionClass]:
    """Those of kabupaten/kota, or of the installation, by label."""
    found = (one for one in _classes.values() if one.is_portal_wide == is_portal_wide)
    return sorted(found, key=lambda one: one.label)


def kept_classes() -> list[KeptClass]:
    return sorted(_kept.values(), key=lambda one: one.label)


def class_of(key: str) -> RetentionClass | None:
    return _classes.get(key)


def retention_label(key: str, months: Mapping[str, int] | None = None) -> str:
    """`24 bulan sesudah gelombangnya selesai` as it is usual, or as `months` by class say; how long kept data stays.

    Raises KeyError.
    """
    if key in _kept:
        return _kept[key].how_long
    return f"{(months or {}).get(key, _classes[key].months)} bulan {_classes[key].since}"


def label_of(key: str) -> str:
    """What people call the class; the key itself where it is gone."""
    known = _classes.get(key) or _kept.get(key)
    return known.label if known else key


def months_before(now: datetime, months: int) -> datetime:
    """The same moment so many calendar months ago; the last day of the month where it has no such day."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)


def is_tenant(region: Region) -> bool:
    """Whether settings and purges are made for it."""
    return region.level == Region.Level.REGENCY
