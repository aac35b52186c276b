"""The default storage: a private folder of this machine whose files lie sealed (`sealed_files.py`)."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile, File

from rtportal.lib.full_disk import WholeFileStorage
from rtportal.lib.sealed_files import key_of, opened, sealed_pieces
from rtportal.lib.sealing import key_name

_DRAFT = ".part"


class SealedStorage(WholeFileStorage):
    """Seals what is saved and opens what is read; files that lie plain from before are read as they are."""

    def _save(self, name: str, content: File) -> str:
        return super()._save(name, _Pieces(content))

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("kept files are only read, in bytes")
        return File(opened(Path(self.path(name)).open("rb")), name=name)

    def size(self, name: str) -> int:
        with self.open(name) as file:
            return file.size


class _Pieces(ContentFile):
    """What Django writes when it saves: another file sealed, piece by piece, so that none need fit into memory."""

    def __init__(self, content: File):
        super().__init__(b"")
        self._content = content

    def chunks(self, chunk_size: int | None = None):
        self._content.seek(0)
        return sealed_pieces(self._content)


def seal_file(source: BinaryIO, target: Path) -> None:
    """Write the content of an opened file sealed to `target`, for its owner only; on the disk when it returns."""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.writelines(sealed_pieces(source))
        file.flush()
        os.fsync(file.fileno())


def reseal_files(folder: Path, *, progress: Callable[[int], None] | None = None) -> int:
    """Bring every file below the folder under the first key, plain ones too; returns how many were rewritten.

    Each is put in place as a whole. Drafts (`*.part`) are not anybody's yet; what a run that was killed left of a file
    that is gone by now goes too. Can be stopped and begun again.
    """
    newest, count = key_name(settings.PERSONAL_KEYS[0]), 0
    for path in _files(folder):
        with suppress(FileNotFoundError), path.open("rb") as stored:
            if key_of(stored) == newest:
                continue
            draft = path.with_name(f".{path.name}{_DRAFT}")
            seal_file(opened(stored), draft)
            # Whoever deleted it meanwhile must not find it again.
            if path.exists():
                draft.replace(path)
            else:
                draft.unlink()
            count += 1
            if progress:
                progress(count)
    return count


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.endswith(_DRAFT):
            # Ours alone begin with a dot.
            if path.name.startswith(".") and not path.with_name(path.name[1 : -len(_DRAFT)]).exists():
                path.unlink(missing_ok=True)
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path
