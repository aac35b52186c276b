"""Reading the tar of an archive back, comparing every checksum."""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from rtportal.operations.backups.layout import CHECKSUMS, DATABASE, END, FILES, KEYS, MANIFEST
from rtportal.operations.errors import RestoreError

_READ = 256 * 1024
FOREIGN = "Berkas ini bukan arsip cadangan portal, atau dibuat oleh versi yang belum dikenal."
DIFFERENT = "Isi arsip cadangan tidak cocok dengan daftar isinya. Tidak ada yang dipulihkan."


@dataclass(frozen=True)
class Member:
    """One member that is not a list of checksums; read `chunks` to its end before the next one is asked for."""

    name: str
    size: int
    chunks: Iterator[bytes]

    def read(self) -> bytes:
        return b"".join(self.chunks)


class Unpacking:
    """The members of an archive in their order. Raises RestoreError for whatever does not fit together."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._sums: dict[str, str] = {}
        self._members = 0
        self._bytes = 0
        self._is_whole = False

    def members(self) -> Iterator[Member]:
        """Ends without error only if the archive is whole."""
        try:
            with tarfile.open(fileobj=self._stream, mode="r|") as tar:
                for info in tar:
                    source = tar.extractfile(info)
                    if not info.isreg() or source is None or self._is_whole:
                        raise RestoreError(FOREIGN)
                    if info.name.startswith(CHECKSUMS):
                        self._compare(source.read().decode())
                    elif info.name == END:
                        self._finish(json.loads(source.read()))
                    else:
                        _refuse_strange(info.name)
                        yield Member(info.name, info.size, self._chunks(info, source))
        except (tarfile.TarError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise RestoreError(FOREIGN) from error
        if not self._is_whole:
            raise RestoreError(DIFFERENT)

    def _chunks(self, info: tarfile.TarInfo, source: BinaryIO) -> Iterator[bytes]:
        told = hashlib.sha256()
        while chunk := source.read(_READ):
            told.update(chunk)
            yield chunk
        self._sums[info.name] = told.hexdigest()
        self._members += 1
        self._bytes += info.size

    def _compare(self, lines: str) -> None:
        listed = dict(reversed(line.split("  ", 1)) for line in lines.splitlines())
        if listed != self._sums:
            raise RestoreError(DIFFERENT)
        self._sums = {}

    def _finish(self, told: dict) -> None:
        if self._sums or (told["members"], told["bytes"]) != (self._members, self._bytes):
            raise RestoreError(DIFFERENT)
        self._is_whole = True


def _refuse_strange(name: str) -> None:
    """Whoever made the archive does not decide where on this machine something is written."""
    parts = PurePosixPath(name).parts
    is_ours = name in {MANIFEST, KEYS} or name.startswith((DATABASE, FILES))
    if not is_ours or name.startswith("/") or ".." in parts or "\0" in name:
        raise RestoreError(FOREIGN)
