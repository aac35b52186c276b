"""1,650 personal letters with QR codes as one PDF, against typst and segno alone with the same data."""

import json

from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.load.rows import Row, at_most

PEOPLE = 1_650
TIMES = 2

RUN = "from tests.load.letters_sides import {side}; import json; print('result:', json.dumps({side}()))"


def measure(people: int = PEOPLE) -> list[Row]:
    """Each side in a process of its own. Raises AssertionError if a letter is missing."""
    server = Postgres()
    server.start()
    try:
        with Portal(database_url=server.new_database(), start=False) as portal:
            portal.python(f"from tests.load.letters_sides import seed; seed({people})")
            # The baseline first: once the letters are on paper there is nothing left to print.
            baseline, ours = _run(portal, "typst_and_segno_alone"), _run(portal, "portal")
    finally:
        server.stop()
    if ours["letters"] != people or baseline["letters"] != people:
        raise AssertionError(f"not all of {people} letters were printed: {ours}, {baseline}")
    return [
        at_most("1.650 surat pribadi dengan QR, satu PDF", ours["seconds"], baseline["seconds"], "s", TIMES).of_issue(6)
    ]


def _run(portal: Portal, side: str) -> dict:
    printed = portal.python(RUN.format(side=side)).splitlines()
    return json.loads(next(line.removeprefix("result: ") for line in printed if line.startswith("result: ")))
