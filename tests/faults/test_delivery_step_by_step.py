"""A worker dies at each step of handing a message over: before it reserves, after the call, after the receipt."""

import pytest

from tests.faults.delivery import (
    INVITE,
    PREPARE,
    RECOVER,
    SWEEP,
    nothing_is_lost_or_doubled,
    received,
    states,
    wait_for_the_end,
    while_it_waits,
    writes_held,
)
from tests.infra.portal import Portal, wait_until
from tests.infra.smtp import Answer, Received, SmtpSink

pytestmark = [pytest.mark.faults, pytest.mark.slow]
PEOPLE = 12
# The one that is being sent when the worker dies.
FATAL = 5


@pytest.fixture
def portal(portal_database: str, smtp_sink: SmtpSink):
    with Portal(database_url=portal_database, email_url=smtp_sink.url, beat=False, processes=1) as portal:
        portal.python(PREPARE.format(people=PEOPLE))
        yield portal


def start_again(portal: Portal, sink: SmtpSink, unknown: int) -> None:
    portal.python(RECOVER)
    assert states(portal)["unknown"] == unknown
    portal.start_worker()
    portal.python(SWEEP)
    wait_for_the_end(portal, sink, PEOPLE, unknown)
    assert nothing_is_lost_or_doubled(portal, sink, PEOPLE) == unknown


def test_before_it_reserves_everything_is_still_queued(portal, smtp_sink):
    portal.worker.kill()
    portal.python(INVITE)
    with writes_held(portal):
        portal.start_worker()
        portal.python(SWEEP)
        while_it_waits()
        portal.worker.kill()
    assert states(portal) == {"queued": PEOPLE}
    assert not smtp_sink.messages
    start_again(portal, smtp_sink, unknown=0)


def test_after_it_reserved_what_was_not_begun_is_due_again_untried(portal, smtp_sink):
    smtp_sink.answer = lambda message: Answer.HANG
    portal.python(INVITE)
    wait_until(lambda: smtp_sink.messages, 30, "the first message arrives")
    # All of the batch are reserved, the first is begun.
    assert states(portal) == {"sending": PEOPLE}
    portal.worker.kill()
    smtp_sink.answer = lambda message: Answer.ACCEPT
    smtp_sink.release()
    portal.python(RECOVER)
    assert states(portal) == {"queued": PEOPLE - 1, "unknown": 1}
    start_again(portal, smtp_sink, unknown=1)


def test_after_the_call_nobody_knows_and_nobody_sends_it_again(portal, smtp_sink):
    smtp_sink.answer = lambda message: Answer.HANG if len(smtp_sink.messages) == FATAL else Answer.ACCEPT
    portal.python(INVITE)
    wait_until(lambda: len(smtp_sink.messages) > FATAL, 30, "the fatal message arrives")
    portal.worker.kill()
    smtp_sink.answer = lambda message: Answer.ACCEPT
    smtp_sink.release()
    start_again(portal, smtp_sink, unknown=1)
    assert len(received(smtp_sink)) == PEOPLE


def test_after_the_receipt_what_could_not_be_written_down_is_unknown(portal, smtp_sink):
    held = []

    def answer(message: Received) -> Answer:
        if len(smtp_sink.messages) == FATAL and not held:
            # The server says yes, and the worker cannot note it.
            held.append(writes_held(portal))
            held[0].__enter__()
        return Answer.ACCEPT

    smtp_sink.answer = answer
    portal.python(INVITE)
    wait_until(lambda: len(smtp_sink.messages) > FATAL, 30, "the fatal message arrives")
    while_it_waits()
    portal.worker.kill()
    # PostgreSQL finishes a statement that was under way: then the note is made, and the next message begun, not sent.
    held[0].__exit__(None, None, None)
    start_again(portal, smtp_sink, unknown=1)
