"""Making a backup."""

import logging
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction

from rtportal.audit.record import record
from rtportal.lib.full_disk import is_full
from rtportal.operations.backups import folder as archives
from rtportal.operations.backups.contents import Packed, contents
from rtportal.operations.backups.databases import source
from rtportal.operations.backups.sealing import recipients_from, seal
from rtportal.operations.errors import BackupError
from rtportal.operations.models import BackupRun

_log = logging.getLogger(__name__)
FULL = (
    "Tempat penyimpanan penuh: cadangan tidak dibuat dan tidak ada potongan yang tertinggal. Kosongkan ruang di folder "
    "cadangan dan di folder data portal, lalu jalankan lagi."
)


@dataclass(frozen=True)
class MadeBackup:
    """`gone` are files that were deleted while they were about to be read; `dropped` older archives that went."""

    path: Path
    size_bytes: int
    rows: int
    files: int
    gone: list[str]
    dropped: list[str]


def make_backup(*, folder: Path, recipients: list[str], keep: int, clock: Callable[[], datetime]) -> MadeBackup:
    """Does: write database, files and keys of one moment as one encrypted archive into `folder`, keep the newest
    `keep` archives, and write down how it went. Memory does not grow with what is backed up, and nothing of it lies
    readable on the disk (SQLite's copy is unlinked before it is read).
    Refuses (BackupError): no or wrong public keys, a second backup at the same time, a database or disk that fails;
    then there is no archive under its final name.
    Tells: nobody; a missing or overdue backup is told by `operations.alarms`.
    """
    started = clock()
    try:
        keys = recipients_from(recipients)
        with archives.only_writer(folder):
            path, packed = _write(folder, keys, started)
            dropped = archives.drop_old(folder, keep)
    except archives.BackupIsRunning:
        raise
    except BackupError as error:
        _write_down_fault(error, started, clock())
        raise
    made = MadeBackup(path, path.stat().st_size, packed.manifest.row_count, packed.files, packed.gone, dropped)
    try:
        _write_down(made, started, clock())
    except DatabaseError as error:
        raise BackupError(f"Arsip {path} selesai, tetapi tidak dapat dicatat di basis data.") from error
    return made


def _write(folder: Path, keys: list, at: datetime) -> tuple[Path, Packed]:
    packed = Packed()
    name = archives.name_at(at)
    try:
        with (
            _work_folder() as work,
            source(Path(work)) as database,
            archives.new_archive(folder, name) as target,
            closing(contents(database, packed, at=at)) as pieces,
        ):
            seal(pieces, target, keys)
    except (OSError, BackupError) as error:
        if is_full(error):
            raise BackupError(FULL) from error
        if isinstance(error, BackupError):
            raise
        raise BackupError(f"Arsip cadangan tidak dapat ditulis: {error.strerror or error}.") from error
    return folder / name, packed


def _work_folder() -> tempfile.TemporaryDirectory:
    """Readable by this account alone, in VAR_DIR, where the data lies anyway; what a killed backup left there goes."""
    for left in settings.VAR_DIR.glob("backup-*.work"):
        for path in left.iterdir():
            path.unlink()
        left.rmdir()
    return tempfile.TemporaryDirectory(prefix="backup-", suffix=".work", dir=settings.VAR_DIR)


def _write_down_fault(error: BackupError, started: datetime, finished: datetime) -> None:
    try:
        BackupRun.objects.create(started_at=started, finished_at=finished, fault=error.sentence[:500])
    except DatabaseError:
        # SQLite lies on the disk that is full. The sentence still reaches whoever runs this.
        _log.exception("the failure of a backup was not written down")


def _write_down(made: MadeBackup, started: datetime, finished: datetime) -> None:
    with transaction.atomic():
        BackupRun.objects.create(
            started_at=started,
            finished_at=finished,
            name=made.path.name,
            size_bytes=made.size_bytes,
            row_count=made.rows,
            file_count=made.files,
        )
        record(
            at=finished,
            actor=None,
            action="backup.made",
            sentence=f"Cadangan {made.path.name} dibuat: {made.rows} baris, {made.files} berkas.",
            region_code="",
            subject="backup",
            data={"bytes": made.size_bytes, "gone": len(made.gone), "dropped": made.dropped},
        )
