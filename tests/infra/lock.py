"""`make lock`: lock all requirement files anew, with hashes, for every Python and platform the portal supports.

Runs under the system's Python; uv comes into a scratch environment and goes with it.
"""

import subprocess
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
# No header and no index address: the files must not say where this machine gets its packages from.
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet", "--upgrade"]
FILES = {"requirements.txt": [], "tests/requirements.txt": ["--group", "test"]}
# The scanners of `make scan` have an environment of their own: they want other versions of the same libraries.
SCAN, SCAN_OPTIONS = "tests/scan/requirements.txt", ["tests/scan/requirements.in"]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="rtp-lock-") as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder) / "bin"
        subprocess.run([programs / "python", "-m", "pip", "install", "-qq", "uv"], check=True)
        for name, groups in FILES.items():
            command = [programs / "uv", "pip", "compile", "pyproject.toml", *groups, *OPTIONS, "--output-file", name]
            subprocess.run(command, check=True, cwd=ROOT)
            print(f"{name} is locked")
        command = [programs / "uv", "pip", "compile", *SCAN_OPTIONS, *OPTIONS, "--output-file", SCAN]
        subprocess.run(command, check=True, cwd=ROOT)
        print(f"{SCAN} is locked")
        # What runs and what is tested must be the same: the second file repeats the first and adds to it.
        run, tested = (set((ROOT / name).read_text().splitlines()) for name in FILES)
        pinned = {line for line in run if "==" in line} - tested
        if pinned:
            raise SystemExit(f"tests/requirements.txt pins other versions: {sorted(pinned)}")


if __name__ == "__main__":
    main()
