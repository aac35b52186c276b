"""What every test may use: its own Valkey, an SMTP sink, a browser, databases for real portals."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import client

from rtportal.audit import remembered_head
from rtportal.web.encoding import Utf8Request
from tests.infra.chromium import ARGUMENTS, find_chromium
from tests.infra.gateway_stub import GatewayStub
from tests.infra.lifting import let_tests_empty_tables
from tests.infra.migrated import copy_sqlite, make_postgres
from tests.infra.missing import not_tested_here
from tests.infra.postgres import NoPostgres, Postgres, new_database
from tests.infra.smtp import SmtpSink
from tests.infra.temporary import free_port
from tests.infra.valkey import Valkey
from tests.infra.whatsapp_stub import WhatsAppStub


def pytest_configure() -> None:
    # Requests are made as `rtportal/wsgi.py` makes them.
    client.WSGIRequest = Utf8Request
    # Only a collected folder has a manifest; `tests/rtportal/launch` proves that collecting works.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    let_tests_empty_tables()


@pytest.fixture(scope="session", autouse=True)
def valkey() -> Iterator[Valkey]:
    """The broker and cache that the settings of this test process point to."""
    server = Valkey(Path(settings.CACHES["default"]["LOCATION"].removeprefix("unix://")))
    server.start()
    yield server
    server.kill()


@pytest.fixture(autouse=True)
def _nothing_remembered(valkey: Valkey) -> None:
    """No test sees another's cache, rate limits or wake-ups, nor the history that it sealed."""
    valkey.forget()
    remembered_head.forget()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The database under test is a copy of the one that was migrated for this run.

    SQLite tests run on a file, as the product does: in memory there is no WAL and no second process.
    """
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite3"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        database["TEST"]["NAME"] = str(settings.VAR_DIR / f"test-{worker}.sqlite3")
        copy_sqlite(Path(database["TEST"]["NAME"]))
    else:
        database["TEST"]["NAME"] = database["TEST"]["NAME"] or f"test_{database['NAME']}"
        make_postgres(os.environ["RTP_TEST_POSTGRES"], database["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """What was just copied is taken; it goes with the folder or the server it lies in."""
    return True


@pytest.fixture(scope="session")
def django_db_createdb() -> bool:
    return False


@pytest.fixture
def smtp_sink(_running_sink: SmtpSink) -> SmtpSink:
    """An SMTP server with an empty memory; EMAIL_URL of a portal is `smtp_sink.url`."""
    _running_sink.forget()
    return _running_sink


@pytest.fixture(scope="session")
def _running_sink() -> Iterator[SmtpSink]:
    sink = SmtpSink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def gateway_stub(_running_gateway: GatewayStub) -> GatewayStub:
    """A message provider with an empty memory; `gateway_stub.options()` is the setting that describes it."""
    _running_gateway.forget()
    return _running_gateway


@pytest.fixture(scope="session")
def _running_gateway() -> Iterator[GatewayStub]:
    stub = GatewayStub()
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture
def whatsapp_stub(_running_whatsapp: WhatsAppStub) -> WhatsAppStub:
    """Meta's API with an empty memory; `whatsapp_stub.environment()` steers a portal to it."""
    _running_whatsapp.forget()
    return _running_whatsapp


@pytest.fixture(scope="session")
def _running_whatsapp() -> Iterator[WhatsAppStub]:
    stub = WhatsAppStub()
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """DATABASE_URL of a throw-away PostgreSQL's maintenance database."""
    if given := os.environ.get("RTP_TEST_POSTGRES_SERVER"):
        yield given
        return
    try:
        server = Postgres()
        server.start()
    except NoPostgres as error:
        not_tested_here(f"PostgreSQL: {error}")
    yield server.url()
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def portal_database(request: pytest.FixtureRequest) -> str:
    """DATABASE_URL for a `Portal`: "" (SQLite in its own folder), then an empty PostgreSQL database.

    For stories and faults, which start a portal of their own and therefore choose their own database.
    """
    return "" if request.param == "sqlite" else new_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def new_postgres_database(postgres_server: str) -> Callable[[], str]:
    """Makes empty PostgreSQL databases and returns their DATABASE_URL."""
    return lambda: new_database(postgres_server)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Playwright drives the distribution's Chromium; it brings none of its own."""
    path = find_chromium()
    if path is None:
        not_tested_here("Chromium: no browser on this machine")
    return {**browser_type_launch_args, "executable_path": path, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "id-ID"}


@pytest.fixture
def port() -> int:
    """A TCP port that nobody listens on right now."""
    return free_port()
