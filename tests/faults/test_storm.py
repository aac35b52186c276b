"""A small `make load`: parts go away while heads answer, and no answer that was taken is lost."""

import pytest

from tests.load.storm import blow

PEOPLE, SECONDS = 400, 60

pytestmark = [pytest.mark.faults, pytest.mark.slow]


def test_no_answer_that_was_taken_is_lost_whatever_goes_away_meanwhile(postgres_server):
    storm = blow(PEOPLE, SECONDS, faults=True)
    assert (len(storm.heads.taken), storm.lost, storm.doubled, storm.unsent) == (PEOPLE, 0, 0, 0)
