import io
import os

import pytest

from rtportal.lib import sealed_files
from rtportal.lib.sealed_files import PIECE, DamagedFile, opened, sealed_pieces
from rtportal.lib.sealing import SealError, key_name

NEW, OLD = "kunci-baru-0123456789", "kunci-lama-0123456789"


def sealed(content: bytes) -> bytes:
    return b"".join(sealed_pieces(io.BytesIO(content)))


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17])
def test_any_length_comes_back(length):
    content = os.urandom(length)
    stored = sealed(content)
    assert opened(io.BytesIO(stored)).read() == content
    # A single byte may stand anywhere by chance.
    assert length < 16 or content[:16] not in stored


def test_it_is_read_from_any_place():
    content = os.urandom(2 * PIECE + 100)
    file = opened(io.BytesIO(sealed(content)))
    assert file.seek(0, io.SEEK_END) == len(content)
    for start in (PIECE - 3, 0, 2 * PIECE + 90, PIECE):
        file.seek(start)
        assert file.read(20) == content[start : start + 20]


def test_the_same_content_never_lies_there_twice_alike():
    assert sealed(b"NIK 1") != sealed(b"NIK 1")


def test_a_plain_file_from_before_is_read_as_it_is():
    plain = io.BytesIO(b"PK\x03\x04 lama")
    assert opened(plain).read() == b"PK\x03\x04 lama"


@pytest.mark.parametrize("length", [0, 5, PIECE, 2 * PIECE])
def test_a_cut_changed_or_swapped_file_is_refused(length):
    stored = sealed(os.urandom(length))
    head = sealed_files._HEAD
    changed = stored[:-1] + bytes([stored[-1] ^ 1])
    for broken in (changed, stored[:-1], stored[: head + PIECE + 16 if length > PIECE else head], stored + b"x"):
        with pytest.raises(DamagedFile):
            opened(io.BytesIO(broken)).read()
    if length > PIECE:
        one, two = stored[head : head + PIECE + 16], stored[head + PIECE + 16 :]
        with pytest.raises(DamagedFile):
            opened(io.BytesIO(stored[:head] + two + one)).read()


def test_an_older_key_opens_until_it_is_taken_away(settings):
    settings.PERSONAL_KEYS = [OLD]
    stored = sealed(b"isi")
    settings.PERSONAL_KEYS = [NEW, OLD]
    assert opened(io.BytesIO(stored)).read() == b"isi"
    assert sealed_files.key_of(io.BytesIO(stored)) == key_name(OLD)
    settings.PERSONAL_KEYS = [NEW]
    with pytest.raises(SealError, match=key_name(OLD)):
        opened(io.BytesIO(stored))
