"""Where written files lie: `exports/<id>.<format>` below the default storage, a folder of this machine.

A file is written in a working folder of its own and then renamed into place, so whatever lies in place is whole.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage

from rtportal.documents.models import GeneratedFile
from rtportal.lib.sealed_storage import seal_file

FOLDER = "exports"


@contextmanager
def working_file(file: GeneratedFile) -> Iterator[Path]:
    """A path to write to. What a worker that died had left there goes first; in the end nothing is left."""
    folder = _folder()
    for left in folder.glob(f"{file.pk}.*.part"):
        shutil.rmtree(left, ignore_errors=True)
    room = folder / f"{file.pk}.{file.attempt_count}.part"
    room.mkdir(mode=0o700)
    try:
        yield room / f"berkas.{file.format}"
    finally:
        shutil.rmtree(room, ignore_errors=True)


def put_in_place(draft: Path, file: GeneratedFile) -> str:
    """Put a whole file, sealed, where it is served from; returns its path within the storage."""
    sealed = draft.with_name("tersegel")
    with draft.open("rb") as content:
        seal_file(content, sealed)
    # The name must not survive a power cut that the content did not, so this comes after `seal_file`.
    sealed.replace(_folder() / f"{file.pk}.{file.format}")
    return f"{FOLDER}/{file.pk}.{file.format}"


def open_stored(file: GeneratedFile) -> BinaryIO | None:
    """The file opened for reading; None if it is gone (a database restored without its folder) or was never there."""
    with suppress(FileNotFoundError, IsADirectoryError):
        return default_storage.open(file.path, "rb")
    return None


def _folder() -> Path:
    folder = Path(default_storage.path(FOLDER))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
