"""A portal as the stories find it: regions loaded, three accounts, nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.story import ACCOUNTS, PASSWORD, Story, coming_wednesday
from tests.infra.portal import Portal
from tests.infra.smtp import SmtpSink


@pytest.fixture
def story(portal_database: str, smtp_sink: SmtpSink, browser: Browser, tmp_path: Path) -> Iterator[Story]:
    # A slow machine tells a story for longer than a proof is fresh.
    lasting = {"STEP_UP_SECONDS": "3600"}
    with Portal(
        database_url=portal_database, email_url=smtp_sink.url, redis=bool(portal_database), env=lasting
    ) as portal:
        portal.manage("load_regions", "--prefix", "63.09", "--prefix", "15.71")
        # Stories are told at any hour.
        portal.python("from tests import factories; factories.regions()")
        for email, name, role, region in ACCOUNTS:
            portal.manage(
                "add_official", email, "--nama", name, "--peran", role, "--wilayah", region, "--kata-sandi", PASSWORD
            )
        yield Story(portal, smtp_sink, browser, tmp_path, coming_wednesday())
        print(portal.logs())  # noqa: T201 - pytest shows it when a step fails
        for context in browser.contexts:
            context.close()
