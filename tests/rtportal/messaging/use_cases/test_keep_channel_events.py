import pytest

from rtportal.messaging.models import ChannelEvent
from rtportal.messaging.use_cases.keep_channel_events import keep_channel_events
from tests.factories import NOW
from tests.rtportal.messaging.letters import wakeups


@pytest.mark.django_db(transaction=True)
def test_the_same_event_is_kept_once_and_a_worker_is_woken():
    for payload in ({"kata": "pertama"}, {"kata": "kedua"}):
        keep_channel_events(channel="gateway", events=[("status:1", payload), ("status:2", payload)], now=NOW)
    rows = ChannelEvent.objects.order_by("key")
    assert [(row.key, row.payload, row.received_at) for row in rows] == [
        ("status:1", {"kata": "pertama"}, NOW),
        ("status:2", {"kata": "pertama"}, NOW),
    ]
    assert wakeups() == 2
    keep_channel_events(channel="email", events=[], now=NOW)
    assert wakeups() == 2
