"""How long a portal that has been started before takes to be ready, and to end when asked."""

import signal
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.infra.launched import Launched
from tests.load.rows import Row, under

READY_IN, ENDED_IN = 10, 5


def measure() -> list[Row]:
    """The first start, with migrations and demo, is not measured."""
    with TemporaryDirectory(prefix="rtp-starting-") as folder:
        _start_and_end(Path(folder))
        ready, ended = _start_and_end(Path(folder))
    return [
        under("mulai kedua kali", ready, READY_IN, "s").of_issue(1),
        under("berhenti", ended, ENDED_IN, "s").of_issue(1),
    ]


def _start_and_end(var_dir: Path) -> tuple[float, float]:
    with Launched(var_dir) as portal:
        ready = portal.ready()
        asked = time.monotonic()
        portal.process.send_signal(signal.SIGTERM)
        portal.process.wait()
        return ready, time.monotonic() - asked
