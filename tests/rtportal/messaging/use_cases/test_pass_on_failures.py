from datetime import timedelta

import pytest

from rtportal.messaging.models import Message, OptOut
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from tests.factories import NOW, user
from tests.rtportal.messaging.letters import queue, wakeups

pytestmark = pytest.mark.django_db

E_MAIL, PHONE, PLACE = ("email", "a@rt.test"), ("manual", "+6281234567890"), ("letter", "RT 001")
INBOX = ("inbox", "a@rt.test")
LATER = NOW + timedelta(minutes=5)


def failed(*numbers: int, **fields) -> list[Message]:
    """Letters that their first link could not deliver."""
    changes = {name: fields.pop(name) for name in ("urgent_reason", "urgent_by") if name in fields}
    rows = queue(*numbers, **({"route": (E_MAIL, INBOX, PLACE)} | fields))
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(state="failed", closed_at=NOW, **changes)
    return rows


def after(first: Message) -> Message:
    return Message.objects.filter(about_id=first.about_id, pk__gt=first.pk).get()


def test_a_failure_is_followed_by_the_next_link():
    [first] = failed(1, expires_at=NOW + timedelta(days=1))
    assert pass_on_failures(now=LATER) == 1
    second = after(first)
    assert (second.dedupe_key, second.channel, second.address) == ("letter:1@inbox", *INBOX)
    assert (second.state, second.route, second.due_at, second.queued_at) == ("queued", [list(PLACE)], LATER, LATER)
    for name in ("kind", "recipient_name", "region_code", "group", "about_id", "expires_at", "is_synthetic"):
        assert getattr(second, name) == getattr(first, name)
    first.refresh_from_db()
    assert first.passed_on_at == LATER


def test_the_same_failure_is_followed_up_once():
    failed(1)
    assert pass_on_failures(now=NOW) == 1
    assert pass_on_failures(now=LATER) == 0
    assert Message.objects.count() == 2


def test_a_link_that_was_written_already_stays_as_it_is():
    [first] = failed(1)
    queue(2, dedupe_key="letter:1@inbox", address="dulu@rt.test")
    assert pass_on_failures(now=NOW) == 0
    assert Message.objects.get(about_id=2).address == "dulu@rt.test"
    first.refresh_from_db()
    assert first.passed_on_at == NOW


def test_every_link_of_a_chain_keeps_the_key_of_the_first():
    failed(1)
    pass_on_failures(now=NOW)
    Message.objects.filter(channel="inbox").update(state="failed")
    pass_on_failures(now=LATER)
    assert list(Message.objects.order_by("pk").values_list("dedupe_key", "state")) == [
        ("letter:1", "failed"),
        ("letter:1@inbox", "failed"),
        ("letter:1@letter", "task"),
    ]


def test_a_link_by_hand_waits_as_a_task():
    [first] = failed(1, route=(E_MAIL, PHONE))
    pass_on_failures(now=NOW)
    assert (after(first).state, after(first).channel) == ("task", "manual")


def test_a_link_whose_address_wants_no_messages_is_passed_over():
    [first] = failed(1)
    OptOut.objects.create(channel="inbox", address="a@rt.test", since=NOW)
    pass_on_failures(now=NOW)
    assert (after(first).channel, after(first).route) == ("letter", [])


def test_who_wants_messages_again_is_told_over_that_channel():
    [first] = failed(1)
    OptOut.objects.create(channel="inbox", address="a@rt.test", since=NOW, ended_at=NOW)
    pass_on_failures(now=NOW)
    assert after(first).channel == "inbox"


@pytest.mark.parametrize("fields", [{"route": (E_MAIL,)}, {"expires_at": LATER}])
def test_nothing_follows_the_last_link_or_a_message_whose_time_has_passed(fields):
    [first] = failed(1, **fields)
    assert pass_on_failures(now=LATER) == 0
    first.refresh_from_db()
    assert (Message.objects.count(), first.passed_on_at) == (1, LATER)


def test_an_urgent_message_stays_urgent_on_its_next_link():
    by = user(region=None)
    [first] = failed(1, urgent_reason="Tempat pindah", urgent_by=by)
    pass_on_failures(now=NOW)
    assert (after(first).urgent_reason, after(first).urgent_by) == ("Tempat pindah", by)


def test_what_did_not_fail_is_left_alone():
    queue(1, 2, 3, 4, route=(E_MAIL, INBOX))
    for number, state in enumerate(("accepted", "unknown", "withdrawn"), 1):
        Message.objects.filter(about_id=number).update(state=state)
    assert pass_on_failures(now=NOW) == 0


def test_many_failures_are_followed_up_batch_by_batch():
    failed(*range(7))
    assert pass_on_failures(now=NOW, size=3) == 7
    assert not Message.objects.not_passed_on().exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_woken_for_what_it_can_send():
    failed(1, due_at=LATER)
    assert wakeups() == 0
    pass_on_failures(now=NOW)
    assert wakeups() == 1


def test_what_arrived_over_an_earlier_link_after_all_goes_on_no_further():
    [first] = failed(1)
    pass_on_failures(now=NOW)
    second = after(first)
    # A report came late, while the second link was under way, which fails then.
    Message.objects.filter(pk=first.pk).update(state="delivered")
    Message.objects.filter(pk=second.pk).update(state="failed")
    assert pass_on_failures(now=LATER) == 0
    second.refresh_from_db()
    assert second.passed_on_at == LATER
