"""Refusing to start where starting would only confuse: a taken port, a folder in which a portal already runs."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CannotStart(RuntimeError):
    """The portal cannot run; the text is a sentence for the person at the keyboard."""


def refuse_taken_port(port: int) -> None:
    """Raises CannotStart if someone listens on this machine's `port` or it may not be opened."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise CannotStart(
                f"Port {port} tidak boleh dibuka oleh akun ini. Pakai misalnya: make run PORT=8000"
            ) from error
        except OSError as error:
            raise CannotStart(
                f"Port {port} sudah dipakai program lain. Hentikan program itu, atau pilih port lain, "
                f"misalnya: make run PORT={port + 1}"
            ) from error
        except OverflowError as error:
            raise CannotStart(f"PORT harus bilangan antara 1 dan 65535, bukan {port}.") from error


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold `lock` while the portal runs; the system lets go of it however the process ends. Raises CannotStart."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise CannotStart(
                f"Portal sudah berjalan dari folder {lock.parent} (proses {file.read().strip()}). "
                "Hentikan dahulu, atau pakai folder lain dengan VAR_DIR."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
