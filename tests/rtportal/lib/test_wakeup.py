import time

import pytest
from django.db import transaction

from rtportal.lib.wakeup import wake_after_commit

TASK = "test.wake_me"


@pytest.fixture
def queued(valkey):
    """How many tasks of ours wait in the real broker."""
    import redis

    def count() -> int:
        with redis.Redis(unix_socket_path=str(valkey.socket)) as client:
            return sum(TASK.encode() in entry for entry in client.lrange("celery", 0, -1))

    return count


@pytest.mark.django_db(transaction=True)
def test_a_transaction_wakes_once_however_often_it_asks(queued):
    with transaction.atomic():
        for _ in range(3):
            wake_after_commit(TASK)
        assert queued() == 0
    assert queued() == 1


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_wakes_nobody(queued):
    with pytest.raises(RuntimeError), transaction.atomic():
        wake_after_commit(TASK)
        raise RuntimeError
    assert queued() == 0


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_costs_a_log_line_and_no_time(valkey, queued, caplog):
    wake_after_commit(TASK)
    valkey.kill()
    try:
        begun = time.monotonic()
        with caplog.at_level("WARNING", logger="rtportal.wakeup"):
            wake_after_commit(TASK)
        assert time.monotonic() - begun < 5
        assert "the sweep will find the work" in caplog.text
    finally:
        valkey.start()
    # What was accepted before may have outlived the broker; what is sent now arrives.
    kept = queued()
    wake_after_commit(TASK)
    assert queued() == kept + 1
