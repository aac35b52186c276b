"""Nothing more goes to somebody: what waits, what follows a failure, and what a worker gives back."""

from datetime import timedelta

import pytest

from rtportal.messaging import leases
from rtportal.messaging.models import Message
from rtportal.messaging.silencing import silence
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from rtportal.messaging.use_cases.recover_leases import recover_leases
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue, states

pytestmark = pytest.mark.django_db
ROUTE = (("email", "satu@rt.test"), ("inbox", "satu@rt.test"))


def quiet() -> None:
    silence(Message.objects.filter(about_id=1), words="Tidak lagi.", now=NOW)


@pytest.mark.parametrize("state", ["queued", "task"])
def test_what_waits_is_withdrawn_with_the_reason_and_what_others_get_is_not(state) -> None:
    queue(1, 2)
    Message.objects.update(state=state)
    quiet()
    assert states() == {1: "withdrawn", 2: state}
    one = Message.objects.get(about_id=1)
    assert (one.detail, one.closed_at) == ("Tidak lagi.", NOW)


def test_nothing_follows_a_failure() -> None:
    queue(1, route=ROUTE)
    Message.objects.update(state="failed")
    quiet()
    assert pass_on_failures(now=NOW) == 0
    assert states() == {1: "failed"}


def test_one_that_a_worker_gives_back_has_no_time_left() -> None:
    queue(1, 2)
    leases.claim(now=NOW, size=50)
    quiet()
    later = NOW + timedelta(hours=1)
    recover_leases(now=later)
    assert states() == {1: "queued", 2: "queued"}
    assert [one.expires_at for one in Message.objects.order_by("about_id")] == [NOW, None]
