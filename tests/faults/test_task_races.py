"""Two operators on one work queue, at the same instant."""

import pytest

from rtportal.messaging.models import DeliveryAttempt, Message
from rtportal.messaging.use_cases.close_tasks import close_tasks
from rtportal.messaging.use_cases.open_task import open_task
from tests import factories
from tests.factories import NOW
from tests.infra.together import together
from tests.rtportal.messaging.by_hand_queue import DESA, task

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

OPERATORS, ROUNDS = 4, 8


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def test_nobody_gets_a_number_that_somebody_else_has():
    operators = [factories.user() for _ in range(OPERATORS)]
    for number in range(1, OPERATORS * ROUNDS + 1):
        # Every other telephone is shared by two heads.
        task(number, f"+6281200{number // 2:06d}")
    told = []
    for _ in range(ROUNDS * 2):
        opened = together(*(lambda by=by: open_task(region_code=DESA, by=by, now=NOW) for by in operators))
        assert not [one for one in opened if isinstance(one, Exception)], opened
        keys = [message.pk for one in opened if one for message in one.messages]
        assert len(keys) == len(set(keys))
        told += keys
        for by in operators:
            close_tasks(messages=Message.objects.tasks().filter(started_by=by), outcome="told", by=by, now=NOW)
    assert sorted(told) == sorted(Message.objects.values_list("pk", flat=True))
    assert not Message.objects.tasks().exists()


def test_of_two_marks_at_once_one_counts():
    by = factories.user()
    for number in range(1, ROUNDS + 1):
        message = task(number)
        closed = together(
            lambda message=message: close_tasks(messages=[message], outcome="told", by=by, now=NOW),
            lambda message=message: close_tasks(messages=[message], outcome="failed", by=by, now=NOW),
        )
        assert sorted(map(len, closed)) == [0, 1]
        assert DeliveryAttempt.objects.filter(message=message).count() == 1
