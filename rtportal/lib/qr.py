"""QR codes as drawings: black modules on a grid, for whatever lays out pages."""

import segno

# Modules of white that a reader needs around the code.
QUIET_ZONE = 4
# The standard's eight masks are all legal and readable. Trying each for the prettiest takes five times as long, which
# is noticed where a thousand letters are printed.
_MASK = 2


def qr_drawing(text: str) -> dict[str, str]:
    """`{"box": "-4 -4 45 45", "path": "M0 0h7v1h-7z…"}`: viewBox and path data of an SVG, one unit a module.

    Error correction M or better, so that a fold or a stain does not matter. Never a Micro QR, which phones cannot read.
    """
    code = segno.make_qr(text, error="m", mask=_MASK)
    size = len(code.matrix) + 2 * QUIET_ZONE
    path = "".join(_runs(row, line) for line, row in enumerate(code.matrix))
    return {"box": f"{-QUIET_ZONE} {-QUIET_ZONE} {size} {size}", "path": path}


def _runs(row: bytearray, line: int) -> str:
    """One rectangle for each run of black modules."""
    parts = []
    start = row.find(1)
    while start >= 0:
        end = row.find(0, start)
        end = len(row) if end < 0 else end
        parts.append(f"M{start} {line}h{end - start}v1h{start - end}z")
        start = row.find(1, end)
    return "".join(parts)
