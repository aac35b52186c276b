"""Restoring where the files lie on a disk of their own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.infra.portal import Portal
from tests.infra.small_disk import SmallDisk
from tests.rtportal.operations.servers import EmptyServer, new_key

pytestmark = [pytest.mark.faults, pytest.mark.slow]

SEED_FILES = """
import os
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
for name in ("materials/2026/a.bin", "materials/b.bin", "photos/c.bin"):
    default_storage.save(name, ContentFile(os.urandom(1_000_000)))
"""


def test_a_files_folder_that_is_a_disk_of_its_own_is_filled_whole_or_not_at_all(
    portal_database: str, new_postgres_database: Callable[[], str], tmp_path: Path
) -> None:
    """As several machines share it: nothing can be put in the place of a folder on which a disk is mounted."""
    key, public = new_key(tmp_path)
    with Portal(database_url=portal_database, start=False, env={"BACKUP_RECIPIENTS": public}) as portal:
        portal.python(SEED_FILES)
        files = portal.var_dir / "files"
        kept = {path.relative_to(files): path.read_bytes() for path in files.rglob("*.bin")}
        # What a killed restore left, and what the file system keeps for itself, are not the portal's.
        for name in (".restoring.part", "lost+found"):
            (files / name).mkdir()
            (files / name / "x").touch()
        portal.manage("backup", "--to", str(tmp_path / "backups"))
        keys = (portal.var_dir / "secrets.json").read_bytes()
    [archive] = (tmp_path / "backups").glob("*.age")

    server = EmptyServer(new_postgres_database() if portal_database else "")
    server.python("")
    own = (server.var_dir / "secrets.json").read_bytes()
    assert own != keys
    folder = server.var_dir / "files"
    folder.mkdir(exist_ok=True)
    with SmallDisk(folder, megabytes=2):
        done = server.restore(archive, key)
        assert done.returncode == 1
        assert "tidak dapat menulis" in done.stderr
        assert list(folder.iterdir()) == []
        assert server.holdings() in ([], ["rtportal.sqlite3"])
        assert (server.var_dir / "secrets.json").read_bytes() == own
    with SmallDisk(folder, megabytes=32):
        for name in ("lost+found", "materials/2026", ".restoring.part/old"):
            (folder / name).mkdir(parents=True)
        (folder / ".restoring.part" / "old" / "x").touch()
        done = server.restore(archive, key)
        assert done.returncode == 0, done.stderr
        assert {path.name for path in folder.iterdir()} == {"lost+found", "materials", "photos"}
        assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.bin")} == kept
        assert json.loads((server.var_dir / "secrets.json").read_bytes()) == json.loads(keys)
