"""One process of the portal, started through its keeper."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

KEEPER = Path(__file__).with_name("keeper.py")
LARGEST_LOG = 10 * 1024 * 1024


class Child:
    """A command that dies with this process. Start it from the main thread: Linux ties the death signal to the thread.

    `name` is for people, `log` receives its output (appended; a log above 10 MB is first moved to `*.1`), `env` is its
    whole environment (default: this process's), `user` the account it runs under (default: this process's).
    """

    def __init__(
        self, name: str, command: Sequence[str | Path], *, log: Path, env: dict | None = None, user: str = ""
    ) -> None:
        self.name = name
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_name(log.name + ".1"))
        keeper = [sys.executable, "-I", "-S", str(KEEPER), str(os.getpid()), user]
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [*keeper, *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=env,
                start_new_session=True,
            )
        self._is_group_gone = False

    @property
    def group(self) -> int:
        """The process group that holds the keeper, the command and whatever it forked."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; 128 + n after signal n."""
        code = self._process.poll()
        if code is not None:
            self._kill_group()
        return code

    def ask(self, number: int = signal.SIGTERM) -> None:
        """Hand a signal to the command; nothing happens if it has ended."""
        self._process.send_signal(number)

    def wait(self, seconds: float) -> bool:
        """Whether it ended within `seconds`."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        self._kill_group()
        return True

    def kill(self) -> None:
        """SIGKILL to everything of it, and wait until it is gone."""
        self._kill_group()
        self._process.wait()
        self._kill_group()

    def stop(self, seconds: float) -> None:
        """End gracefully within `seconds`, or be killed."""
        self.ask()
        if not self.wait(seconds):
            self.kill()

    def last_lines(self, count: int = 15) -> str:
        """The end of its log."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(lines[-count:])

    def _kill_group(self) -> None:
        # Once the keeper has been waited for, its number may in time belong to a stranger.
        if self._is_group_gone:
            return
        self._is_group_gone = self._process.returncode is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.group, signal.SIGKILL)
