"""QR codes as drawings."""

import re

import segno
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.qr import QUIET_ZONE, qr_drawing


def modules_of(drawing: dict[str, str]) -> list[list[int]]:
    """The black modules that the drawing paints, line by line."""
    size = int(drawing["box"].split()[2]) - 2 * QUIET_ZONE
    lines = [[0] * size for _ in range(size)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawing["path"]):
        for column in range(int(x), int(x) + int(width)):
            lines[int(y)][column] = 1
    return lines


@given(st.text(min_size=1, max_size=120))
def test_the_drawing_has_the_modules_of_the_code(text):
    code = segno.make_qr(text, error="m", mask=2)
    assert modules_of(qr_drawing(text)) == [list(row) for row in code.matrix]


def test_it_is_never_a_micro_code_and_mends_a_stain():
    code = segno.make_qr("A", error="m", mask=2)
    assert not code.is_micro
    assert code.error in "MQH"


def test_there_is_white_around_it():
    assert qr_drawing("A")["box"] == "-4 -4 29 29"
