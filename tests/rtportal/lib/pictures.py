"""Small true pictures, made without a picture library."""

import struct
import zlib


def png(width: int = 8, height: int = 8) -> bytes:
    """A teal PNG; `width` and `height` as they are claimed, drawn only where they are small."""
    rows = b"".join(b"\0" + b"\x0b\x54\x57" * width for _ in range(height)) if width * height <= 10_000 else b""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """The frame of a JPEG: what says how large it is, without a drawing."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    start = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\1\1\0\0\1\0\1\0\0"
    return start + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"
