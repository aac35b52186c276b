"""The command lines of the portal's processes."""

from pathlib import Path

import pytest

from rtportal.launch import services
from rtportal.launch.services import MissingProgram, processes_for, valkey_binary, worker_command


def test_sqlite_has_one_writer_and_so_one_process() -> None:
    assert processes_for("django.db.backends.sqlite3") == 1
    assert processes_for("django.db.backends.postgresql") >= 2


def test_beat_runs_only_where_it_has_a_schedule() -> None:
    assert "--beat" in worker_command(Path("beat"), 1)
    assert "--beat" not in worker_command(None, 1)


def test_a_server_of_the_distribution_stands_in_for_the_embedded_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    server = tmp_path / "redis-server"
    server.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert valkey_binary() == str(server)


def test_without_any_server_the_ways_out_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    monkeypatch.setattr(services.shutil, "which", lambda name: None)
    with pytest.raises(MissingProgram, match="REDIS_URL"):
        valkey_binary()
