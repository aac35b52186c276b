"""A worker is killed at twenty random moments of a large wave."""

import random
import time

import pytest

from tests.faults.delivery import (
    INVITE,
    PREPARE,
    RECOVER,
    SWEEP,
    nothing_is_lost_or_doubled,
    states,
    wait_for_the_end,
)
from tests.infra.portal import Portal, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]
PEOPLE = 951
KILLS = 20


def test_killed_at_twenty_random_moments_of_951_messages(portal_database, smtp_sink):
    moments = random.Random(951)
    # So slow that the last kill still finds something to do.
    smtp_sink.delay = 0.01
    with Portal(database_url=portal_database, email_url=smtp_sink.url, beat=False, processes=1) as portal:
        portal.python(PREPARE.format(people=PEOPLE) + INVITE)
        for kill in range(1, KILLS + 1):
            # No further than its share of the way, so that the twentieth comes near the end.
            wait_until(lambda reach=PEOPLE * (kill - 1) // (KILLS + 1): len(smtp_sink.messages) >= reach, 60)
            time.sleep(moments.uniform(0, 0.1))
            portal.worker.kill()
            portal.python(RECOVER)
            portal.start_worker()
            portal.python(SWEEP)
        unknown = states(portal)["unknown"]
        wait_for_the_end(portal, smtp_sink, PEOPLE, unknown)
        # One process handles one message at a time, so each kill leaves one in doubt at most.
        assert nothing_is_lost_or_doubled(portal, smtp_sink, PEOPLE) <= KILLS
