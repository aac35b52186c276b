"""Where materials lie: `materials/<id>.<extension>` below the default storage, a private folder of this machine."""

from contextlib import suppress
from typing import BinaryIO
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage

FOLDER = "materials"


def put(key: UUID, extension: str, content: BinaryIO) -> str:
    """Write a file and return its path within the storage. The name comes from us alone."""
    content.seek(0)
    return default_storage.save(f"{FOLDER}/{key}.{extension}", File(content))


def open_stored(path: str) -> BinaryIO | None:
    """The file opened for reading; None if it is gone (a database restored without its folder)."""
    with suppress(FileNotFoundError):
        return default_storage.open(path, "rb")
    return None


def remove(path: str) -> None:
    """Delete a file; it may be gone already."""
    default_storage.delete(path)
