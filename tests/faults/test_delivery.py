"""The delivery of a wave when workers die and parts go away: real processes, a real SMTP server."""

import pytest

from tests.faults.delivery import (
    INVITE,
    PREPARE,
    RECOVER,
    SWEEP,
    closed,
    nothing_is_lost_or_doubled,
    received,
    states,
    sweep_when_the_broker_answers,
    wait_for_the_end,
)
from tests.infra.portal import Portal, wait_until
from tests.infra.smtp import Answer

pytestmark = pytest.mark.faults
PEOPLE = 337
READY = PREPARE.format(people=PEOPLE)


def test_a_worker_killed_in_the_middle_loses_no_message_and_doubles_none(portal_database, smtp_sink):
    with Portal(database_url=portal_database, email_url=smtp_sink.url, beat=False) as portal:
        # After a third the server takes a message and says nothing, so the worker surely dies between text and answer.
        smtp_sink.answer = lambda message: Answer.HANG if len(smtp_sink.messages) >= PEOPLE // 3 else Answer.ACCEPT
        portal.python(READY + INVITE)
        wait_until(lambda: len(smtp_sink.messages) > PEOPLE // 3, 30, "a third was received")
        portal.worker.kill()
        smtp_sink.answer = lambda message: Answer.ACCEPT
        smtp_sink.release()
        killed_at = len(smtp_sink.messages)
        assert killed_at < PEOPLE
        assert states(portal)["sending"]

        portal.python(RECOVER)
        interrupted = states(portal)
        assert interrupted["sending"] == 0
        assert 1 <= interrupted["unknown"] <= portal.processes

        # Recovering has left a wake-up behind.
        portal.start_worker()
        ended = wait_for_the_end(portal, smtp_sink, PEOPLE, interrupted["unknown"])

        assert ended["unknown"] == interrupted["unknown"]
        assert nothing_is_lost_or_doubled(portal, smtp_sink, PEOPLE) == interrupted["unknown"]
        tries, _ = closed(portal)
        assert tries == {1}


def test_a_worker_asked_to_end_finishes_the_message_under_way_and_leaves_none_unknown(portal_database, smtp_sink):
    with Portal(database_url=portal_database, email_url=smtp_sink.url, beat=False) as portal:
        smtp_sink.delay = 0.02
        portal.python(READY + INVITE)
        wait_until(lambda: len(smtp_sink.messages) >= 20, 30, "some were received")
        portal.worker.stop(5)
        after = states(portal)
        assert after == {"accepted": len(smtp_sink.messages), "queued": PEOPLE - len(smtp_sink.messages)}
        smtp_sink.delay = 0
        portal.start_worker()
        portal.python(SWEEP)
        assert wait_for_the_end(portal, smtp_sink, PEOPLE) == {"accepted": PEOPLE}
        assert received(smtp_sink).most_common(1)[0][1] == 1


def test_while_the_broker_is_away_inviting_succeeds_at_once_and_the_sweep_finds_the_messages(
    portal_database, smtp_sink
):
    with Portal(database_url=portal_database, email_url=smtp_sink.url, beat=False) as portal:
        portal.valkey.kill()
        # Inviting itself takes well under a second; a wake-up that waits for the broker would add two for each message.
        assert float(portal.python(READY + INVITE)) < 20
        assert states(portal) == {"queued": PEOPLE}
        portal.valkey.start()
        sweep_when_the_broker_answers(portal)
        assert wait_for_the_end(portal, smtp_sink, PEOPLE) == {"accepted": PEOPLE}
        assert received(smtp_sink).most_common(1)[0][1] == 1
