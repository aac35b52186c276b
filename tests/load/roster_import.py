"""The import of 20,000 heads, one in twenty damaged, against calamine reading the file and one Django `bulk_create`."""

import statistics

from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.load.rows import Row, at_most

HEADS = 20_000
TIMES = 12
ROUNDS = 3

RUN = "from tests.load.roster_import_sides import {side}; print('seconds:', {side}())"


def measure(heads: int = HEADS) -> list[Row]:
    """Each run is a process of its own on emptied tables, the sides in turn; the medians are compared."""
    server = Postgres()
    server.start()
    try:
        with Portal(database_url=server.new_database(), start=False) as portal:
            portal.python(f"from tests.load.roster_import_sides import seed; seed({heads})")
            runs = [(_seconds(portal, "portal"), _seconds(portal, "bare")) for _ in range(ROUNDS)]
    finally:
        server.stop()
    ours, baseline = map(statistics.median, zip(*runs, strict=True))
    return [at_most("impor 20.000 ketua RT", ours, baseline, "s", TIMES)]


def _seconds(portal: Portal, side: str) -> float:
    printed = portal.python(RUN.format(side=side)).splitlines()
    return float(next(line.split()[1] for line in printed if line.startswith("seconds:")))
