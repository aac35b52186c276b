"""Small files of each kind, as people upload them."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
_ODP = "application/vnd.oasis.opendocument.presentation"


def packed(*names: str) -> bytes:
    """An office document that holds these parts."""
    packet = io.BytesIO()
    with zipfile.ZipFile(packet, "w") as package:
        for name in ("[Content_Types].xml", *names):
            package.writestr(name, "<x/>")
    return packet.getvalue()


def old_office(*streams: str) -> bytes:
    """An office document of the older format with these streams in its directory."""
    directory = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000) + directory


def _odp() -> bytes:
    packet = io.BytesIO()
    with zipfile.ZipFile(packet, "w") as package:
        package.writestr("mimetype", _ODP)
        package.writestr("content.xml", "<x/>")
    return packet.getvalue()


ODP = _odp()
PPTX = packed("ppt/presentation.xml")
