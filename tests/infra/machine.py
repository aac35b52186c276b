"""What the distribution must provide for the tests: found, or installed by root, or named as missing."""

import os
import shutil
import subprocess

from tests.infra.chromium import find_chromium
from tests.infra.postgres import NoPostgres, find_programs, find_user
from tests.infra.spreadsheets import find_spreadsheet_program

QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def missing_packages() -> list[str]:
    """Distribution packages that would provide what was not found."""
    missing = []
    try:
        find_programs()
        find_user()
    except NoPostgres:
        missing.append("postgresql")
    if not find_chromium():
        # Without any font a page's measures say nothing.
        missing += ["chromium", "fonts-liberation"]
    if not find_spreadsheet_program():
        missing.append("libreoffice-calc-nogui")
    # They read the files of deploy/.
    missing += [name for name in ("shellcheck", "docker-compose") if not shutil.which(name)]
    return missing


def install_missing() -> None:
    """As root on Debian or Ubuntu, install what is missing. Failing is no error: the tests name what they lack."""
    missing = missing_packages()
    if not missing or os.getuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"installing {', '.join(missing)}", flush=True)
    environment = {**os.environ, **QUIET}
    subprocess.run(["apt-get", "-qq", "update"], env=environment)
    for package in missing:
        subprocess.run(
            ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", package],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
