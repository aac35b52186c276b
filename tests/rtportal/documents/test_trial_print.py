"""Pictures that look whole and cannot be drawn."""

import struct
import zlib

import pytest

from rtportal.documents.trial_print import printable_picture
from rtportal.lib.pictures import PictureRefused, picture_of
from tests.rtportal.lib.pictures import jpeg, png


def drawn_with(pixels: bytes, kind: int = 2) -> bytes:
    """A PNG of 8 × 8 with every check sum right, whatever its pixels are worth."""
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, kind, 0, 0, 0)), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


@pytest.mark.parametrize("content", [png(), jpeg()])
def test_a_picture_that_can_be_drawn_is_told(content):
    assert printable_picture(content) == picture_of(content)


@pytest.mark.parametrize(
    "content",
    [drawn_with(b"bukan zlib"), drawn_with(zlib.compress(b"\0" * 5)), drawn_with(zlib.compress(b"\0" * 72), kind=3)],
)
def test_a_picture_that_no_paper_could_show_is_refused(content):
    # From outside it is whole.
    picture_of(content)
    with pytest.raises(PictureRefused, match="Gambar ini rusak"):
        printable_picture(content)


def test_what_is_no_picture_is_refused_as_ever():
    with pytest.raises(PictureRefused, match="bukan gambar PNG atau JPEG"):
        printable_picture(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
