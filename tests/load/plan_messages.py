"""Planning 100,000 messages of one programme against one Django `bulk_create` of the same rows."""

import statistics

from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.load.rows import Row, at_most

PEOPLE = 100_000
TIMES = 3
ROUNDS = 3

RUN = "from tests.load.plan_messages_sides import {side}; print('seconds:', {side}())"


def measure(people: int = PEOPLE) -> list[Row]:
    """Each run is a process of its own on an emptied outbox, the sides in turn; the medians are compared."""
    server = Postgres()
    server.start()
    try:
        with Portal(database_url=server.new_database(), start=False) as portal:
            portal.python(f"from tests.load.plan_messages_sides import seed; seed({people})")
            runs = [(_seconds(portal, "portal"), _seconds(portal, "bare")) for _ in range(ROUNDS)]
    finally:
        server.stop()
    ours, baseline = map(statistics.median, zip(*runs, strict=True))
    return [at_most("100.000 pesan direncanakan", ours, baseline, "s", TIMES).of_issue(4)]


def _seconds(portal: Portal, side: str) -> float:
    printed = portal.python(RUN.format(side=side)).splitlines()
    return float(next(line.split()[1] for line in printed if line.startswith("seconds:")))
