"""Ten desks hand in 1,000 scans each, shuffled and repeated, against one Django `bulk_create` of the same rows."""

import statistics

from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.load.rows import Row, at_most

TIMES = 8
ROUNDS = 3

RUN = "from tests.load.door_upload_sides import {side}; print('seconds:', {side}())"


def measure() -> list[Row]:
    """Each run is a process of its own, the sides in turn; the medians are compared."""
    server = Postgres()
    server.start()
    try:
        with Portal(database_url=server.new_database(), start=False) as portal:
            portal.python("from tests.load.door_upload_sides import seed; seed()")
            runs = [(_seconds(portal, "portal"), _seconds(portal, "bare")) for _ in range(ROUNDS)]
    finally:
        server.stop()
    ours, baseline = map(statistics.median, zip(*runs, strict=True))
    return [at_most("unggah 10 × 1.000 catatan pintu", ours, baseline, "s", TIMES).of_issue(5)]


def _seconds(portal: Portal, side: str) -> float:
    printed = portal.python(RUN.format(side=side)).splitlines()
    return float(next(line.split()[1] for line in printed if line.startswith("seconds:")))
