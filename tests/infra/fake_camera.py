"""A camera that sees one QR code: a film for Chromium's fake device."""

from pathlib import Path

import segno

WIDTH, HEIGHT, FRAMES = 640, 480, 5
BLACK, GREY, WHITE = 16, 128, 235


def camera_arguments(film: Path) -> list[str]:
    """For Chromium: no real camera, no question, and `film` in front of the lens whenever a page opens it."""
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]


def film_qr(film: Path, text: str) -> None:
    """Write a film (YUV4MPEG2, uncompressed) of somebody holding this code still."""
    matrix = segno.make_qr(text, error="m").matrix
    quiet = 4
    modules = len(matrix) + 2 * quiet
    size = HEIGHT * 8 // 10 // modules
    left, top = (WIDTH - modules * size) // 2, (HEIGHT - modules * size) // 2
    white = bytes([WHITE])
    blank = white * (modules * size)
    lines = [blank] * (quiet * size)
    for row in matrix:
        dots = b"".join(bytes([BLACK if module else WHITE]) * size for module in row)
        lines += [white * (quiet * size) + dots + white * (quiet * size)] * size
    lines += [blank] * (quiet * size)
    side, rest = bytes([GREY]) * left, bytes([GREY]) * (WIDTH - left - modules * size)
    wall = bytes([GREY]) * WIDTH
    picture = [wall] * top + [side + line + rest for line in lines]
    picture += [wall] * (HEIGHT - len(picture))
    frame = b"FRAME\n" + b"".join(picture) + bytes([128]) * (WIDTH * HEIGHT // 2)
    film.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * FRAMES)
