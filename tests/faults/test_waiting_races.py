"""The waiting list serves somebody at the instant in which an official takes them off: one of both is true."""

from time import sleep

import pytest

from participants.models import Enrolment
from participants.use_cases.leave_waiting_list import leave_waiting_list
from participants.use_cases.promote_by_hand import promote_by_hand
from participants.use_cases.promote_waiting import promote_waiting
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.infra.together import together
from tests.participants.two_waves import enrol, place, two_waves

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

ROUNDS, PAUSE = 12, 0.004


@pytest.mark.parametrize("by_hand", [False, True])
def test_who_is_taken_off_the_list_is_not_moved_as_well(by_hand):
    factories.regions(MURUNG_PUDAK, JARO)
    official = factories.user()
    first, second = two_waves(seats=(99, 99))
    for number in range(ROUNDS):
        [person] = enrol(first, 1)
        waits = place(person, second)

        def promoting(pk=waits.pk):
            if by_hand:
                promote_by_hand(place_id=pk, actor=official, now=NOW)
            else:
                promote_waiting(now=NOW)

        def leaving(pk=waits.pk, later=number * PAUSE):
            # A little later each time: somewhere between the other's first and last step.
            sleep(later)
            return leave_waiting_list(place_id=pk, actor=official, now=NOW)

        answers = together(promoting, leaving)
        is_moved = Enrolment.objects.get(pk=person.pk).wave_id == second.pk
        was_taken_off = True in answers
        assert is_moved != was_taken_off, answers
