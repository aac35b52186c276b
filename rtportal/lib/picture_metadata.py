"""Photos without what the camera wrote into them: where they were taken, with what, when.

Only how the picture is to be turned is kept. The picture itself is not touched.
"""

import struct
from collections.abc import Iterator

_PNG_START = b"\x89PNG\r\n\x1a\n"
# What a picture needs to be drawn; everything else is told about it.
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs"}
_START_OF_SCAN, _END = 0xDA, 0xD9
# JFIF, colour profile, Adobe's colours: the other segments for applications, and comments, are told about the picture.
_APPLICATION = {*range(0xE0, 0xF0), 0xFE}
_APPLICATION_KEPT = {0xE0, 0xE2, 0xEE}
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112


def without_metadata(content: bytes) -> bytes:
    """A PNG or JPEG that `picture_of` took, without its metadata; anything else comes back as it is."""
    if content.startswith(_PNG_START):
        return _PNG_START + b"".join(chunk for kind, chunk in _chunks(content) if kind in _PNG_KEPT)
    if content.startswith(b"\xff\xd8"):
        return _plain_jpeg(content)
    return content


def orientation_of(content: bytes) -> int:
    """How the picture is to be turned, 1 to 8 as Exif counts; 1 (upright) where nothing says so."""
    found = [segment for marker, segment in _segments(content) if marker == 0xE1 and segment[4:10] == _EXIF]
    return _orientation(found[-1][10:]) if found else 1


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG_START)
    while at + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        yield kind, content[at : at + 12 + length]
        if kind == b"IEND":
            return
        at += 12 + length


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """What stands in a JPEG before its drawing: each segment with marker and length."""
    at = 2
    while content.startswith(b"\xff\xd8") and at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in {_START_OF_SCAN, _END}:
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        yield marker, content[at : at + 2 + length]
        at += 2 + length


def _plain_jpeg(content: bytes) -> bytes:
    segments = list(_segments(content))
    kept = [segment for marker, segment in segments if marker not in _APPLICATION or marker in _APPLICATION_KEPT]
    last = segments[-1][1] if segments else b""
    begin = content.find(b"\xff\xda", content.find(last) + len(last) if last else 2)
    end = content.rfind(b"\xff\xd9")
    if begin < 0:
        begin = end
    # What lies behind the end marker is no picture: phones put films there.
    return b"\xff\xd8" + _turning(orientation_of(content)) + b"".join(kept) + content[begin : end + 2]


def _orientation(tiff: bytes) -> int:
    """1 to 8 as Exif counts; 1 (upright) for what is not told or not readable."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return 1
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    if start + 2 > len(tiff):
        return 1
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for place in range(start + 2, min(start + 2 + count * 12, len(tiff) - 11), 12):
        tag, kind = struct.unpack_from(f"{order}HH", tiff, place)
        if tag == _ORIENTATION and kind == 3:
            (value,) = struct.unpack_from(f"{order}H", tiff, place + 8)
            return value if 1 <= value <= 8 else 1
    return 1


def _turning(orientation: int) -> bytes:
    """The smallest segment that says how to turn the picture; nothing where it stands upright."""
    if orientation == 1:
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + b"\0\0\0\0"
    body = _EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
