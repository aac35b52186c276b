import pytest

from rtportal.messaging.models import Message
from rtportal.messaging.queries import state_counts
from tests.rtportal.messaging.letters import queue


@pytest.mark.django_db
def test_a_group_is_counted_by_state(django_assert_num_queries):
    queue(1, 2, 3)
    queue(4, group="wave:2")
    Message.objects.filter(about_id=1).update(state="sent")
    with django_assert_num_queries(1):
        counts = state_counts("wave:1")
    assert counts == dict.fromkeys(Message.State.values, 0) | {"sent": 1, "queued": 2}


@pytest.mark.django_db
def test_a_group_is_counted_by_kind():
    queue(1)
    queue(2, kind="invitation")
    assert state_counts("wave:1", "invitation")["queued"] == 1
