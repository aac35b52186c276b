"""Pictures are printed once before they are kept: one that cannot be would take every paper with it that shows it."""

import tempfile
from pathlib import Path

from rtportal.documents.formats.pdf import TypesettingFailed, typeset
from rtportal.lib.picture_drawings import picture_drawing
from rtportal.lib.pictures import Picture, PictureRefused, picture_of


def printable_picture(content: bytes) -> Picture:
    """What the file is. Takes half a second. Raises PictureRefused as `picture_of`, and for what cannot be drawn."""
    picture = picture_of(content)
    with tempfile.TemporaryDirectory() as folder:
        try:
            typeset("picture", {"drawing": picture_drawing(content)}, Path(folder) / "coba.pdf", look=lambda: None)
        except TypesettingFailed:
            raise PictureRefused("Gambar ini rusak. Simpan ulang sebagai PNG atau JPEG, lalu unggah lagi.") from None
    return picture
