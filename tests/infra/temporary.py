"""Folders that are gone when the test run ends, and ports that are free."""

import atexit
import shutil
import socket
import tempfile
from pathlib import Path

# Those of this process.
folders: list[Path] = []


def temporary_folder(prefix: str) -> Path:
    """A new folder, removed when this process ends. Short, because unix sockets in it may have 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix=f"rtp-{prefix}-"))
    folders.append(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def free_port() -> int:
    """A TCP port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
