"""Telling a machine without room from any other fault, and leaving nothing half written on it."""

import errno
import sqlite3
from contextlib import suppress
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError

SENTENCE = "Tempat penyimpanan peladen penuh. Tidak ada yang tersimpan; beri tahu admin, lalu coba lagi."
# No room, no more room for this account, and a file larger than this process may write.
_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# PostgreSQL's code, and SQLite's words.
_PG_DISK_FULL, _SQLITE_FULL = "53100", "database or disk is full"


def is_full(error: BaseException | None) -> bool:
    """Whether the error, or one that it came from, says that there is no room."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NUMBERS:
            return True
        if getattr(error, "pgcode", None) == _PG_DISK_FULL:
            return True
        if isinstance(error, DatabaseError | sqlite3.Error) and _SQLITE_FULL in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


class WholeFileStorage(FileSystemStorage):
    """Keeps a file whole or not at all: where writing breaks off, the piece that was written goes."""

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        was_there = target.exists()
        try:
            return super()._save(name, content)
        except OSError:
            if not was_there:
                with suppress(OSError):
                    target.unlink()
            raise
