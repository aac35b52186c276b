from datetime import timedelta
from itertools import permutations

import pytest

from rtportal.messaging.models import Message
from rtportal.messaging.opaque import opaque_id
from rtportal.messaging.reports import Report
from rtportal.messaging.use_cases.apply_report import Applied, apply_report
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue
from tests.rtportal.messaging.whatsapp import PHONE

pytestmark = pytest.mark.django_db
State, Failure = Message.State, Message.Failure
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _channels(settings):
    settings.MESSAGE_CHANNELS = ["whatsapp", "manual", "letter"]


def message(state: str = State.ACCEPTED, **fields) -> Message:
    [row] = queue(1, route=(("whatsapp", PHONE), ("manual", PHONE), ("letter", "RT 001")))
    values = {"state": state, "attempt_count": 1, "reference": "wamid.A", "closed_at": NOW}
    Message.objects.filter(pk=row.pk).update(**(values | fields))
    row.refresh_from_db()
    return row


def report(row: Message, state: str, *, attempt: int = 1, **fields) -> Applied:
    values = {"reference": "wamid.A", "opaque": opaque_id(row.pk, attempt), "at": LATER}
    if state == State.FAILED:
        values |= {"failure": Failure.ADDRESS, "detail": "Nomor ini tidak memakai WhatsApp."}
    applied = apply_report(channel="whatsapp", report=Report(state=state, **(values | fields)), now=LATER)
    row.refresh_from_db()
    return applied


@pytest.mark.parametrize("order", list(permutations([State.ACCEPTED, State.DELIVERED, State.READ])))
def test_reports_in_any_order_and_twice_end_at_the_highest(order):
    row = message()
    for state in (*order, *order):
        report(row, state)
    assert row.state == State.READ


def test_read_without_delivered_is_read():
    row = message()
    assert report(row, State.READ) == Applied.RAISED
    assert row.state == State.READ


def test_a_message_is_found_by_either_name():
    row = message()
    assert report(row, State.DELIVERED, opaque="") == Applied.RAISED
    assert report(row, State.READ, reference="") == Applied.RAISED


def test_an_unknown_message_is_settled_by_its_report():
    row = message(State.UNKNOWN, reference="")
    assert report(row, State.ACCEPTED) == Applied.RAISED
    assert (row.state, row.reference, row.detail) == (State.ACCEPTED, "wamid.A", "")


def test_an_unknown_message_that_failed_goes_on_to_the_next_link():
    row = message(State.UNKNOWN, reference="")
    assert report(row, State.FAILED) == Applied.FAILED
    assert pass_on_failures(now=LATER) == 1


def test_a_failure_after_acceptance_says_why_and_when():
    row = message()
    report(row, State.FAILED)
    assert (row.state, row.failure, row.reported_at) == (State.FAILED, Failure.ADDRESS, LATER)
    assert "tidak memakai WhatsApp" in row.detail


def test_what_arrived_cannot_fail_any_more():
    row = message(State.DELIVERED)
    assert report(row, State.FAILED) == Applied.NOTHING
    assert row.state == State.DELIVERED


def test_what_arrived_after_all_takes_back_what_was_to_follow():
    row = message()
    report(row, State.FAILED)
    pass_on_failures(now=LATER)
    successor = Message.objects.get(channel="manual")
    assert report(row, State.DELIVERED) == Applied.RAISED
    successor.refresh_from_db()
    assert (row.state, row.failure) == (State.DELIVERED, "")
    assert successor.state == State.WITHDRAWN
    assert "ternyata sampai" in successor.detail


def test_what_has_gone_out_already_is_not_taken_back():
    row = message()
    report(row, State.FAILED)
    pass_on_failures(now=LATER)
    Message.objects.filter(channel="manual").update(started_at=LATER)
    report(row, State.DELIVERED)
    assert Message.objects.get(channel="manual").state == State.TASK


def test_a_report_waits_while_a_worker_has_the_message():
    row = message(State.SENDING, reference="", lease="x", lease_until=LATER, closed_at=None)
    assert report(row, State.ACCEPTED) == Applied.TOO_EARLY
    assert row.state == State.SENDING


def test_an_earlier_attempt_that_failed_says_nothing_about_the_last():
    row = message(attempt_count=2, reference="wamid.B")
    assert report(row, State.FAILED, attempt=1) == Applied.NOTHING
    assert row.state == State.ACCEPTED


def test_an_earlier_attempt_that_arrived_makes_a_resend_needless():
    row = message(State.QUEUED, reference="", closed_at=None)
    assert report(row, State.DELIVERED) == Applied.RAISED
    assert (row.state, row.closed_at) == (State.DELIVERED, LATER)


def test_a_message_that_was_never_tried_is_not_reported_on():
    row = message(State.QUEUED, attempt_count=0, reference="", closed_at=None)
    assert report(row, State.DELIVERED) == Applied.NOTHING


def test_a_message_of_another_channel_or_installation_is_unknown():
    row = message()
    strange = Report(state=State.READ, reference="wamid.Z", opaque=f"{row.pk}-1-000000000000", at=LATER)
    assert apply_report(channel="whatsapp", report=strange, now=LATER) == Applied.UNKNOWN
    ours = Report(state=State.READ, reference="wamid.A", at=LATER)
    assert apply_report(channel="gateway", report=ours, now=LATER) == Applied.UNKNOWN


def test_a_report_that_it_was_sent_on_is_remembered_though_nothing_else_changes():
    row = message()
    assert report(row, State.ACCEPTED) == Applied.NOTHING
    assert (row.state, row.reported_at) == (State.ACCEPTED, LATER)
