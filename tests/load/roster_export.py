"""The roster of 100,000 participants as XLSX, written by the portal against XlsxWriter alone with the same rows."""

import json

from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.load.rows import Row, at_most, under

ROWS = 100_000
TIMES, MOST_MB = 2, 250
ROUNDS = 3

RUN = "from tests.load.roster_sides import {side}; import json; print('result:', json.dumps({side}()))"


def measure(rows: int = ROWS) -> list[Row]:
    """Each run is a process of its own, the sides in turn; the best of each counts, for whatever else the machine does
    only ever adds. Memory is the highest any of the portal's processes had.
    """
    server = Postgres()
    server.start()
    try:
        with Portal(database_url=server.new_database(), start=False) as portal:
            portal.python(f"from tests.load.roster_sides import seed; seed({rows})")
            # As a database in use is: the figures are not about its housekeeping after a bulk load.
            portal.python("from django.db import connection; connection.cursor().execute('VACUUM ANALYZE')")
            runs = [(_run(portal, "portal"), _run(portal, "xlsxwriter_alone")) for _ in range(ROUNDS)]
    finally:
        server.stop()
    if any(run["rows"] != rows for pair in runs for run in pair):
        raise AssertionError(f"not all of {rows} rows were written: {runs}")
    ours, baseline = (min(run["seconds"] for run in side) for side in zip(*runs, strict=True))
    return [
        at_most("XLSX daftar peserta, 100.000 baris", ours, baseline, "s", TIMES),
        under("memori XLSX daftar peserta", max(run["peak_mb"] for run, _ in runs), MOST_MB, "MB"),
    ]


def _run(portal: Portal, side: str) -> dict:
    printed = portal.python(RUN.format(side=side)).splitlines()
    return json.loads(next(line.removeprefix("result: ") for line in printed if line.startswith("result: ")))
