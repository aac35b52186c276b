"""Marking what was carried out by hand."""

import pytest

from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import DeliveryAttempt, Message
from rtportal.messaging.use_cases.close_tasks import close_tasks
from rtportal.messaging.use_cases.open_task import open_task
from tests import factories
from tests.factories import NOW, TABALONG
from tests.rtportal.messaging.letters import EDITION, queue

pytestmark = pytest.mark.django_db
DESA = f"{TABALONG}.06.2007"
ROUTE = (("manual", "+6281200000001"), ("letter", "Desa Kapar"))


@pytest.fixture
def operator():
    factories.regions()
    return factories.user(role="village_operator", region=DESA, name="Nor Hayati")


def close(messages, by, outcome="told", **fields):
    return close_tasks(messages=messages, outcome=outcome, by=by, now=NOW, **fields)


def test_a_told_task_is_accepted_with_an_attempt_and_an_audit_line(operator):
    [message] = queue(1, route=ROUTE, region_code=DESA)
    open_task(region_code=DESA, by=operator, now=NOW)
    close([message], operator)
    message.refresh_from_db()
    assert (message.state, message.closed_at, message.attempt_count, message.edition) == ("accepted", NOW, 1, EDITION)
    attempt = DeliveryAttempt.objects.get()
    assert (attempt.message, attempt.channel, attempt.outcome) == (message, "manual", "accepted")
    line = AuditEvent.objects.get()
    assert (line.action, line.subject, line.region_code) == ("message.task_told", "wave:1", DESA)
    assert line.sentence == "Menandai pesan untuk Ketua RT 1 (WhatsApp petugas): sudah disampaikan"


def test_a_failed_task_goes_on_to_the_next_link(operator):
    [message] = queue(1, route=ROUTE, region_code=DESA)
    close([message], operator, "failed", detail="Nomor ini tidak ada di WhatsApp.", failure="address")
    message.refresh_from_db()
    assert (message.state, message.failure) == ("failed", "address")
    assert message.detail == "Nomor ini tidak ada di WhatsApp. Dicatat oleh Nor Hayati."
    following = Message.objects.exclude(pk=message.pk).get()
    assert (following.channel, following.state) == ("letter", "task")


def test_closing_twice_changes_nothing(operator):
    [message] = queue(1, route=ROUTE, region_code=DESA)
    assert close([message], operator) == [message]
    assert close([message], operator, "failed") == []
    message.refresh_from_db()
    assert message.state == "accepted"
    assert DeliveryAttempt.objects.count() == AuditEvent.objects.count() == 1


def test_what_is_no_task_is_left_alone(operator):
    [message] = queue(1)
    assert close([message], operator) == []
    message.refresh_from_db()
    assert message.state == "queued"


def test_many_cost_as_many_queries_as_two(operator, django_assert_num_queries):
    few, many = queue(1, 2, channel="letter", address="Desa"), queue(*range(3, 40), channel="letter", address="Desa")
    with django_assert_num_queries(6):
        close(few, operator)
    with django_assert_num_queries(6):
        assert len(close(many, operator)) == 37
    assert "dan 34 orang lain (Surat)" in AuditEvent.objects.latest("pk").sentence
