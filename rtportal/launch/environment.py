"""Makes the virtual environment: `python3 environment.py ROOT REQUIREMENTS [FOLDER]`.

Runs under the system's Python before anything is installed, so it uses the standard library only. It installs when
the checksum of the requirements file differs from what was installed last, and needs no network otherwise.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

OLDEST_PYTHON = (3, 11)
# `tests/requirements.txt` contains all of `requirements.txt`.
CONTAINED = {"tests/requirements.txt": ["requirements.txt"]}


class NoEnvironment(RuntimeError):
    """The virtual environment cannot be made; the text is a sentence for the person at the keyboard."""


def prepare(root: Path, requirements: str, name: str = ".venv") -> None:
    """Leave `root`/`name` with everything that the file `requirements` (relative to `root`) locks by hash."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        raise NoEnvironment(
            f"Portal ini perlu Python 3.11 atau lebih baru; python3 di mesin ini {found}. "
            "Bila versi lain terpasang, jalankan misalnya: make run PYTHON=python3.11"
        )
    folder = root / name
    python = folder / "bin" / "python"
    if not _works(python):
        print(f"Menyiapkan lingkungan Python di {name} …", flush=True)
        _make(folder)
    marker = folder / "installed-requirements"
    installed = marker.read_text().split() if marker.exists() else []
    if _checksum(root / requirements) in installed:
        return
    print(f"Memasang pustaka dari {requirements} …", flush=True)
    marker.unlink(missing_ok=True)
    command = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([*command, "-r", root / requirements]).returncode:
        raise NoEnvironment(
            "Pemasangan pustaka gagal; sebabnya tertulis di atas. Periksa sambungan internet, lalu ulangi perintahnya."
        )
    marker.write_text("\n".join(_checksum(root / name) for name in [requirements, *CONTAINED.get(requirements, [])]))


def _works(python: Path) -> bool:
    """Whether the environment's interpreter starts and is the same version as the one running this."""
    if not python.exists():
        return False
    question = "import sys, pip; print(sys.version_info[:2])"
    answer = subprocess.run([python, "-c", question], capture_output=True, text=True)
    return answer.stdout.strip() == str(sys.version_info[:2])


def _make(folder: Path) -> None:
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        _install_venv_package()
    try:
        venv.create(folder, clear=True, with_pip=True, symlinks=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoEnvironment(f"Lingkungan Python tidak dapat dibuat di {folder}: {error}") from error


def _install_venv_package() -> None:
    """Debian ships venv's pip apart from Python."""
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if os.getuid() != 0:
        raise NoEnvironment(f"Paket {package} belum terpasang. Jalankan: sudo apt-get install {package}")
    print(f"Memasang paket {package} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
            subprocess.run(["apt-get", "--quiet", "--quiet", *command], check=True, env=quiet)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoEnvironment(f"Paket {package} tidak dapat dipasang: {error}") from error


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    try:
        prepare(Path(sys.argv[1]).resolve(), *sys.argv[2:])
    except NoEnvironment as error:
        print(error, file=sys.stderr)
        sys.exit(1)
