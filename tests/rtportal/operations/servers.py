"""Empty servers to restore into, and keys to restore with."""

import subprocess
import sys
from pathlib import Path

from rtportal.env import BASE_DIR
from rtportal.operations.backups.sealing import identities_from, make_identity, opened
from rtportal.operations.backups.unpacking import Unpacking
from tests.infra.environment import clean_environment
from tests.infra.inside import Inside
from tests.infra.temporary import temporary_folder


def new_key(folder: Path, name: str = "key.txt") -> tuple[Path, str]:
    """An identity file in `folder` and its public key."""
    path = folder / name
    return path, make_identity(path, at="2026-11-22")


class EmptyServer:
    """A machine with nothing but the program: a VAR_DIR of its own and, for PostgreSQL, an empty database."""

    def __init__(self, database_url: str) -> None:
        self.var_dir = temporary_folder("empty")
        self.env = {**clean_environment(), "VAR_DIR": str(self.var_dir), "DATABASE_URL": database_url}
        self._inside = Inside(self.env)

    def manage(self, *arguments: str | Path) -> subprocess.CompletedProcess:
        """The command's exit code and what it said."""
        command = [sys.executable, BASE_DIR / "manage.py", *map(str, arguments)]
        return subprocess.run(command, env=self.env, cwd=BASE_DIR, capture_output=True, text=True, timeout=300)

    def restore(self, archive: Path, key: Path, *more: str) -> subprocess.CompletedProcess:
        return self.manage("restore", "--from", archive, "--identity", key, *more)

    def python(self, code: str) -> str:
        try:
            return self._inside.run(code, timeout=300).strip()
        finally:
            self._inside.stop()

    def holdings(self) -> list[str]:
        """Everything in its folder but the keys that any start makes."""
        found = [path.relative_to(self.var_dir) for path in self.var_dir.rglob("*") if path.is_file()]
        return sorted(str(path) for path in found if path.name != "secrets.json")


def members_of(archive: Path, key: Path) -> dict[str, bytes]:
    """Every member of an archive in memory."""
    with opened(archive, identities_from(key)) as stream:
        return {member.name: member.read() for member in Unpacking(stream).members()}
