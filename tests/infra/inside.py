"""Runs lines of Python inside a portal, each time as in a process of its own, without importing the portal each time.

One process imports everything and then only forks; it never opens a connection itself. It ends when its standard input
does, so with whoever started it.
"""

import json
import os
import selectors
import subprocess
import sys
import tempfile
import threading
import traceback
from pathlib import Path

from rtportal.env import BASE_DIR


class Inside:
    """The process and the way to ask it; it starts with the first question."""

    def __init__(self, environment: dict[str, str]):
        self._environment = environment
        self._process: subprocess.Popen | None = None
        self._lock = threading.Lock()

    def run(self, code: str, timeout: float) -> str:
        """What `code` prints. Raises AssertionError with what went wrong."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            self._process.stdin.write(json.dumps(code).encode() + b"\n")
            self._process.stdin.flush()
            with selectors.DefaultSelector() as selector:
                selector.register(self._process.stdout, selectors.EVENT_READ)
                if not selector.select(timeout):
                    self.stop()
                    raise AssertionError(f"no answer within {timeout} s to:\n{code}")
            answer = self._process.stdout.readline()
        if not answer:
            raise AssertionError(f"nobody is there any more to run:\n{code}")
        printed, fault = json.loads(answer)
        if fault:
            raise AssertionError(f"{code}\nfails:\n{printed}\n{fault}")
        return printed

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process.stdin.close()
            self._process.stdout.close()
            self._process = None

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.infra.inside"],
            env={**self._environment, "DJANGO_SETTINGS_MODULE": "rtportal.settings"},
            cwd=BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )


def _serve() -> None:
    import django

    django.setup()
    # What most lines need: with the addresses come views, use cases and queries.
    __import__("rtportal.urls")
    __import__("tests.factories")
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    # By readline: an iterator would read ahead.
    for line in iter(sys.stdin.readline, ""):
        with tempfile.TemporaryFile("w+") as printed, tempfile.TemporaryFile("w+") as fault:
            child = os.fork()
            if not child:
                _run(json.loads(line), printed.fileno(), fault)
            _, status = os.waitpid(child, 0)
            printed.seek(0)
            fault.seek(0)
            told = fault.read() or (f"ended with {status}" if status else "")
            answers.write(json.dumps([printed.read(), told]) + "\n")


def _run(code: str, printed: int, fault) -> None:
    """Never returns."""
    status = 0
    try:
        os.dup2(printed, 1)
        exec(compile(code, "<inside the portal>", "exec"), {"__name__": "__main__"})  # noqa: S102 - its whole purpose
    except BaseException:
        fault.write(traceback.format_exc())
        fault.flush()
        status = 1
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(BASE_DIR)))
    _serve()
