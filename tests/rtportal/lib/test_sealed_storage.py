from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from rtportal.lib.sealed_files import PIECE, key_of
from rtportal.lib.sealed_storage import SealedStorage, reseal_files
from rtportal.lib.sealing import key_name

NEW, OLD = "kunci-baru-0123456789", "kunci-lama-0123456789"
CONTENT = b"6309061203700001;Ahmad\n" * (PIECE // 10)


@pytest.fixture
def storage(tmp_path) -> SealedStorage:
    return SealedStorage(location=tmp_path)


def test_what_is_saved_does_not_show_on_the_disk_and_is_read_whole(storage, tmp_path):
    path = storage.save("rosters/satu.csv", ContentFile(CONTENT))
    assert b"6309061203700001" not in (tmp_path / path).read_bytes()
    with storage.open(path) as file:
        assert file.read() == CONTENT
    with storage.open(path) as file:
        assert b"".join(file.chunks()) == CONTENT
    assert storage.size(path) == len(CONTENT)


def test_a_name_that_is_taken_is_not_overwritten(storage):
    first, second = (storage.save("a.csv", ContentFile(content)) for content in (b"satu", b"dua"))
    assert first != second
    assert (storage.open(first).read(), storage.open(second).read()) == (b"satu", b"dua")


def test_what_is_gone_is_not_found_and_nothing_is_written_in_place(storage):
    with pytest.raises(FileNotFoundError):
        storage.open("tidak-ada.csv")
    with pytest.raises(ValueError, match="only read"):
        storage.open("a.csv", "w")


def test_plain_and_older_files_are_brought_under_the_first_key(storage, tmp_path, settings):
    settings.PERSONAL_KEYS = [OLD]
    older = storage.save("exports/lama.xlsx", ContentFile(CONTENT))
    (tmp_path / "plain.pdf").write_bytes(b"%PDF lama")
    draft = tmp_path / "exports" / "1.2.part"
    draft.mkdir()
    (draft / "berkas.csv").write_bytes(b"belum selesai")
    settings.PERSONAL_KEYS = [NEW, OLD]
    newer = storage.save("exports/baru.xlsx", ContentFile(b"baru"))
    told = []
    assert reseal_files(tmp_path, progress=told.append) == 2
    assert told == [1, 2]
    settings.PERSONAL_KEYS = [NEW]
    assert [storage.open(path).read() for path in (older, newer, "plain.pdf")] == [CONTENT, b"baru", b"%PDF lama"]
    assert _key(tmp_path / older) == key_name(NEW)
    assert (draft / "berkas.csv").read_bytes() == b"belum selesai"
    # Of a run that was killed: the file of the first is gone since, that of the second is being written.
    for name in (".hilang.pdf.part", ".plain.pdf.part"):
        (tmp_path / name).write_bytes(b"separuh")
    assert reseal_files(tmp_path) == 0
    assert sorted(path.name for path in tmp_path.glob(".*")) == [".plain.pdf.part"]
    assert reseal_files(tmp_path / "tidak-ada") == 0


def _key(path: Path) -> str | None:
    with path.open("rb") as file:
        return key_of(file)
