"""An official tries a failure again at the instant at which it goes on to the next link: only one of them happens."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from rtportal.lib.errors import InputError
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from rtportal.messaging.use_cases.retry_message import retry_message
from tests import factories
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue

pytestmark = [pytest.mark.faults, pytest.mark.row_locks, pytest.mark.django_db(transaction=True)]
ROUTE = (("inbox", "rt-1@rt.test"), ("letter", "Desa Kapar"))


def test_what_is_being_passed_on_is_not_tried_again():
    factories.regions()
    official, [message] = factories.user(), queue(1, route=ROUTE)
    Message.objects.update(state="failed", failure="address", closed_at=NOW)
    message.refresh_from_db()
    said, has_begun = [], Event()

    def try_again():
        def watch(execute, sql, params, many, context):
            # The first statement that needs the row's lock.
            if sql.startswith("UPDATE") or "FOR UPDATE" in sql:
                has_begun.set()
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(watch):
                retry_message(message=message, over="same", by=official, now=NOW)
        except InputError as refusal:
            said.append(refusal.sentence)
        finally:
            connection.close()

    with transaction.atomic():
        pass_on_failures(now=NOW)
        worker = Thread(target=try_again)
        worker.start()
        assert has_begun.wait(10)
    worker.join()
    assert said == ["Pesan ini sudah diteruskan lewat Surat."]
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "task"]
