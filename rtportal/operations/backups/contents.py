"""Everything of an archive, in its order, as a stream of bytes."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from rtportal.operations.backups.databases import Source
from rtportal.operations.backups.keys import keys_now
from rtportal.operations.backups.layout import DATABASE, FILES, FORMAT, KEYS, MANIFEST, Manifest
from rtportal.operations.backups.packing import Packing
from rtportal.operations.errors import BackupError

# Folders whose names end so are not of anybody yet.
DRAFT = ".part"
# Made by the file system at the top of a disk of its own, and closed to everybody.
_OF_THE_DISK = "lost+found"


@dataclass
class Packed:
    """What went into an archive; filled while it is written."""

    manifest: Manifest | None = None
    files: int = 0
    # Files that were deleted while they were about to be read: by whoever deletes, after the snapshot.
    gone: list[str] = field(default_factory=list)


def contents(source: Source, packed: Packed, *, at: datetime) -> Iterator[bytes]:
    """The tar. The database comes first: whatever a row of its snapshot names was on the disk before."""
    packing = Packing(at=at.timestamp())
    packed.manifest = Manifest(
        format=FORMAT,
        version=settings.VERSION,
        made_at=at.isoformat(timespec="seconds"),
        database=source.kind,
        server=source.server,
        migrations=source.migrations(),
        tables=source.tables(),
    )
    yield from packing.document(MANIFEST, packed.manifest.as_dict())
    yield from packing.document(KEYS, keys_now())
    yield from packing.pieces(DATABASE, source.dump())
    root = files_folder()
    for path in _files(root):
        name = str(path.relative_to(root))
        try:
            yield from packing.file(f"{FILES}{_plain(name)}", path)
        except FileNotFoundError:
            packed.gone.append(name)
        else:
            packed.files += 1
    yield from packing.end()


def files_folder() -> Path:
    """Where the portal's files lie."""
    return Path(settings.STORAGES["default"]["OPTIONS"]["location"])


def _files(folder: Path) -> Iterator[Path]:
    """Regular files below, in the order of their names, without those of drafts."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.endswith(DRAFT) and entry.name != _OF_THE_DISK:
                yield from _files(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)


def _plain(name: str) -> str:
    """Raises BackupError for a name that a list of checksums cannot hold; the portal itself gives no such names."""
    if "\n" in name or not name.isprintable():
        raise BackupError(f"Berkas dengan nama yang tidak dapat dicadangkan: {name!r}. Ganti namanya.")
    return name
