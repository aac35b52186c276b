"""The certificates of a wave of 951, as separate files in a ZIP, against typst alone with the same data."""

import json

from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.load.rows import Row, at_most

PEOPLE = 951
TIMES = 2
# Fewer signs of life than this, and people would think that it hangs.
LEAST_REPORTS = 10

RUN = "from tests.load.certificate_sides import {side}; import json; print('result:', json.dumps({side}()))"


def measure(people: int = PEOPLE) -> list[Row]:
    """Each side in a process of its own. Raises AssertionError if a file is missing or no progress was to be seen."""
    server = Postgres()
    server.start()
    try:
        with Portal(database_url=server.new_database(), start=False) as portal:
            portal.python(f"from tests.load.certificate_sides import seed; seed({people})")
            ours, baseline = _run(portal, "portal"), _run(portal, "typst_alone")
    finally:
        server.stop()
    if ours["files"] != people or baseline["files"] != people:
        raise AssertionError(f"not all of {people} certificates were written: {ours}, {baseline}")
    if ours["reports"] < min(LEAST_REPORTS, people // 50):
        raise AssertionError(f"the progress was told {ours['reports']} times only")
    return [
        at_most(
            "951 sertifikat dalam satu ZIP, dengan kemajuan", ours["seconds"], baseline["seconds"], "s", TIMES
        ).of_issue(6)
    ]


def _run(portal: Portal, side: str) -> dict:
    printed = portal.python(RUN.format(side=side)).splitlines()
    return json.loads(next(line.removeprefix("result: ") for line in printed if line.startswith("result: ")))
