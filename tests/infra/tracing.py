"""Feeds `traces.py` with everything a run says, and fails the run where it found something."""

import os
from pathlib import Path

import pytest

from tests.infra import traces

_KEY = "numbers_of_people"


class Tracing:
    """A plugin of each test process; the controller of parallel runs hears what the others found."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def pytest_sessionstart(self) -> None:
        from django.db.models.signals import post_save
        from django.test import Client

        from rtportal.messaging.models import InboxItem

        post_save.connect(_note_inbox_item, sender=InboxItem, dispatch_uid="traces", weak=False)
        _watch(Client)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if "PYTEST_XDIST_WORKER" in os.environ:
            return
        for name, text in report.sections:
            if "log" in name or "stderr" in name:
                traces.note(f"{name} of {report.nodeid}", text, with_phones=True)

    def pytest_testnodedown(self, node: object) -> None:
        self.found.update(getattr(node, "workeroutput", {}).get(_KEY, ()))

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> object:
        result = yield
        from tests.infra.temporary import folders

        for folder in folders:
            is_portal = folder.name.startswith(("rtp-portal-", "rtp-launch-"))
            traces.note_folder(Path(folder), only_logs=not is_portal)
        self.found.update(traces.hits)
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[_KEY] = sorted(self.found)
        elif self.found and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        return result

    def pytest_terminal_summary(self, terminalreporter: object) -> None:
        if self.found:
            terminalreporter.write_line(traces.summary(self.found), red=True)


def _note_inbox_item(instance, **_: object) -> None:
    traces.note(f"inbox item “{instance.subject}”", f"{instance.subject}\n{instance.body}")


def _watch(client: type) -> None:
    """Every error page and every address to which the test client is sent."""
    request = client.request

    def watched(self, **asked):
        response = request(self, **asked)
        traces.note(f"address to which {response.request['PATH_INFO']} sends", response.headers.get("Location", ""))
        if response.status_code >= 400 and not response.streaming:
            traces.note(f"error page {response.status_code}", response.content.decode("utf-8", "replace"))
        return response

    client.request = watched
