"""The heads of DKI Jakarta are written to at once and answer within minutes, while officials browse.

`measure()` is the quiet one, `measure_with_faults()` takes away PostgreSQL, Redis, the worker and the web meanwhile;
what systemd does with a service that ended, these lines do: they start it again and nothing else.
"""

import json
import os
import signal
import statistics
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.infra.portal import Portal, wait_until
from tests.infra.postgres import Postgres
from tests.load.plain_sink import PlainSink
from tests.load.rows import Row, at_most, same, under
from tests.load.storm_clients import Heads, Officials, Told, answer_of

PEOPLE, REACH_SECONDS = 30_000, 600
# Of the ten minutes, in which the heads open their links; the rest is for those who came last.
COMING = 0.8
IDLE_SECONDS = 20


@dataclass(frozen=True)
class Storm:
    """What came of it: `lost` are answers that were acknowledged and are not in the database."""

    people: int
    seconds: float
    heads: Told
    idle: Told
    busy: Told
    lost: int
    doubled: int
    unsent: int


def measure(people: int = PEOPLE, seconds: float = REACH_SECONDS) -> list[Row]:
    """The quiet storm. `seconds` is the time they have."""
    storm = blow(people, seconds)
    rows = [
        under(f"{people} ketua RT menjawab", storm.seconds, seconds, "s"),
        _none("galat pada ketua RT", len(storm.heads.faults)),
        _none("galat pada petugas", len(storm.busy.faults)),
        _none("jawaban yang diterima tetapi hilang", storm.lost),
        same("ketua RT yang terjawab", len(storm.heads.taken), people, "orang"),
        at_most("p95 petugas selama badai", _p95(storm.busy), _p95(storm.idle), "ms", 4),
        _none("undangan ganda", storm.doubled),
    ]
    return [row.of_issue(7) for row in rows]


def measure_with_faults(people: int = PEOPLE, seconds: float = REACH_SECONDS) -> list[Row]:
    """The same while parts go away and come back; heads whom that hits come again."""
    storm = blow(people, seconds, faults=True)
    rows = [
        _none("dengan gangguan: jawaban yang diterima tetapi hilang", storm.lost),
        same("dengan gangguan: terjawab", len(storm.heads.taken), people, "orang"),
        under("dengan gangguan: sampai semua menjawab", storm.seconds, seconds, "s"),
        _none("dengan gangguan: undangan ganda", storm.doubled),
        _none("dengan gangguan: undangan tanpa akhir", storm.unsent),
    ]
    return [row.of_issue(7) for row in rows]


def blow(people: int, seconds: float, *, faults: bool = False) -> Storm:
    """One storm; with `faults` each part is taken away once while the heads come."""
    # A commit must survive the death of the server, as it does in production.
    server, sink = Postgres(synchronous_commit="on"), PlainSink()
    server.start()
    try:
        with Portal(
            database_url=server.new_database(), email_url=sink.url, redis=True, env={"SECOND_FACTOR": "off"}
        ) as portal:
            _inside(portal, f"prepare({people})")
            pages = _inside(portal, "pages()")
            idle = Officials(portal.port, pages["cookies"], pages["paths"])
            time.sleep(min(IDLE_SECONDS, seconds / 4))
            idle = idle.stop()
            paths = _inside(portal, "blast()")
            begun = time.time()
            busy = Officials(portal.port, pages["cookies"], pages["paths"])
            # Three times the reach at most: a machine that is too slow is told so by the figure.
            heads = Heads(portal.port, paths, seconds * COMING, until=begun + 3 * seconds)
            if faults:
                _take_away(portal, server, seconds * COMING)
            met = heads.join()
            browsed = busy.stop()
            _await_messages(portal, seconds)
            return _judged(people, portal, sink, met, idle, browsed, begun)
    finally:
        sink.stop()
        server.stop()


def _judged(people: int, portal: Portal, sink: PlainSink, met: Told, idle: Told, busy: Told, begun: float) -> Storm:
    outcome = _inside(portal, "outcome()")
    lost = sum(f"answer={outcome['answers'][number]}" not in answer_of(number).split("&") for number in met.taken)
    kept, *_ = sink.take()
    states = Counter(outcome["messages"])
    return Storm(
        people=people,
        seconds=met.ended_at - begun,
        heads=met,
        idle=idle,
        busy=busy,
        lost=lost,
        doubled=sum(count - 1 for count in Counter(address for address, _ in kept).values()),
        unsent=states["queued"] + states["sending"],
    )


def _take_away(portal: Portal, server: Postgres, seconds: float) -> None:
    """One part after the other, each in a fifth of the time; started again as a keeper would."""
    away = min(5.0, seconds / 20)

    def valkey() -> None:
        portal.valkey.kill()
        time.sleep(away)
        portal.valkey.start()

    def worker() -> None:
        portal.worker.kill()
        portal.start_worker()

    def web() -> None:
        portal.web.kill()
        portal.start_web()

    def one_web_process() -> None:
        os.kill(_one_of(portal.web.group), signal.SIGKILL)

    for take in (lambda: server.restart(away), valkey, worker, one_web_process, web):
        time.sleep(seconds / 6)
        take()


def _one_of(group: int) -> int:
    """The youngest process of a process group: one of gunicorn's that serve, not its master."""
    members = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            members.append(int(process.name))
    return max(members)


def _await_messages(portal: Portal, seconds: float) -> None:
    """Until nothing is on its way any more; messages whose worker died wait for their lease to run out."""

    def is_over() -> bool:
        states = _inside(portal, "outcome()")["messages"]
        return not states.get("queued") and not states.get("sending")

    try:
        wait_until(is_over, max(120, seconds), "every message is closed", every=2)
    except AssertionError as error:
        print(error)  # noqa: T201 - the figure tells how many are left


def _inside(portal: Portal, call: str):
    code = f"import json; from tests.load.storm_sides import *; print('result: ', json.dumps({call}), sep='')"
    printed = portal.python(code, timeout=900).splitlines()
    return json.loads(next(line.removeprefix("result: ") for line in printed if line.startswith("result: ")))


def _none(name: str, count: int) -> Row:
    return Row(name, count, None, "buah", count, "0", not count)


def _p95(told: Told) -> float:
    return statistics.quantiles(told.seconds, n=20)[-1] * 1000
