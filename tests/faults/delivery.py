"""What tests of a delivery under faults share: a wave with its people, and what became of their messages."""

import sqlite3
import time
from ast import literal_eval
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2

from tests.infra.portal import Portal, wait_until
from tests.infra.smtp import SmtpSink

PREPARE = """
from datetime import date
from tests import factories
factories.regions(factories.TABALONG)
factories.heads({people})
factories.wave(on=date(2099, 4, 8), venue=factories.venue(capacity={people}))
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
# How often messages were tried, and the addresses of the unknown.
CLOSED = """
from django.db.models import Count
from rtportal.messaging.models import Message
print(set(Message.objects.annotate(tries=Count("attempts")).values_list("tries", flat=True)))
print(list(Message.objects.filter(state="unknown").values_list("address", flat=True)))
"""


def states(portal: Portal) -> Counter:
    """How many messages are in which state."""
    return Counter(literal_eval(portal.python(STATES)))


def received(sink: SmtpSink) -> Counter:
    """How often something arrived for each address."""
    return Counter(message.recipients[0] for message in sink.messages)


def closed(portal: Portal) -> tuple[set[int], list[str]]:
    """How often messages were tried, and the addresses of which nobody knows whether they got theirs."""
    tries, unknown = map(literal_eval, portal.python(CLOSED).splitlines())
    return tries, unknown


def wait_for_the_end(portal: Portal, sink: SmtpSink, people: int, unknown: int = 0) -> Counter:
    """The states when nothing is on its way any more."""

    def are_closed() -> Counter | None:
        if len(sink.messages) < people - unknown:
            return None
        now = states(portal)
        return None if now["queued"] or now["sending"] else now

    return wait_until(are_closed, 90, f"every message is closed\n{portal.logs()}", every=0.5)


def sweep_when_the_broker_answers(portal: Portal) -> None:
    """What beat does each minute."""

    def is_swept() -> bool:
        try:
            portal.python(SWEEP)
        except AssertionError:
            return False
        return True

    wait_until(is_swept, 30, "the broker takes tasks again", every=0.5)


def nothing_is_lost_or_doubled(portal: Portal, sink: SmtpSink, people: int) -> int:
    """Everybody's message arrived once, but for those shown as unknown, which nobody sends again (their number)."""
    ended, arrived = states(portal), received(sink)
    _, unknown = closed(portal)
    assert ended["accepted"] + ended["unknown"] == people, ended
    assert len(unknown) == ended["unknown"]
    assert max(arrived.values()) == 1
    assert len(set(arrived) - set(unknown)) == ended["accepted"]
    return len(unknown)


@contextmanager
def writes_held(portal: Portal) -> Iterator[None]:
    """Inside, nobody else can write into the portal's outbox: who tries waits."""
    if url := portal.env["DATABASE_URL"]:
        connection = psycopg2.connect(url)
        connection.cursor().execute("LOCK TABLE messaging_message IN EXCLUSIVE MODE")
    else:
        connection = sqlite3.connect(portal.var_dir / "rtportal.sqlite3", timeout=20, check_same_thread=False)
        connection.isolation_level = None
        connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


def while_it_waits(seconds: float = 1.0) -> None:
    """Long enough for a worker to come to what is held."""
    time.sleep(seconds)
