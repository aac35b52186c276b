"""The reconciliation of a programme with 30,000 heads: the whole page against its own SQL alone."""

import json

from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.load.rows import Row, at_most

ISSUE = 6
HEADS, WAVES = 30_000, 12
TIMES = 3

RUN = "from tests.load.reconciliation_sides import both; import json; print('result:', json.dumps(both({heads})))"


def measure(heads: int = HEADS) -> list[Row]:
    """Both sides in one process in turn, the best of each counts, for whatever else the machine does only adds."""
    server = Postgres()
    server.start()
    try:
        with Portal(database_url=server.new_database(), start=False) as portal:
            portal.python(f"from tests.load.reconciliation_sides import seed; seed({heads}, {WAVES})")
            # As a database in use is: the figures are not about its housekeeping after a bulk load.
            portal.python("from django.db import connection; connection.cursor().execute('VACUUM ANALYZE')")
            printed = portal.python(RUN.format(heads=heads)).splitlines()
    finally:
        server.stop()
    found = json.loads(next(line.removeprefix("result: ") for line in printed if line.startswith("result: ")))
    name = "halaman rekonsiliasi program, 30.000 ketua RT"
    return [at_most(name, found["page"], found["sql"], "s", TIMES).of_issue(ISSUE)]
