"""Reads PDF files back: text, tags, and the QR codes on a page as a phone would."""

import io

import pypdfium2
import zxingcpp
from pypdf import PdfReader

# Points are 1/72 inch: this makes 200 dots an inch, about what a phone's camera sees of a sheet.
_SCALE = 200 / 72


def pages_of(content: bytes) -> list[str]:
    """The text of each page, words apart by one space."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def is_tagged(content: bytes) -> bool:
    """Whether it says of itself that it is tagged, in Indonesian, and keeps PDF/UA-1."""
    root = PdfReader(io.BytesIO(content)).trailer["/Root"]
    says_so = b"pdfuaid" in root["/Metadata"].get_object().get_data()
    return bool(root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in root and says_so


def qr_codes_on(content: bytes, page: int = 0) -> list[str]:
    """What the QR codes of a page (counted from 0) say."""
    bitmap = pypdfium2.PdfDocument(content)[page].render(scale=_SCALE, grayscale=True)
    rows = bytes(bitmap.buffer)
    pixels = b"".join(rows[line * bitmap.stride :][: bitmap.width] for line in range(bitmap.height))
    picture = memoryview(pixels).cast("B", (bitmap.height, bitmap.width))
    return [code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]
