"""How many queries each list page makes: with one row as with a thousand."""

import json

from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.load.rows import Row, same

ROWS = 1000

RUN = "from tests.load.list_sides import count_with; import json; print('result:', json.dumps(count_with({rows})))"


def measure(rows: int = ROWS) -> list[Row]:
    """The same pages of one portal on PostgreSQL, first with one row of everything, then with `rows`."""
    server = Postgres()
    server.start()
    try:
        with Portal(database_url=server.new_database(), start=False) as portal:
            with_one, with_many = (_counted(portal, number) for number in (1, rows))
    finally:
        server.stop()
    return [same(f"kueri {label}", with_many[label], with_one[label], "kueri") for label in with_one]


def _counted(portal: Portal, rows: int) -> dict[str, int]:
    printed = portal.python(RUN.format(rows=rows)).splitlines()
    return json.loads(next(line.removeprefix("result: ") for line in printed if line.startswith("result: ")))
