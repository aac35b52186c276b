"""Pictures that people upload to be printed: PNG or JPEG, told by their content, of a size that can be drawn.

What a file says about its size is read before anything unpacks it: a small file may unfold into gigabytes.
"""

import struct
import zlib
from dataclasses import dataclass

from rtportal.lib.errors import InputError

LONGEST_SIDE = 4_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Frames of JPEG that browsers and typst know: baseline, extended, progressive.
_FRAMES = {0xC0, 0xC1, 0xC2}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}


class PictureRefused(InputError):
    """The file is no picture that can be printed; the sentence says why."""


@dataclass(frozen=True)
class Picture:
    """`kind` is `png` or `jpeg`; sides in pixels."""

    kind: str
    width: int
    height: int


def picture_of(content: bytes) -> Picture:
    """What the file is. Raises PictureRefused: neither PNG nor JPEG, cut off, or a side beyond 4,000 pixels."""
    if content.startswith(_PNG):
        picture = Picture("png", *_png_sides(content))
    elif content.startswith(_JPEG):
        picture = Picture("jpeg", *_jpeg_sides(content))
    else:
        raise PictureRefused(
            "Berkas ini bukan gambar PNG atau JPEG. Simpan ulang sebagai PNG atau JPEG, lalu unggah lagi."
        )
    if not (0 < picture.width <= LONGEST_SIDE and 0 < picture.height <= LONGEST_SIDE):
        raise PictureRefused(
            f"Gambar ini {picture.width} × {picture.height} piksel; setiap sisi paling panjang {LONGEST_SIDE} piksel."
        )
    return picture


def _png_sides(content: bytes) -> tuple[int, int]:
    """From the first chunk, which the standard fixes; every chunk's check sum holds and the last one is there."""
    at, sides, is_whole = len(_PNG), None, False
    while at + 12 <= len(content) and not is_whole:
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 8 + length
        if end + 4 > len(content) or zlib.crc32(content[at + 4 : end]) != struct.unpack_from(">I", content, end)[0]:
            break
        if sides is None:
            if kind != b"IHDR" or length != 13:
                break
            sides = struct.unpack_from(">II", content, at + 8)
        is_whole = kind == b"IEND"
        at = end + 4
    if sides is None or not is_whole:
        raise PictureRefused("Gambar ini rusak atau terpotong. Simpan ulang, lalu unggah lagi.")
    return sides


def _jpeg_sides(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF or marker in _WITHOUT_LENGTH:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        if marker in _FRAMES and at + 9 <= len(content):
            height, width = struct.unpack_from(">HH", content, at + 5)
            # The end marker, perhaps with filling behind it.
            if b"\xff\xd9" in content[-64:]:
                return width, height
            break
        at += 2 + length
    raise PictureRefused("Gambar ini rusak atau terpotong. Simpan ulang, lalu unggah lagi.")
