"""Pictures as SVG text: papers get everything as text."""

import base64

from rtportal.lib.picture_metadata import orientation_of
from rtportal.lib.pictures import picture_of

# How Exif says that a camera was held → the quarter turns that bring the picture upright. Mirrors are left as they are.
_TURNS = {3: 2, 6: 1, 8: 3}


def picture_drawing(content: bytes) -> str:
    """An SVG with the picture in it, upright, in its own proportions. Raises PictureRefused as `picture_of`."""
    picture = picture_of(content)
    width, height = picture.width, picture.height
    turns = _TURNS.get(orientation_of(content), 0)
    # Turned about the corner, the picture lies beside the sheet; the shift brings it back.
    shift = {0: (0, 0), 1: (height, 0), 2: (width, height), 3: (0, width)}[turns]
    sheet = (height, width) if turns % 2 else (width, height)
    data = base64.b64encode(content).decode()
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {sheet[0]} {sheet[1]}'>"
        f"<g transform='translate({shift[0]} {shift[1]}) rotate({turns * 90})'>"
        f"<image width='{width}' height='{height}' href='data:image/{picture.kind};base64,{data}'/></g></svg>"
    )
