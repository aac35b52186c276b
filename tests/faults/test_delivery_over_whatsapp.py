"""The delivery of a wave over a provider's HTTP that fails in every way: real processes, a stub of Meta's API."""

import pytest

from tests.faults.delivery import RECOVER, SWEEP, while_it_waits
from tests.faults.over_whatsapp import (
    A_MINUTE_PASSES,
    READ_REPORTS,
    Meta,
    nothing_is_lost_or_doubled,
    outcome,
    portal_for,
    wait_for,
    wait_for_the_end,
)
from tests.infra.portal import wait_until
from tests.infra.whatsapp_events import StatusText
from tests.infra.whatsapp_stub import Answer

pytestmark = pytest.mark.faults
PEOPLE = 24
# The request, counted from 0, with which it begins to go wrong.
BREAK = 9


@pytest.fixture
def meta(whatsapp_stub) -> Meta:
    return Meta(whatsapp_stub)


def test_what_meets_an_error_500_is_tried_again_a_minute_later_and_not_before(meta):
    meta.plan = dict.fromkeys(range(BREAK, PEOPLE), Answer.TROUBLE)
    with portal_for(meta, PEOPLE) as portal:
        wait_until(lambda: len(meta.asked) == PEOPLE, 30, "everybody's message was tried")
        portal.python(SWEEP)
        while_it_waits()
        assert outcome(portal).states == {"accepted": BREAK, "queued": PEOPLE - BREAK}
        assert len(meta.asked) == PEOPLE

        portal.python(A_MINUTE_PASSES + SWEEP)
        ended = wait_for_the_end(portal)
    assert ended.states == {"accepted": PEOPLE}
    assert ended.tries == {1: BREAK, 2: PEOPLE - BREAK}
    nothing_is_lost_or_doubled(meta, ended, PEOPLE)


def test_told_to_slow_down_it_asks_nothing_until_then_and_goes_on_afterwards(meta):
    meta.plan = {BREAK: Answer.SLOW_DOWN}
    meta.stub.retry_after = 8
    with portal_for(meta, PEOPLE) as portal:
        wait_until(lambda: len(meta.asked) > BREAK, 30, "the provider asks to wait")
        # The provider knows of it before the portal has written it down.
        waiting = wait_for(portal, "handed back", lambda now: "sending" not in now.states)
        assert waiting.states == {"accepted": BREAK, "queued": PEOPLE - BREAK}
        ended = wait_for_the_end(portal, before=SWEEP)
    told_at = next(at for at, answer in meta.asked if answer is Answer.SLOW_DOWN)
    assert min(at for at, _ in meta.asked if at > told_at) >= told_at + meta.stub.retry_after
    # To be asked to wait is no attempt.
    assert ended.tries == {1: PEOPLE}
    assert len(meta.asked) == PEOPLE + 1
    nothing_is_lost_or_doubled(meta, ended, PEOPLE)


def test_told_to_slow_down_every_worker_waits(meta, new_postgres_database):
    # More than one takes at once, so that two workers have messages in hand.
    people = 160
    meta.plan = {BREAK: Answer.SLOW_DOWN}
    with portal_for(meta, people, database_url=new_postgres_database(), processes=2) as portal:
        wait_until(lambda: len(meta.asked) > BREAK, 30, "the provider asks to wait")
        ended = wait_for_the_end(portal, before=SWEEP)
    told_at = next(at for at, answer in meta.asked if answer is Answer.SLOW_DOWN)
    # But for what the other one begins until the first has written it down.
    assert min(at for at, _ in meta.asked if at > told_at + 1) >= told_at + meta.stub.retry_after
    nothing_is_lost_or_doubled(meta, ended, people)


def test_whoever_never_gets_an_answer_is_unknown_and_is_not_written_to_again(meta):
    meta.plan = {BREAK: Answer.HANG}
    with portal_for(meta, PEOPLE) as portal:
        ended = wait_for_the_end(portal)
        assert ended.states == {"accepted": PEOPLE - 1, "unknown": 1}
        portal.python(A_MINUTE_PASSES + RECOVER + SWEEP)
        while_it_waits()
        ended = outcome(portal)
        meta.stub.release()
    assert ended.tries == {1: PEOPLE}
    # A human decides unless a report comes, so they are on the list of those to be told by hand.
    assert ended.reach == {"told": PEOPLE - 1, "manual": 1}
    nothing_is_lost_or_doubled(meta, ended, PEOPLE, unknown=1)


def test_after_cut_connections_the_channel_rests_and_reports_resolve_who_was_unknown(meta):
    meta.plan = dict.fromkeys((BREAK, BREAK + 1), Answer.ACCEPT_THEN_CUT)
    with portal_for(meta, PEOPLE) as portal:
        wait_until(lambda: len(meta.asked) > BREAK + 1, 30, "two connections are cut")
        resting = wait_for(portal, "resting", lambda now: "sending" not in now.states)
        # Not everybody else becomes a question for a human.
        assert resting.states == {"accepted": BREAK, "unknown": 2, "queued": PEOPLE - BREAK - 2}
        portal.python(SWEEP)
        while_it_waits()
        assert len(meta.asked) == BREAK + 2

        portal.python(A_MINUTE_PASSES + SWEEP)
        ended = wait_for_the_end(portal)
        nothing_is_lost_or_doubled(meta, ended, PEOPLE, unknown=2)

        # The portal never learned their names at Meta; the id it sent along is enough.
        meta.stub.report_each("delivered", meta.of(ended.unknown))
        resolved = wait_for(portal, "resolved", lambda now: "unknown" not in now.states)
    assert resolved.states == {"accepted": PEOPLE - 2, "delivered": 2}
    assert resolved.tries == {1: PEOPLE}
    assert resolved.reach == {"told": PEOPLE}
    nothing_is_lost_or_doubled(meta, resolved, PEOPLE)


def test_a_report_resolves_what_a_killed_worker_left_unknown_even_if_it_came_first(meta, portal_database):
    meta.plan = {BREAK: Answer.HANG}
    with portal_for(meta, PEOPLE, database_url=portal_database) as portal:
        wait_until(lambda: len(meta.stub.messages) > BREAK, 30, "the fatal message arrives")
        portal.worker.kill()
        # The dead worker still holds the message: the report has to wait for what becomes of it.
        meta.stub.report_each("delivered", meta.stub.messages[BREAK:])
        meta.stub.release()
        portal.start_worker()
        portal.python(READ_REPORTS)
        while_it_waits()
        early = outcome(portal)
        assert early.events == 1
        assert early.states == {"accepted": BREAK, "sending": PEOPLE - BREAK}

        portal.python(RECOVER)
        ended = wait_for_the_end(portal)
        nothing_is_lost_or_doubled(meta, ended, PEOPLE, unknown=1)
        portal.python(READ_REPORTS)
        resolved = wait_for(portal, "resolved", lambda now: "unknown" not in now.states)
    assert resolved.states == {"accepted": PEOPLE - 1, "delivered": 1}
    assert resolved.tries == {1: PEOPLE}
    assert resolved.events == 0
    nothing_is_lost_or_doubled(meta, resolved, PEOPLE)


def test_reports_twice_late_in_any_order_or_forged_change_nothing_wrong(meta, portal_database):
    people = 12
    with portal_for(meta, people, database_url=portal_database) as portal:
        wait_until(lambda: len(meta.stub.messages) == people, 30, "everybody's message is taken")
        texts = {
            status: [StatusText(m.wamid, status, opaque=m.opaque, to=m.to) for m in meta.stub.messages]
            for status in ("sent", "delivered", "read", "failed")
        }
        forged = meta.stub.report(*texts["failed"], signed=False)
        assert forged.status_code == 403
        meta.stub.report_each("read")
        meta.stub.report_each("delivered")
        for status in ("sent", "read", "delivered", "sent", "failed"):
            # One POST with all of them, each twice and backwards.
            assert meta.stub.report(*texts[status], *reversed(texts[status])).status_code == 200
        settled = wait_for(portal, "settled", lambda now: not now.events and not now.is_moving)
        # Nothing is left that a sweep would send, and nobody became a task.
        portal.python(A_MINUTE_PASSES + SWEEP)
        while_it_waits()
        assert outcome(portal) == settled
    assert settled.states == {"read": people}
    assert settled.others == {}
    assert settled.tries == {1: people}
    nothing_is_lost_or_doubled(meta, settled, people)


def test_who_is_not_on_whatsapp_becomes_a_task_by_hand_whether_meta_says_so_at_once_or_later(meta):
    # Every fourth of the heads that `factories.heads` makes.
    meta.stub.not_on_whatsapp = without = {f"62812906{index:05}" for index in range(0, PEOPLE, 4)}
    with portal_for(meta, PEOPLE) as portal:
        # A round passes on at its end, after all its answers are written down.
        at_once = wait_for(
            portal, "passed on", lambda now: not now.is_moving and len(without) <= sum(now.others.values())
        )
        assert at_once.states == {"accepted": PEOPLE - len(without), "failed": len(without)}
        assert at_once.others == {("manual", "task"): len(without)}

        late = meta.stub.messages[:5]
        failures = [StatusText(m.wamid, "failed", opaque=m.opaque, to=m.to, code=131026) for m in late]
        meta.stub.report(*failures, *failures)
        others = [message for message in meta.stub.messages if message not in late]
        meta.stub.report_each("delivered", others)
        by_hand = len(without) + len(late)
        ended = wait_for(
            portal, "settled", lambda now: not now.events and sum(now.others.values()) >= by_hand and not now.is_moving
        )
    assert ended.states == {"delivered": PEOPLE - by_hand, "failed": by_hand}
    assert ended.others == {("manual", "task"): by_hand}
    assert ended.reach == {"told": PEOPLE - by_hand, "manual": by_hand}
    assert sum(ended.reach.values()) == PEOPLE
    assert set(meta.received().values()) == {1}
    assert ended.tries == {1: PEOPLE}
