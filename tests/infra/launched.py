"""The portal as `make run` starts it, for tests that end it in every way."""

import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from rtportal.env import BASE_DIR
from tests.infra.environment import clean_environment
from tests.infra.temporary import free_port
from tests.infra.traces import note


def living_in(var_dir: Path) -> dict[int, str]:
    """Command lines of all processes of a portal in `var_dir`, by their number; zombies do not count."""
    setting = f"VAR_DIR={var_dir}".encode()
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            belongs = setting in (process / "environ").read_bytes().split(b"\0")
            # Valkey writes its title over its environment.
            if belongs or (process / "cwd").readlink().is_relative_to(var_dir):
                found[int(process.name)] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


class Launched:
    """`manage.py run` in `var_dir`. `env` is added to its environment, `parent` starts it from another process."""

    def __init__(self, var_dir: Path, *arguments: str, parent: bool = False, env: dict[str, str] | None = None) -> None:
        self.port = free_port()
        self.var_dir = var_dir
        self.base_url = f"http://localhost:{self.port}"
        self.env = {**clean_environment(), "VAR_DIR": str(var_dir), "PORT": str(self.port), **(env or {})}
        command = [sys.executable, str(BASE_DIR / "manage.py"), "run", *arguments]
        if parent:
            command = [sys.executable, "-c", f"import subprocess; subprocess.run({command!r})"]
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command, env=self.env, cwd=BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.output = ""
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def until(self, words: str, seconds: float = 300) -> str:
        """Wait for a line with `words` on the console; returns everything so far. Raises if it ends before."""
        deadline = time.monotonic() + seconds
        while words not in self.output:
            try:
                self.output += self._lines.get(timeout=0.1)
            except queue.Empty:
                ended = self.process.poll() is not None and self._lines.empty()
                if ended or time.monotonic() > deadline:
                    raise AssertionError(f"no {words!r} on the console:\n{self.output}") from None
        return self.output

    def ready(self) -> float:
        """Wait until it says that it is ready; returns how many seconds that took."""
        self.until("Ctrl+C")
        return time.monotonic() - self.started

    def ended(self, seconds: float = 10) -> str:
        """Wait until it has ended; returns everything it said."""
        self.process.wait(seconds)
        time.sleep(0.1)
        while not self._lines.empty():
            self.output += self._lines.get()
        return self.output

    def python(self, code: str) -> str:
        """Run `code` with the portal's models within reach, whether it runs or not; returns what it prints."""
        command = [sys.executable, str(BASE_DIR / "manage.py"), "shell", "--no-imports", "--command", code]
        done = subprocess.run(command, env=self.env, cwd=BASE_DIR, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise AssertionError(done.stderr)
        return done.stdout.strip()

    def processes(self) -> dict[int, str]:
        """Everything alive that belongs to it: command lines by process number."""
        return living_in(self.var_dir)

    def __enter__(self) -> "Launched":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def _read(self) -> None:
        for line in self.process.stdout:
            self._lines.put(line)
            note("console of a portal", line, with_phones=True)
