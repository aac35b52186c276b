"""Trying again: the same link, or the next one; never twice where somebody may have read it."""

from datetime import timedelta

import pytest

from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Message, OptOut
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from rtportal.messaging.use_cases.retry_message import retry_message
from tests import factories
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue, states, wakeups

pytestmark = pytest.mark.django_db
ROUTE = (("inbox", "rt-1@rt.test"), ("letter", "Desa Kapar"))


@pytest.fixture
def official():
    factories.regions()
    return factories.user()


def failed(number: int = 1, **fields) -> Message:
    [message] = queue(number, **fields)
    Message.objects.filter(pk=message.pk).update(
        state="failed", failure="address", closed_at=NOW, detail="Kotak surat penuh.", passed_on_at=NOW
    )
    message.refresh_from_db()
    return message


def retry(message: Message, by, over: str = "same", now=NOW) -> None:
    retry_message(message=message, over=over, by=by, now=now)


def over_all() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("channel", "state"))


def test_the_same_link_is_queued_again_and_may_fail_again(official):
    message = failed()
    retry(message, official)
    message.refresh_from_db()
    assert (message.state, message.failure, message.closed_at, message.passed_on_at) == ("queued", "", None, None)
    assert AuditEvent.objects.get().action == "message.retried_same"


def test_a_task_becomes_a_task_again_and_no_worker_takes_it(official):
    message = failed(channel="manual", address="+6281200000001")
    retry(message, official)
    assert states() == {1: "task"}


def test_what_goes_on_over_another_link_is_not_sent_twice(official):
    message = failed(route=ROUTE)
    Message.objects.update(passed_on_at=None)
    pass_on_failures(now=NOW)
    with pytest.raises(InputError, match="sudah diteruskan lewat Surat"):
        retry(message, official)
    assert over_all() == [("inbox", "failed"), ("letter", "task")]


def test_once_the_other_link_has_failed_too_the_first_may_be_tried_again(official):
    message = failed(route=ROUTE)
    Message.objects.update(passed_on_at=None)
    pass_on_failures(now=NOW)
    Message.objects.filter(channel="letter").update(state="failed", passed_on_at=NOW)
    retry(message, official)
    assert over_all() == [("inbox", "queued"), ("letter", "failed")]


def test_an_address_that_wants_no_messages_is_left_alone(official):
    message = failed(channel="email")
    OptOut.objects.create(channel="email", address=message.address, since=NOW, source="balasan")
    with pytest.raises(InputError, match="berhenti menerima"):
        retry(message, official)
    assert states() == {1: "failed"}


def test_the_next_link_takes_over_from_one_that_waits(official):
    [message] = queue(1, route=ROUTE)
    retry(message, official, "next")
    assert over_all() == [("inbox", "failed"), ("letter", "task")]
    assert Message.objects.get(channel="inbox").detail == f"Dialihkan ke saluran berikutnya oleh {official}."


def test_without_a_next_link_nothing_changes(official):
    [message] = queue(1)
    with pytest.raises(InputError, match="Tidak ada saluran berikutnya"):
        retry(message, official, "next")
    assert states() == {1: "queued"}


@pytest.mark.parametrize("state", ["accepted", "delivered", "read", "unknown", "expired"])
@pytest.mark.parametrize("over", ["same", "next"])
def test_what_somebody_may_have_read_is_never_sent_again(official, state, over):
    [message] = queue(1, route=ROUTE)
    Message.objects.update(state=state, closed_at=NOW)
    message.refresh_from_db()
    with pytest.raises(InputError):
        retry(message, official, over)
    assert over_all() == [("inbox", state)]


@pytest.mark.parametrize("over", ["same", "next"])
def test_after_its_time_it_stays_as_it_is(official, over):
    message = failed(route=ROUTE, expires_at=NOW + timedelta(hours=1))
    with pytest.raises(InputError, match="Batas waktu"):
        retry(message, official, over, NOW + timedelta(hours=1))


def test_of_two_officials_at_once_one_wins(official):
    message = failed()
    retry(message, official)
    # The other one still has the page with the failure.
    with pytest.raises(InputError):
        retry(message, official)
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_trying_again_wakes_a_worker(official):
    message = failed()
    before = wakeups()
    retry(message, official)
    assert wakeups() == before + 1
