"""The virtual environment is made once and filled again only when the lock file changes."""

import os
import sys
from pathlib import Path

import pytest

from rtportal.launch import environment
from rtportal.launch.environment import NoEnvironment, prepare

# Nothing to install: what is proved here is when it installs, and `.ci/run` proves that it can.
EMPTY = "# nothing\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with nothing to install; its environment takes seconds to make, so these tests share it."""
    folder = tmp_path_factory.mktemp("repository")
    (folder / "tests").mkdir()
    (folder / "requirements.txt").write_text(EMPTY)
    (folder / "tests" / "requirements.txt").write_text(EMPTY + "# for tests\n")
    return folder


def test_it_is_made_and_filled_once_and_filled_again_when_the_lock_file_changed(
    root: Path, capsys: pytest.CaptureFixture
) -> None:
    prepare(root, "requirements.txt")
    assert "Memasang pustaka dari requirements.txt" in capsys.readouterr().out
    assert (root / ".venv" / "bin" / "python").exists()

    prepare(root, "requirements.txt")
    assert capsys.readouterr().out == ""

    (root / "requirements.txt").write_text(EMPTY + "# changed\n")
    prepare(root, "requirements.txt")
    told = capsys.readouterr().out
    assert "Memasang pustaka" in told
    assert "Menyiapkan lingkungan" not in told


def test_what_the_tests_installed_serves_the_portal_too(root: Path, capsys: pytest.CaptureFixture) -> None:
    (root / "requirements.txt").write_text(EMPTY + "# changed once more\n")
    prepare(root, "tests/requirements.txt")
    prepare(root, "requirements.txt")
    assert "dari requirements.txt" not in capsys.readouterr().out


def test_a_failed_installation_is_told_and_tried_again(root: Path, capfd: pytest.CaptureFixture) -> None:
    (root / "requirements.txt").write_text("./absent-1.0-py3-none-any.whl\n")
    for _ in range(2):
        with pytest.raises(NoEnvironment, match="Pemasangan pustaka gagal"):
            prepare(root, "requirements.txt")
    assert "absent" in capfd.readouterr().err


def test_an_old_python_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 2))
    with pytest.raises(NoEnvironment, match=r"perlu Python 3\.11 .* di mesin ini 3\.9"):
        prepare(root, "requirements.txt")


def test_without_root_the_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    with pytest.raises(NoEnvironment, match=rf"sudo apt-get install python{version}-venv"):
        prepare(tmp_path, "requirements.txt")
