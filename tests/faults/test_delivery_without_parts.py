"""Parts of the portal go away in the middle of a delivery and come back."""

import shutil

import pytest

from tests.faults.delivery import (
    INVITE,
    PREPARE,
    RECOVER,
    nothing_is_lost_or_doubled,
    states,
    sweep_when_the_broker_answers,
    wait_for_the_end,
)
from tests.infra.missing import not_tested_here
from tests.infra.portal import Portal, wait_until
from tests.infra.postgres import NoPostgres, Postgres

pytestmark = [pytest.mark.faults, pytest.mark.slow]
PEOPLE = 337
READY = PREPARE.format(people=PEOPLE)


def test_a_broker_that_dies_and_forgets_everything_costs_no_message(portal_database, smtp_sink):
    smtp_sink.delay = 0.005
    with Portal(database_url=portal_database, email_url=smtp_sink.url, beat=False) as portal:
        portal.python(READY + INVITE)
        wait_until(lambda: len(smtp_sink.messages) > PEOPLE // 4, 30, "a quarter was received")
        portal.valkey.kill()
        shutil.rmtree(portal.valkey.socket.parent / "valkey")
        assert len(smtp_sink.messages) < PEOPLE
        portal.valkey.start()
        sweep_when_the_broker_answers(portal)
        assert wait_for_the_end(portal, smtp_sink, PEOPLE) == {"accepted": PEOPLE}
        assert nothing_is_lost_or_doubled(portal, smtp_sink, PEOPLE) == 0


@pytest.fixture
def own_postgres():
    try:
        server = Postgres(synchronous_commit="on")
        server.start()
    except NoPostgres as reason:
        not_tested_here(f"PostgreSQL: {reason}")
    yield server
    server.stop()


def test_a_database_that_restarts_costs_no_message_and_doubles_none(own_postgres, smtp_sink):
    smtp_sink.delay = 0.01
    with Portal(database_url=own_postgres.new_database(), email_url=smtp_sink.url, beat=False) as portal:
        portal.python(READY + INVITE)
        wait_until(lambda: len(smtp_sink.messages) > PEOPLE // 4, 30, "a quarter was received")
        own_postgres.restart(seconds=1)
        assert len(smtp_sink.messages) < PEOPLE
        portal.python(RECOVER)
        interrupted = states(portal)
        # What was under way could not be written down.
        assert interrupted["unknown"] <= portal.processes
        sweep_when_the_broker_answers(portal)
        wait_for_the_end(portal, smtp_sink, PEOPLE, interrupted["unknown"])
        assert nothing_is_lost_or_doubled(portal, smtp_sink, PEOPLE) == interrupted["unknown"]
