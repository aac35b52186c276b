"""Files that people upload and the portal keeps as they are: `<folder>/<id>.<extension>` below the default storage, a
private folder of this machine.
"""

import hashlib
from contextlib import suppress
from typing import BinaryIO
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage

_AT_ONCE = 1024 * 1024


def put(folder: str, key: UUID, extension: str, content: BinaryIO) -> str:
    """Write a file and return its path within the storage. The name comes from us alone."""
    content.seek(0)
    return default_storage.save(f"{folder}/{key}.{extension}", File(content))


def open_kept(path: str) -> BinaryIO | None:
    """The file opened for reading; None if it is gone (a database restored without its folder)."""
    with suppress(FileNotFoundError):
        return default_storage.open(path, "rb")
    return None


def remove(path: str) -> None:
    """Delete a file; it may be gone already."""
    default_storage.delete(path)


def sha256_of(content: BinaryIO) -> str:
    """Hexadecimal; reads the file from its start and leaves it there."""
    content.seek(0)
    digest = hashlib.sha256()
    while part := content.read(_AT_ONCE):
        digest.update(part)
    content.seek(0)
    return digest.hexdigest()
