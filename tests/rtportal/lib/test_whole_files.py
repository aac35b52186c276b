import os

import pytest

from rtportal.lib.whole_files import write_each_whole, write_whole


def test_a_file_holds_what_was_written_last_for_its_owner_alone(tmp_path):
    path = tmp_path / "kecil.json"
    for text in ("satu", "dua"):
        write_whole(path, text)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("dua", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_what_stood_there_and_no_draft(tmp_path, monkeypatch):
    path = tmp_path / "kecil.json"
    write_whole(path, "satu")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "dua")
    assert (path.read_text(), list(tmp_path.iterdir())) == ("satu", [path])


def test_of_several_files_none_changes_where_one_cannot_be_written(tmp_path):
    first, second = tmp_path / "satu.json", tmp_path / "tidak-ada" / "dua.json"
    write_whole(first, "lama")
    with pytest.raises(OSError, match="No such file"):
        write_each_whole({first: "baru", second: "baru"})
    assert (first.read_text(), list(tmp_path.iterdir())) == ("lama", [first])
