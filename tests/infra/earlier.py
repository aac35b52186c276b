"""The portal as it was released: its files out of the history, to run beside the present ones."""

import subprocess
import tarfile
from pathlib import Path

from django.apps import apps

from rtportal.env import BASE_DIR
from tests.infra.migration_lint import RELEASED


class NoHistory(RuntimeError):
    """This clone does not reach back far enough; the text says what is missing."""


def released_commit() -> str:
    """The commit before the first migration that was not released; the newest one if there is none. Raises NoHistory.

    That is the program an office runs when it is about to upgrade to this one.
    """
    labels = {Path(config.path): config.label for config in apps.get_app_configs()}
    released = set(RELEASED.read_text().split())
    told = _git("log", "--reverse", "--topo-order", "--diff-filter=A", "--name-only", "--format=commit %H")
    commit = ""
    for line in told.splitlines():
        if line.startswith("commit "):
            commit = line.removeprefix("commit ")
        path = BASE_DIR / line
        is_migration = path.parent.name == "migrations" and path.name[:1].isdigit()
        if is_migration and f"{labels.get(path.parent.parent)}.{path.stem}" not in released:
            return _git("rev-parse", "--verify", f"{commit}^").strip()
    return _git("rev-parse", "HEAD").strip()


def unpack(commit: str, folder: Path) -> None:
    """Put the files of a commit into `folder`."""
    archive = folder.with_suffix(".tar")
    _git("archive", "--output", str(archive), commit)
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    archive.unlink()


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=BASE_DIR, capture_output=True, text=True, check=True)
    except FileNotFoundError as error:
        raise NoHistory("git is not installed") from error
    except subprocess.CalledProcessError as error:
        raise NoHistory(f"git {words[0]}: {error.stderr.strip()}") from error
    return done.stdout
