"""One installed server for all tests of `deploy/`: installing takes a minute."""

from collections.abc import Iterator

import pytest

from tests.infra.missing import not_tested_here
from tests.infra.throwaway_server import DOMAIN, NoServer, ThrowAwayServer


@pytest.fixture(scope="session")
def server() -> Iterator[ThrowAwayServer]:
    """A copy of this machine on which `deploy/install` has run; `server.told` is what it said."""
    machine = ThrowAwayServer()
    try:
        machine.__enter__()
    except NoServer as error:
        not_tested_here(f"a server to install on: {error}")
    try:
        machine.told = machine.run(f"deploy/install --domain {DOMAIN} --self-signed", folder=machine.source)
        yield machine
    finally:
        machine.__exit__()
