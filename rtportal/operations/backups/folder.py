"""The folder that archives lie in: names, one writer at a time, and how many of them are kept."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from rtportal.operations.backups.layout import SUFFIX
from rtportal.operations.errors import BackupError

PREFIX = "rtportal-"
DRAFT = ".part"


class BackupIsRunning(BackupError):
    """Somebody else is writing into the folder."""


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold the folder; what an interrupted backup left there goes first. Raises BackupError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (folder / ".writer.lock").open("a")
    except OSError as error:
        raise BackupError(f"Folder cadangan {folder} tidak dapat ditulisi: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupIsRunning(f"Pencadangan lain sedang berjalan di {folder}.") from None
        for left in folder.glob(f"{PREFIX}*{DRAFT}"):
            left.unlink()
        yield


def name_at(moment: datetime) -> str:
    """`rtportal-20261122T170500Z.tar.age`: names in order of time; `moment` in UTC."""
    return f"{PREFIX}{moment:%Y%m%dT%H%M%SZ}{SUFFIX}"


@contextmanager
def new_archive(folder: Path, name: str) -> Iterator[BinaryIO]:
    """A file to write to. It gets its name when it is whole and on the disk; otherwise nothing of it is left."""
    final, draft = folder / name, folder / f"{name}{DRAFT}"
    if final.exists():
        raise BackupError(f"{final} sudah ada.")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb", buffering=1024 * 1024) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(final)
        _sync(folder)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def drop_old(folder: Path, keep: int) -> list[str]:
    """Leave the newest `keep` archives; returns the names of those that went."""
    dropped = archives(folder)[keep:]
    for path in dropped:
        path.unlink()
    return [path.name for path in dropped]


def archives(folder: Path) -> list[Path]:
    """Whole archives, the newest first."""
    return sorted(folder.glob(f"{PREFIX}*{SUFFIX}"), reverse=True)


def _sync(folder: Path) -> None:
    """The name must survive a power cut as the content does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
