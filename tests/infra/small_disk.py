"""A disk of a few megabytes in memory, mounted on a folder: what a full disk really answers."""

import subprocess
from pathlib import Path

from tests.infra.missing import not_tested_here


class SmallDisk:
    """`with SmallDisk(folder, megabytes=8) as disk: disk.fill()`. Skips the test where nobody may mount."""

    def __init__(self, folder: Path, *, megabytes: int) -> None:
        self.folder = folder
        self._filler = folder / "filler"
        self._megabytes = megabytes

    def __enter__(self) -> "SmallDisk":
        options = f"size={self._megabytes}m,mode=0700"
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.folder]
        try:
            done = subprocess.run(command, capture_output=True, text=True)
        except FileNotFoundError:
            not_tested_here("a full disk: no mount on this machine")
        if done.returncode:
            not_tested_here(f"a full disk: {done.stderr.strip()}")
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "--lazy", self.folder], check=True)

    def fill(self) -> None:
        """Not one more byte."""
        with self._filler.open("ab", buffering=0) as file:
            for size in (1024 * 1024, 4096, 1):
                while True:
                    try:
                        if file.write(b"x" * size) < size:
                            break
                    except OSError:
                        break

    def empty(self) -> None:
        """There is room again."""
        self._filler.unlink()
