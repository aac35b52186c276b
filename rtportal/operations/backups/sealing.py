"""Encrypting to public keys with age, as a stream: the server that writes an archive cannot read it."""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyrage

from rtportal.operations.errors import BackupError, RestoreError

NOT_WHOLE = (
    "Arsip cadangan tidak dapat dibaca: kuncinya bukan kunci arsip ini, atau berkasnya terpotong atau berubah. "
    "Tidak ada yang dipulihkan."
)


def recipients_from(keys: Iterable[str]) -> list[pyrage.x25519.Recipient]:
    """Public keys (`age1…`) as pyrage takes them. Raises BackupError for none, or for one that is not a key."""
    found = []
    for key in keys:
        try:
            found.append(pyrage.x25519.Recipient.from_str(key))
        except pyrage.RecipientError:
            raise BackupError(f"BACKUP_RECIPIENTS: “{key[:20]}…” bukan kunci publik age (age1…).") from None
    if not found:
        raise BackupError(
            "Kunci publik cadangan belum diisi. Buat dengan `manage.py backup_key`, lalu isi BACKUP_RECIPIENTS."
        )
    return found


def identities_from(path: Path) -> list[pyrage.x25519.Identity]:
    """The secret keys in an identity file; lines that begin with # are remarks. Raises RestoreError."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError) as error:
        raise RestoreError(f"Berkas kunci {path} tidak dapat dibaca.") from error
    except pyrage.IdentityError:
        raise RestoreError(f"Berkas kunci {path} bukan kunci age (AGE-SECRET-KEY-1…).") from None
    if not found:
        raise RestoreError(f"Berkas kunci {path} kosong.")
    return found


class _Pulled:
    """A file to read from, made of pieces as they are asked for; keeps what went wrong while they were made."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")
        self.fault: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:
            self.fault = error
            raise
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)


def seal(pieces: Iterator[bytes], target: BinaryIO, recipients: list[pyrage.x25519.Recipient]) -> None:
    """Encrypt `pieces` into `target`. What their making raises comes out as it is; a full disk as BackupError."""
    source = _Pulled(pieces)
    try:
        pyrage.encrypt_io(source, target, recipients)
    except (pyrage.EncryptError, OSError) as error:
        if source.fault is not None:
            raise source.fault from error
        raise BackupError(f"Arsip cadangan tidak dapat ditulis: {error}") from error


@contextmanager
def opened(path: Path, identities: list[pyrage.x25519.Identity]) -> Iterator[BinaryIO]:
    """What the archive holds, decrypted while it is read. Every byte that comes out is authenticated; that it is
    whole is known only at the end of this context, which reads what is left and raises RestoreError if it is not.
    """
    reading, writing = os.pipe()
    fault: list[BaseException] = []

    def decrypt() -> None:
        try:
            with path.open("rb") as source, os.fdopen(writing, "wb") as target:
                pyrage.decrypt_io(source, target, identities)
        except (pyrage.DecryptError, OSError) as error:
            fault.append(error)

    thread = threading.Thread(target=decrypt, name="decrypting", daemon=True)
    thread.start()
    with os.fdopen(reading, "rb") as stream:
        try:
            yield stream
            while stream.read(1024 * 1024):
                pass
        except BaseException:
            # A fault of the stream is the cause of whatever its reader then met.
            stream.close()
            thread.join()
            real = [each for each in fault if "Broken pipe" not in str(each)]
            if real:
                raise RestoreError(NOT_WHOLE) from real[0]
            raise
    thread.join()
    if fault:
        raise RestoreError(NOT_WHOLE) from fault[0]


def make_identity(path: Path, *, at: str) -> str:
    """Write a new secret key to `path`, readable by its owner alone; returns the public key. Never replaces a file."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupError(f"{path} sudah ada; kunci lama tidak ditimpa.") from None
    except OSError as error:
        raise BackupError(f"{path} tidak dapat ditulis: {error.strerror}.") from error
    with os.fdopen(handle, "w") as file:
        file.write(f"# created: {at}\n# public key: {public}\n{identity}\n")
        file.flush()
        with suppress(OSError):
            os.fsync(file.fileno())
    return public
