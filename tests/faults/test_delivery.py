"""The delivery of a wave when workers die and parts go away: real processes, a real SMTP server."""

from ast import literal_eval
from collections import Counter

import pytest

from tests.infra.portal import Portal, wait_until
from tests.infra.smtp import Answer, SmtpSink

pytestmark = pytest.mark.faults
PEOPLE = 337

PREPARE = f"""
from datetime import date
from tests import factories
factories.regions(factories.TABALONG)
factories.heads({PEOPLE})
factories.wave(on=date(2099, 4, 8), venue=factories.venue(capacity=400))
factories.user()
"""
INVITE = """
from time import perf_counter
from participants.use_cases.invite_participants import invite_participants
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.lib import clock
began = perf_counter()
invite_participants(wave_id=Wave.objects.get().pk, by=User.objects.get(), now=clock.now())
print(perf_counter() - began)
"""
STATES = """
from collections import Counter
from rtportal.messaging.models import DeliveryAttempt, Message
print(dict(Counter(Message.objects.values_list("state", flat=True))))
"""
# What beat's sweep does, at an instant when the leases of the dead have run out.
RECOVER = """
from rtportal.lib import clock
from rtportal.messaging.leases import LEASE
from rtportal.messaging.use_cases.recover_leases import recover_leases
recover_leases(now=clock.now() + LEASE)
"""
SWEEP = """
from celery import current_app
current_app.send_task("messaging.deliver_due_messages")
"""
# Each message's attempts, and the addresses of the unknown.
CLOSED = """
from django.db.models import Count
from rtportal.messaging.models import Message
print(set(Message.objects.annotate(tries=Count("attempts")).values_list("tries", flat=True)))
print(list(Message.objects.filter(state="unknown").values_list("address", flat=True)))
"""


def states(portal: Portal) -> Counter:
    return Counter(literal_eval(portal.python(STATES)))


def received(sink: SmtpSink) -> Counter:
    return Counter(message.recipients[0] for message in sink.messages)


def wait_for_the_end(portal: Portal, sink: SmtpSink, unknown: int = 0) -> Counter:
    """The states when nothing is on its way any more."""

    def are_closed() -> Counter | None:
        if len(sink.messages) < PEOPLE - unknown:
            return None
        now = states(portal)
        return None if now["queued"] or now["sending"] else now

    return wait_until(are_closed, 60, f"every message is closed\n{portal.logs()}")


def test_a_worker_killed_in_the_middle_loses_no_message_and_doubles_none(portal_database, smtp_sink):
    with Portal(database_url=portal_database, email_url=smtp_sink.url, beat=False) as portal:
        # After a third the server takes a message and says nothing, so the worker surely dies between text and answer.
        smtp_sink.answer = lambda message: Answer.HANG if len(smtp_sink.messages) >= PEOPLE // 3 else Answer.ACCEPT
        portal.python(PREPARE + INVITE)
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
        ended = wait_for_the_end(portal, smtp_sink, interrupted["unknown"])

        arrived = received(smtp_sink)
        tries, unknown = map(literal_eval, portal.python(CLOSED).splitlines())
        assert ended["accepted"] + ended["unknown"] == PEOPLE
        assert ended["unknown"] == interrupted["unknown"]
        assert max(arrived.values()) == 1
        assert PEOPLE - len(arrived) <= len(unknown)
        assert len(set(arrived) - set(unknown)) == ended["accepted"]
        assert tries == {1}


def test_a_worker_asked_to_end_finishes_the_message_under_way_and_leaves_none_unknown(portal_database, smtp_sink):
    with Portal(database_url=portal_database, email_url=smtp_sink.url, beat=False) as portal:
        smtp_sink.delay = 0.02
        portal.python(PREPARE + INVITE)
        wait_until(lambda: len(smtp_sink.messages) >= 20, 30, "some were received")
        portal.worker.stop(5)
        after = states(portal)
        assert after == {"accepted": len(smtp_sink.messages), "queued": PEOPLE - len(smtp_sink.messages)}
        smtp_sink.delay = 0
        portal.start_worker()
        portal.python(SWEEP)
        assert wait_for_the_end(portal, smtp_sink) == {"accepted": PEOPLE}
        assert received(smtp_sink).most_common(1)[0][1] == 1


def test_while_the_broker_is_away_inviting_succeeds_at_once_and_the_sweep_finds_the_messages(
    portal_database, smtp_sink
):
    with Portal(database_url=portal_database, email_url=smtp_sink.url, beat=False) as portal:
        portal.valkey.kill()
        # Inviting itself takes well under a second; a wake-up that waits for the broker would add two for each message.
        assert float(portal.python(PREPARE + INVITE)) < 20
        assert states(portal) == {"queued": PEOPLE}
        portal.valkey.start()
        wait_until(lambda: _swept(portal), 30, "the broker takes tasks again")
        assert wait_for_the_end(portal, smtp_sink) == {"accepted": PEOPLE}
        assert received(smtp_sink).most_common(1)[0][1] == 1


def _swept(portal: Portal) -> bool:
    try:
        portal.python(SWEEP)
    except AssertionError:
        return False
    return True
