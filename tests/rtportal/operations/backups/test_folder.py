"""The folder of archives: one writer, whole files, and as many as wanted."""

from datetime import UTC, datetime

import pytest

from rtportal.operations.backups.folder import (
    BackupIsRunning,
    archives,
    drop_old,
    name_at,
    new_archive,
    only_writer,
)
from rtportal.operations.errors import BackupError


def test_names_sort_by_time():
    names = [name_at(datetime(2026, month, 9, 23, 5, tzinfo=UTC)) for month in (2, 10, 11)]
    assert names == sorted(names)
    assert names[0] == "rtportal-20260209T230500Z.tar.age"


def test_a_file_has_its_name_only_when_it_is_whole(tmp_path):
    with new_archive(tmp_path, "rtportal-1.tar.age") as file:
        file.write(b"isi")
        assert archives(tmp_path) == []
    [path] = archives(tmp_path)
    assert path.read_bytes() == b"isi"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), new_archive(tmp_path, "rtportal-1.tar.age") as file:
        file.write(b"separuh")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_an_archive_is_never_written_over(tmp_path):
    (tmp_path / "rtportal-1.tar.age").write_bytes(b"lama")
    with pytest.raises(BackupError, match="sudah ada"), new_archive(tmp_path, "rtportal-1.tar.age"):
        pass
    assert (tmp_path / "rtportal-1.tar.age").read_bytes() == b"lama"


def test_only_one_writes_and_what_a_dead_one_left_goes(tmp_path):
    folder = tmp_path / "baru"
    folder.mkdir()
    (folder / "rtportal-0.tar.age.part").write_bytes(b"separuh")
    (folder / "milik-orang.part").write_bytes(b"bukan milik kita")
    with only_writer(folder):
        assert [path.name for path in folder.glob("*.part")] == ["milik-orang.part"]
        with pytest.raises(BackupIsRunning), only_writer(folder):
            pass
    with only_writer(folder):
        pass


def test_the_newest_are_kept_and_nothing_but_archives_goes(tmp_path):
    for number in range(5):
        (tmp_path / f"rtportal-2026010{number}T000000Z.tar.age").touch()
    (tmp_path / "catatan.txt").touch()
    assert drop_old(tmp_path, 2) == [f"rtportal-2026010{number}T000000Z.tar.age" for number in (2, 1, 0)]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "catatan.txt",
        "rtportal-20260103T000000Z.tar.age",
        "rtportal-20260104T000000Z.tar.age",
    ]
