"""What is refused before anything is written; the whole way stands in tests/faults/test_restore_drill.py."""

from pathlib import Path

import pytest

from rtportal.operations.backups.layout import DATABASE, FORMAT, KEYS, MANIFEST
from rtportal.operations.backups.packing import Packing
from rtportal.operations.backups.sealing import recipients_from, seal
from tests.rtportal.operations.servers import EmptyServer, new_key


def archive(folder: Path, public: str, **changes) -> Path:
    """One with a manifest like ours and nothing else in it."""
    manifest = {"format": FORMAT, "version": "9.9", "made_at": "2026-11-22T00:00:00+00:00", "database": "sqlite"}
    manifest |= {"server": "SQLite 3", "migrations": [], "tables": {}} | changes
    packing = Packing(at=0)

    def pieces():
        yield from packing.document(MANIFEST, manifest)
        yield from packing.document(KEYS, {"secrets": {}, "environment": {}})
        yield from packing.pieces(DATABASE, [b"bukan basis data"])
        yield from packing.end()

    path = folder / "rtportal-1.tar.age"
    with path.open("wb") as target:
        seal(pieces(), target, recipients_from([public]))
    return path


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"migrations": ["programs.9999_nobody_knows"]}, "portal yang lebih baru (versi 9.9)"),
        ({"database": "postgresql", "server": "PostgreSQL 15"}, "lain jenis"),
        ({"format": 2}, "bukan arsip cadangan portal"),
        ({"unknown": 1}, "bukan arsip cadangan portal"),
        ({}, "Salinan basis data rusak"),
    ],
)
def test_an_archive_that_does_not_fit_here_is_refused_and_leaves_nothing(tmp_path, changes, words):
    key, public = new_key(tmp_path)
    server = EmptyServer("")
    done = server.restore(archive(tmp_path, public, **changes), key)
    assert done.returncode == 1
    assert words in done.stderr
    assert server.holdings() == []


def test_what_is_no_archive_at_all_is_refused(tmp_path):
    key, _ = new_key(tmp_path)
    (tmp_path / "catatan.txt").write_text("belanja")
    server = EmptyServer("")
    for name, words in (("tidak-ada.tar.age", "tidak ada"), ("catatan.txt", "tidak dapat dibaca")):
        done = server.restore(tmp_path / name, key)
        assert (done.returncode, words in done.stderr) == (1, True), done.stderr
    assert server.holdings() == []
