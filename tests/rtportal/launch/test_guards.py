"""Starting is refused where it would only confuse."""

import os
import socket
from pathlib import Path

import pytest

from rtportal.launch.guards import CannotStart, only_one, refuse_taken_port


def test_a_free_port_is_taken_without_a_word() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    refuse_taken_port(port)


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Port {port} sudah dipakai.*make run PORT={port + 1}"):
            refuse_taken_port(port)


def test_a_port_that_cannot_exist_is_refused() -> None:
    with pytest.raises(CannotStart, match="antara 1 dan 65535"):
        refuse_taken_port(70_000)


def test_two_portals_never_share_a_folder(tmp_path: Path) -> None:
    lock = tmp_path / "launch.lock"
    with only_one(lock), pytest.raises(CannotStart, match=rf"sudah berjalan.*proses {os.getpid()}"), only_one(lock):
        raise AssertionError("both hold it")


def test_a_folder_is_free_again_once_its_portal_has_ended(tmp_path: Path) -> None:
    lock = tmp_path / "launch.lock"
    with only_one(lock):
        pass
    with only_one(lock):
        assert lock.read_text() == str(os.getpid())
