"""`python -m rtportal.launch.administer FILE USER COMMAND…`: a management command as the services would run it.

With the settings of FILE and under the account USER, so that root makes no file that the portal cannot read.
"""

import os
import sys
from pathlib import Path

from rtportal.launch.environment_file import read
from rtportal.launch.keeper import become
from rtportal.lib.errors import EnvError

ROOT = Path(__file__).resolve().parents[2]
# What of the shell's own environment a command may see: its terminal.
KEPT = ("PATH", "TERM", "LANG", "COLUMNS", "LINES")


def main(file: str, user: str, *command: str) -> None:
    """Never returns: becomes `manage.py COMMAND…`."""
    settings = read(Path(file))
    if os.getuid() == 0:
        become(user)
    os.umask(0o077)
    os.chdir(ROOT)
    shell = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment = {**shell, **settings, "HOME": settings.get("VAR_DIR", "/"), "PYTHONDONTWRITEBYTECODE": "1"}
    os.execve(sys.executable, [sys.executable, "manage.py", *command], environment)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (EnvError, PermissionError) as error:
        sys.exit(f"{error}")
