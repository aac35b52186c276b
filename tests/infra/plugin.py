"""Loaded before Django's settings (`-p tests.infra.plugin`): gives each test process a place and parts of its own.

No test may touch a developer's `var/`.
`RTP_TEST_POSTGRES` (a DATABASE_URL; set by `tests/infra/run.py`) makes PostgreSQL the database under test.
"""

import json
import os
from pathlib import Path

import pytest

from tests.infra.environment import STEERING
from tests.infra.missing import MARK
from tests.infra.temporary import temporary_folder
from tests.infra.traces import seeds
from tests.infra.tracing import Tracing

for _name in STEERING:
    os.environ.pop(_name, None)
os.environ["VAR_DIR"] = str(temporary_folder("test"))
if os.environ.get("RTP_TEST_POSTGRES"):
    os.environ["DATABASE_URL"] = os.environ["RTP_TEST_POSTGRES"]
# Playwright runs an event loop in the thread whose tests also use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


class Missing:
    """Collects what was skipped for want of a part; the controller of parallel runs hears of all of it."""

    def __init__(self) -> None:
        self.reasons: dict[str, int] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and isinstance(report.longrepr, tuple):
            reason = str(report.longrepr[2]).removeprefix("Skipped: ")
            reason = reason.removeprefix(MARK)
            self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def pytest_sessionfinish(self) -> None:
        target = os.environ.get("RTP_TEST_MISSING")
        if target and "PYTEST_XDIST_WORKER" not in os.environ:
            Path(target).write_text(json.dumps(self.reasons))


def runs_on_our_database(item: pytest.Item) -> bool:
    """Whether a test asks something of this process's database. One that starts its own portal chooses its own; one in
    a browser asks about pages, and the stories take those to both databases.
    """
    fixtures = set(getattr(item, "fixturenames", ()))
    is_ours = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"}
    return bool(is_ours) and not fixtures & {"portal_database", "browser"}


def belongs_here(item: pytest.Item) -> bool:
    """A run on PostgreSQL tells nothing new about what does not use this process's database; and on SQLite, with one
    writer at a time, nothing can come between the statements of a transaction.
    """
    if os.environ.get("RTP_TEST_POSTGRES"):
        return runs_on_our_database(item)
    return not item.get_closest_marker("row_locks")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    elsewhere = [item for item in items if not belongs_here(item)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if belongs_here(item)]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Missing(), "missing-parts")
    seeds()
    config.pluginmanager.register(Tracing(), "numbers-of-people")
