"""Files as they lie on the disk: in sealed pieces of 64 KiB, written and read as a stream, from any place in them.

Layout: `RTPSEAL1`, the name of the key (8 hexadecimal digits), 32 bytes of salt, then the pieces, each AES-256-GCM
under a key of this file alone, derived from the installation's key and the salt. The nonce is the number of the piece
and whether it is the last one, so pieces cannot change places and no end can be cut off unseen.
"""

import hashlib
import hmac
import io
import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from rtportal.lib.sealing import SealError, derived, key_name

MAGIC = b"RTPSEAL1"
PIECE = 64 * 1024
_TAG = 16
_SALT = 32
_HEAD = len(MAGIC) + 8 + _SALT


def sealed_pieces(content: BinaryIO) -> Iterator[bytes]:
    """What to write for a file with this content, read from where it stands to its end."""
    key = settings.PERSONAL_KEYS[0]
    salt = os.urandom(_SALT)
    yield MAGIC + key_name(key).encode() + salt
    cipher = _cipher(key, salt)
    number, piece = 0, _full(content)
    while True:
        following = _full(content) if len(piece) == PIECE else b""
        yield cipher.encrypt(_nonce(number, is_last=not following), piece, None)
        if not following:
            return
        number, piece = number + 1, following


def key_of(stored: BinaryIO) -> str | None:
    """The name of the key a file lies under; None for a plain one. Leaves the file at its start."""
    stored.seek(0)
    head = stored.read(len(MAGIC) + 8)
    stored.seek(0)
    return head[len(MAGIC) :].decode("ascii", "replace") if head.startswith(MAGIC) else None


def opened(stored: BinaryIO) -> BinaryIO:
    """The content of a file opened for reading in bytes; an old plain file as it is. Raises SealError (an OSError
    while it is read) where no key fits or the file is damaged.
    """
    name = key_of(stored)
    if name is None:
        return stored
    key = next((key for key in settings.PERSONAL_KEYS if key_name(key) == name), None)
    if key is None:
        stored.close()
        raise SealError(f"PERSONAL_KEYS has no key named {name}")
    return _Reader(_Opened(stored, key), PIECE)


class DamagedFile(SealError, OSError):
    """Somebody changed, cut or broke a sealed file."""


class _Opened(io.RawIOBase):
    """Reads pieces as they are asked for; one is held. `size` is that of the content."""

    def __init__(self, stored: BinaryIO, key: str):
        self._stored = stored
        stored.seek(_HEAD - _SALT)
        self._cipher = _cipher(key, stored.read(_SALT))
        self._total = stored.seek(0, io.SEEK_END) - _HEAD
        self._pieces = max(1, -(-self._total // (PIECE + _TAG)))
        self.size = self._total - self._pieces * _TAG
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, target) -> int:
        # Even of an empty file, so that a cut one does not read as empty.
        if self._at >= self.size and not (self.size <= 0 and self._held[0] < 0):
            return 0
        piece = self._piece(min(self._at // PIECE, self._pieces - 1))
        part = piece[self._at % PIECE :][: len(target)]
        target[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        self._stored.close()
        super().close()

    def _piece(self, number: int) -> bytes:
        if self._held[0] != number:
            self._stored.seek(_HEAD + number * (PIECE + _TAG))
            sealed = self._stored.read(PIECE + _TAG)
            try:
                nonce = _nonce(number, is_last=number == self._pieces - 1)
                self._held = number, self._cipher.decrypt(nonce, sealed, None)
            except InvalidTag:
                raise DamagedFile("a sealed file is damaged") from None
        return self._held[1]


class _Reader(io.BufferedReader):
    @property
    def size(self) -> int:
        """Of the content, for Django's files, which would ask the disk otherwise."""
        return self.raw.size


def _full(content: BinaryIO) -> bytes:
    """The next PIECE bytes, fewer only at the end."""
    parts, missing = [], PIECE
    while missing and (part := content.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _cipher(key: str, salt: bytes) -> AESGCM:
    return AESGCM(hmac.new(derived(key, "files"), salt, hashlib.sha256).digest())


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
