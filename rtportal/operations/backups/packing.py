"""Writing the tar of an archive, piece by piece, and its checksums."""

import hashlib
import json
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from rtportal.operations.backups.layout import CHECKSUMS, END, MEMBERS_PER_LIST
from rtportal.operations.errors import BackupError

_BLOCK = tarfile.BLOCKSIZE
_READ = 256 * 1024


class Packing:
    """Every method yields the bytes of one or more members; put them after each other, `end()` last.

    `at` is the instant that all members carry, in seconds since 1970.
    """

    def __init__(self, *, at: float) -> None:
        self._at = int(at)
        self._sums: list[str] = []
        self._lists = 0
        self.members = 0
        self.bytes = 0

    def whole(self, name: str, data: bytes) -> Iterator[bytes]:
        """A member from memory."""
        yield from self._member(name, len(data), [data])

    def pieces(self, folder: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Members `000000`, `000001` … of something whose length nobody knows before its end."""
        for number, chunk in enumerate(chunks):
            yield from self.whole(f"{folder}{number:06}", chunk)

    def file(self, name: str, path: Path) -> Iterator[bytes]:
        """A file as long as it is now; what somebody appends meanwhile is of the next backup.

        Raises FileNotFoundError before the first byte if it is gone, BackupError if it becomes shorter.
        """
        with path.open("rb") as source:
            size = source.seek(0, 2)
            source.seek(0)
            yield from self._member(name, size, _exactly(source, size, path))

    def document(self, name: str, told: dict) -> Iterator[bytes]:
        """A member of JSON."""
        yield from self.whole(name, json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True).encode())

    def end(self) -> Iterator[bytes]:
        """The last checksums, how much there was, and the two empty blocks that end a tar."""
        yield from self._list()
        yield from self.document(END, {"members": self.members, "bytes": self.bytes})
        yield bytes(2 * _BLOCK)

    def _member(self, name: str, size: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, self._at, 0o600
        yield info.tobuf(tarfile.PAX_FORMAT)
        told = hashlib.sha256()
        for chunk in chunks:
            told.update(chunk)
            yield chunk
        yield bytes(-size % _BLOCK)
        self.members += 1
        self.bytes += size
        self._sums.append(f"{told.hexdigest()}  {name}\n")
        if len(self._sums) >= MEMBERS_PER_LIST:
            yield from self._list()

    def _list(self) -> Iterator[bytes]:
        lines, self._sums = "".join(self._sums), []
        name = f"{CHECKSUMS}{self._lists:06}"
        self._lists += 1
        info = tarfile.TarInfo(name)
        data = lines.encode()
        info.size, info.mtime, info.mode = len(data), self._at, 0o600
        yield info.tobuf(tarfile.PAX_FORMAT) + data + bytes(-len(data) % _BLOCK)


def _exactly(source, size: int, path: Path) -> Iterator[bytes]:
    left = size
    while left:
        chunk = source.read(min(_READ, left))
        if not chunk:
            raise BackupError(f"Berkas {path.name} menjadi lebih pendek selagi dicadangkan. Ulangi pencadangan.")
        left -= len(chunk)
        yield chunk
