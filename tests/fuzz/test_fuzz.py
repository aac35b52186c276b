"""A small part of `make fuzz` in every run: nothing that anybody can send breaks the portal."""

import pytest

from tests.fuzz.rounds import Round

INPUTS = 2_000


@pytest.mark.django_db
def test_nothing_that_anybody_sends_ends_in_an_error_or_reaches_another_region():
    sent, findings = Round.here().play(seed=7, inputs=INPUTS)
    assert (sent, findings) == (INPUTS, [])
