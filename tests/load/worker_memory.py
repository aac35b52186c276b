"""The memory of a worker over 100,000 messages against itself after the first 1,000."""

import re
from pathlib import Path

from tests.infra.portal import Portal, wait_until
from tests.infra.postgres import Postgres
from tests.load.plain_sink import PlainSink
from tests.load.rows import Row, at_most

FIRST, ALL = 1_000, 100_000
GROWTH = 1.2
SEED = "from tests.load.plan_messages_sides import portal, seed; seed({people}); portal()"
WAKE = "from celery import current_app; current_app.send_task('messaging.deliver_due_messages')"


def measure(messages: int = ALL) -> list[Row]:
    """One process does all the work; its memory is what it holds for itself (resident, not shared)."""
    server, sink = Postgres(), PlainSink(keeps=False)
    server.start()
    try:
        url = server.new_database()
        with Portal(database_url=url, email_url=sink.url, processes=1, beat=False, start=False) as portal:
            portal.python(SEED.format(people=messages))
            portal.valkey.forget()
            portal.start_worker()
            portal.python(WAKE)
            wait_until(lambda: sink.count() >= FIRST, 120, "the first messages accepted")
            early = _megabytes(portal)
            wait_until(lambda: sink.count() >= messages, 1200, "all messages accepted")
            late = _megabytes(portal)
    finally:
        sink.stop()
        server.stop()
    return [at_most("memori pekerja, 100.000 pesan", late, early, "MB", GROWTH).of_issue(4)]


def _megabytes(portal: Portal) -> float:
    """Of the process of the worker's group that holds most."""
    return max(_private(path) for path in Path("/proc").glob("[0-9]*") if _is_of(path, portal.worker.group))


def _is_of(path: Path, group: int) -> bool:
    try:
        return int((path / "stat").read_text().rpartition(")")[2].split()[2]) == group
    except (OSError, ValueError):
        return False


def _private(path: Path) -> float:
    try:
        status = (path / "status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"RssAnon:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0
