"""Every list page with a whole country in the database (a million RT heads, 84,000 kelurahan/desa, 3,000 waves)
against the same pages of the same office with a thousand heads and nobody else: queries, and the slowest twentieth.
"""

import json
import statistics

from tests.infra.portal import Portal
from tests.infra.postgres import Postgres
from tests.load.rows import Row, at_most, same, under

OFFICE = ["63.09"]
TIMES, AGAIN = 20, 40
# Long enough for a million heads on a slow disk.
LONGEST_SEED = 1800

SEED = (
    "from tests.load.country_seed import grow_country; import json; print('result:', json.dumps(grow_country({codes})))"
)
RUN = (
    "from tests.load.country_sides import timed_for; import json; "
    "print('result:', json.dumps(timed_for({who!r}, {times}, {labels})))"
)


def measure(regencies: list[str] | None = None, times: int = TIMES) -> list[Row]:
    """`regencies` limits the country (None: all of it)."""
    server = Postgres(shared_buffers="512MB")
    server.start()
    try:
        with (
            Portal(database_url=server.new_database(), start=False) as small,
            Portal(database_url=server.new_database(), start=False) as large,
        ):
            _answer(small, SEED.format(codes=OFFICE), LONGEST_SEED)
            counts = _answer(large, SEED.format(codes=regencies), LONGEST_SEED)
            rows = [Row(f"negeri: {what}", count, None, what, 1, "terisi", count > 0) for what, count in counts.items()]
            return [row.of_issue(7) for row in rows + _compared(small, large, times)]
    finally:
        server.stop()


def _compared(small: Portal, large: Portal, times: int) -> list[Row]:
    alone = _timed(small, "office", times)
    among = _timed(large, "office", times)
    capital = _timed(large, "capital", times)
    country = _timed(large, "country", max(3, times // 4))
    # A page that seems slow is asked more often, turn by turn, before it is called so.
    doubtful = [label for label in alone if _p95(among[label]) > 2 * _p95(alone[label])]
    if doubtful:
        for portal, told in ((small, alone), (large, among)):
            for label, more in _timed(portal, "office", AGAIN, doubtful).items():
                told[label]["seconds"] = more["seconds"]
    rows = []
    for label in alone:
        rows.append(same(f"kueri di antara sejuta: {label}", among[label]["queries"], alone[label]["queries"], "kueri"))
        rows.append(at_most(f"p95 di antara sejuta: {label}", _p95(among[label]), _p95(alone[label]), "ms", 2))
    for label, told in capital.items():
        rows.append(under(f"p95 DKI Jakarta, 30.000 ketua RT: {label}", _p95(told), 1000, "ms"))
    # No office is responsible for all of it; the figure says what a ministry would wait.
    for label, told in country.items():
        rows.append(Row(f"p95 seluruh negeri: {label}", round(_p95(told)), None, "ms", 1, "dicatat", ok=True))
    return rows


def _timed(portal: Portal, who: str, times: int, labels: list[str] | None = None) -> dict:
    return _answer(portal, RUN.format(who=who, times=times, labels=labels), LONGEST_SEED)


def _answer(portal: Portal, code: str, seconds: float) -> dict:
    printed = portal.python(code, timeout=seconds).splitlines()
    return json.loads(next(line.removeprefix("result: ") for line in printed if line.startswith("result: ")))


def _p95(told: dict) -> float:
    return statistics.quantiles(told["seconds"], n=20, method="inclusive")[-1] * 1000
