"""A worker gives a message back while its wave is published anew: nobody is told the former schedule for good."""

from datetime import time
from threading import Thread

import pytest
from django.db import connection, transaction

from programs.models import Wave
from rtportal.messaging import leases
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW
from tests.participants.announcements import invited, moved
from tests.sessions.speaker_world import invite, lecture, move

pytestmark = [pytest.mark.faults, pytest.mark.row_locks, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _regions():
    factories.regions(MURUNG_PUDAK)


def publish_while_given_back(wave: Wave, lease: leases.Lease) -> list[Message]:
    """Publish; right after what waits was locked a worker gives its messages back, and before the commit it takes what
    it can. Returns that.
    """
    steps = []

    def watch(execute, sql, params, many, context):
        if sql.startswith("SELECT") and "messaging_message" in sql and lease.messages[0].kind in params:
            is_lock = "FOR" in sql.rpartition("ORDER BY")[2]
            if is_lock or steps == ["locked"]:
                steps.append("locked" if is_lock else "given back")
            if steps == ["locked", "given back"]:
                beside(lambda: leases.release(lease, lease.messages))
        return execute(sql, params, many, context)

    taken: list[Message] = []
    with connection.execute_wrapper(watch), transaction.atomic():
        factories.publish(Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk))
        beside(lambda: taken.extend(leases.claim(now=NOW, size=10).messages))
    assert "given back" in steps
    return taken


def beside(job) -> None:
    """In a thread with a database connection of its own."""

    def run():
        try:
            job()
        finally:
            connection.close()

    worker = Thread(target=run)
    worker.start()
    worker.join()


def test_a_participants_message_that_is_given_back_meanwhile_cannot_be_taken_with_the_former_date():
    wave = factories.wave()
    invited(wave, 1)
    lease = leases.claim(now=NOW, size=10)
    moved(wave)
    assert publish_while_given_back(wave, lease) == []
    assert [message.kind for message in leases.claim(now=NOW, size=10).messages] == ["invitation"]


def test_a_speakers_message_that_is_given_back_meanwhile_cannot_be_taken_with_the_former_hour():
    wave = factories.wave(published=False)
    who = factories.speaker(email="dandim@contoh.test")
    session, _ = lecture(wave, who), lecture(wave, who, title="Penutup", starts=time(13))
    factories.publish(wave)
    invite(wave)
    lease = leases.claim(now=NOW, size=10)
    move(session, 60)
    assert publish_while_given_back(wave, lease) == []
    assert [message.kind for message in leases.claim(now=NOW, size=10).messages] == ["speaker_invitation"]
