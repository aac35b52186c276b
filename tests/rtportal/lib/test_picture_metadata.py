"""Photos without what the camera wrote into them."""

import struct
import zlib

import pytest

from rtportal.lib.picture_drawings import picture_drawing
from rtportal.lib.picture_metadata import orientation_of, without_metadata
from rtportal.lib.pictures import picture_of
from tests.rtportal.lib.pictures import jpeg, png

SECRET = b"Rumah Pak RT -2.1653"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int, order: str = ">") -> bytes:
    mark = b"MM\0*" if order == ">" else b"II*\0"
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0) + struct.pack(f"{order}HHII", 0x8825, 4, 1, 40)
    return b"Exif\0\0" + mark + struct.pack(f"{order}IH", 8, 2) + entries + b"\0" * 4 + SECRET


def from_camera(orientation: int = 6, order: str = ">") -> bytes:
    plain = jpeg(40, 30)
    return plain[:2] + segment(0xE1, exif(orientation, order)) + segment(0xFE, SECRET) + plain[2:] + SECRET


@pytest.mark.parametrize("order", [">", "<"])
def test_a_jpeg_loses_where_it_was_taken_and_keeps_how_it_was_held(order):
    clean = without_metadata(from_camera(order=order))
    assert SECRET not in clean
    assert orientation_of(clean) == 6
    assert (picture_of(clean).width, picture_of(clean).height) == (40, 30)
    assert without_metadata(clean) == clean


def test_an_upright_jpeg_gets_nothing_added():
    assert without_metadata(from_camera(1)) == jpeg(40, 30)


def test_a_png_loses_its_texts():
    content = png()
    body = b"Comment\0" + SECRET
    chunk = struct.pack(">I", len(body)) + b"tEXt" + body + struct.pack(">I", zlib.crc32(b"tEXt" + body))
    assert without_metadata(content[:33] + chunk + content[33:]) == content


@pytest.mark.parametrize("cut", range(2, 60, 3))
def test_a_torn_photo_breaks_nothing(cut):
    torn = from_camera()[:cut]
    assert SECRET not in without_metadata(torn)
    assert orientation_of(torn) in range(1, 9)


def test_a_photo_held_upright_is_drawn_upright():
    assert "viewBox='0 0 30 40'" in picture_drawing(from_camera(6))
    assert "rotate(90)" in picture_drawing(from_camera(6))
    assert "viewBox='0 0 40 30'" in picture_drawing(from_camera(1))
