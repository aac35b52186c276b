"""What goes into an archive comes out of it, and nothing else does."""

import io
import itertools
import subprocess
import tarfile
from pathlib import Path

import pytest

from rtportal.operations.backups.layout import DATABASE, END, FILES, MANIFEST, MEMBERS_PER_LIST
from rtportal.operations.backups.packing import Packing
from rtportal.operations.backups.sealing import identities_from, make_identity, opened, recipients_from, seal
from rtportal.operations.backups.unpacking import Unpacking
from rtportal.operations.errors import BackupError, RestoreError
from tests.rtportal.operations.servers import new_key


def packed(*parts, packing: Packing | None = None) -> bytes:
    packing = packing or Packing(at=0)
    return b"".join(itertools.chain(*(part(packing) for part in parts), packing.end()))


def whole(name: str, data: bytes = b"isi"):
    return lambda packing: packing.whole(name, data)


def unpacked(data: bytes) -> dict[str, bytes]:
    return {member.name: member.read() for member in Unpacking(io.BytesIO(data)).members()}


def test_members_come_back_as_they_were_put_in(tmp_path):
    long_name = f"{FILES}{'folder/' * 20}{'x' * 120}.pdf"
    path = tmp_path / "berkas"
    path.write_bytes(b"y" * 700_000)
    data = packed(
        whole(MANIFEST, b"{}"),
        lambda packing: packing.pieces(DATABASE, [b"a" * 1000, b"b"]),
        lambda packing: packing.file(long_name, path),
        whole(f"{FILES}kosong", b""),
    )
    assert unpacked(data) == {
        MANIFEST: b"{}",
        f"{DATABASE}000000": b"a" * 1000,
        f"{DATABASE}000001": b"b",
        long_name: b"y" * 700_000,
        f"{FILES}kosong": b"",
    }


def test_any_tar_and_sha256sum_can_check_it(tmp_path):
    (tmp_path / "archive.tar").write_bytes(packed(whole(f"{FILES}a"), whole(f"{FILES}b", b"lain")))
    subprocess.run(["tar", "-xf", "archive.tar"], cwd=tmp_path, check=True)
    subprocess.run(["sha256sum", "--check", "--strict", "checksums/000000"], cwd=tmp_path, check=True)
    assert (tmp_path / FILES / "b").read_bytes() == b"lain"


def test_checksums_are_told_in_lists_so_that_memory_is_bounded():
    packing = Packing(at=0)
    count = MEMBERS_PER_LIST * 2 + 1
    data = packed(*(whole(f"{FILES}{number}") for number in range(count)), packing=packing)
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        assert [name for name in tar.getnames() if name.startswith("checksums/")] == [
            "checksums/000000",
            "checksums/000001",
            "checksums/000002",
        ]
    assert len(unpacked(data)) == count


def test_a_file_that_grows_meanwhile_is_taken_as_long_as_it_was(tmp_path):
    path = tmp_path / "tumbuh"
    path.write_bytes(b"x" * 600_000)
    packing = Packing(at=0)
    pieces = packing.file(f"{FILES}tumbuh", path)
    data = next(pieces)
    with path.open("ab") as file:
        file.write(b"lebih")
    data += b"".join(pieces) + b"".join(packing.end())
    assert unpacked(data) == {f"{FILES}tumbuh": b"x" * 600_000}


def test_a_file_that_shrinks_meanwhile_stops_the_backup(tmp_path):
    path = tmp_path / "susut"
    path.write_bytes(b"x" * 600_000)
    pieces = Packing(at=0).file(f"{FILES}susut", path)
    next(pieces)
    path.write_bytes(b"")
    with pytest.raises(BackupError, match="lebih pendek"):
        list(pieces)


@pytest.mark.parametrize("name", ["../di-luar", f"{FILES}../../etc/passwd", "/etc/passwd", "lain.txt"])
def test_an_archive_does_not_decide_where_something_is_written(name):
    with pytest.raises(RestoreError, match="bukan arsip"):
        unpacked(packed(whole(name)))


def test_a_link_is_no_member():
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w") as tar:
        info = tarfile.TarInfo(f"{FILES}tautan")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(RestoreError, match="bukan arsip"):
        unpacked(output.getvalue())


def test_a_tar_without_its_end_or_with_another_content_is_refused():
    data = packed(whole(f"{FILES}a", b"satu"))
    without_end = data[: data.index(END.encode())]
    with pytest.raises(RestoreError):
        unpacked(without_end)
    with pytest.raises(RestoreError, match="tidak cocok"):
        unpacked(data.replace(b"satu", b"dua!"))
    with pytest.raises(RestoreError):
        unpacked(b"bukan tar sama sekali" * 100)


def sealed(path: Path, public: str, pieces) -> Path:
    with path.open("wb") as target:
        seal(iter(pieces), target, recipients_from([public]))
    return path


def test_only_the_secret_key_opens_what_was_sealed(tmp_path):
    key, public = new_key(tmp_path)
    other, _ = new_key(tmp_path, "lain.txt")
    archive = sealed(tmp_path / "a.age", public, [b"rahasia" * 50_000, b"", b"akhir"])
    assert b"rahasia" not in archive.read_bytes()
    with opened(archive, identities_from(key)) as stream:
        assert stream.read() == b"rahasia" * 50_000 + b"akhir"
    with pytest.raises(RestoreError, match="kuncinya"), opened(archive, identities_from(other)) as stream:
        stream.read()


def test_either_of_two_keys_opens_it(tmp_path):
    keys = [new_key(tmp_path, name) for name in ("satu.txt", "dua.txt")]
    with (tmp_path / "a.age").open("wb") as target:
        seal(iter([b"isi"]), target, recipients_from(public for _, public in keys))
    for key, _ in keys:
        with opened(tmp_path / "a.age", identities_from(key)) as stream:
            assert stream.read() == b"isi"


def test_a_cut_is_noticed_even_by_who_reads_only_the_beginning(tmp_path):
    key, public = new_key(tmp_path)
    archive = sealed(tmp_path / "a.age", public, [b"x" * 500_000])
    archive.write_bytes(archive.read_bytes()[:-70_000])
    with pytest.raises(RestoreError, match="terpotong"), opened(archive, identities_from(key)) as stream:
        stream.read(10)


def test_what_goes_wrong_while_pieces_are_made_comes_out_as_it_is(tmp_path):
    _, public = new_key(tmp_path)

    def failing():
        yield b"awal"
        raise BackupError("pg_dump gagal.")

    with pytest.raises(BackupError, match="pg_dump gagal"):
        sealed(tmp_path / "a.age", public, failing())


def test_a_full_disk_is_told_in_a_sentence():
    class Full(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            raise OSError(28, "No space left on device")

    key = make_public()
    with pytest.raises(BackupError, match="tidak dapat ditulis"):
        seal(iter([b"x" * 100_000]), Full(), recipients_from([key]))


def make_public() -> str:
    import pyrage

    return str(pyrage.x25519.Identity.generate().to_public())


def test_a_key_file_is_private_and_never_replaced(tmp_path):
    key, public = new_key(tmp_path)
    assert key.stat().st_mode & 0o777 == 0o600
    assert public.startswith("age1")
    with pytest.raises(BackupError, match="sudah ada"):
        make_identity(key, at="")


@pytest.mark.parametrize("text", ["", "# hanya catatan\n", "AGE-SECRET-KEY-1SALAH", "\xff"])
def test_a_file_without_a_key_is_refused(tmp_path, text):
    path = tmp_path / "kunci"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(RestoreError, match="Berkas kunci"):
        identities_from(path)


@pytest.mark.parametrize("keys", [[], ["age1salah"], ["ssh-ed25519 AAAA"]])
def test_public_keys_that_are_none_are_refused(keys):
    with pytest.raises(BackupError):
        recipients_from(keys)
