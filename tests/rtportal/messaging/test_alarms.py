"""What officials and watching machines are told when messages do not go out."""

from datetime import timedelta

import pytest

from rtportal.messaging import channel_health
from rtportal.messaging.alarms import troubles_of_messages
from rtportal.messaging.models import ChannelState, Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from tests import factories
from tests.factories import NOW
from tests.rtportal.messaging.letters import Clock, queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def names(after: timedelta = timedelta()) -> list[str]:
    return [trouble.name for trouble in troubles_of_messages(NOW + after)]


def alive(after: timedelta = timedelta()) -> None:
    channel_health.beat(channel_health.WORKER, now=NOW + after)


def test_a_portal_without_messages_is_well(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert names() == []
    # Nobody misses a worker that has nothing to do.
    alive()
    assert names(timedelta(days=1)) == []


def test_a_channel_that_takes_nothing_is_told_with_its_reason():
    channel_health.note_trouble("email", detail="Kata sandi ditolak.", until=NOW + timedelta(minutes=1), now=NOW)
    [trouble] = troubles_of_messages(NOW + timedelta(minutes=30))
    assert trouble.name == "channel:email"
    assert trouble.sentence == "E-mail tidak melayani sejak 30 menit yang lalu. Kata sandi ditolak."
    channel_health.note_service("email", begun_at=NOW, now=NOW)
    assert names() == []


def test_a_worker_that_is_silent_while_something_waits_is_gone(django_assert_num_queries):
    alive()
    queue(1)
    assert names(timedelta(minutes=5)) == []
    with django_assert_num_queries(1):
        assert names(timedelta(minutes=6)) == ["worker"]
    alive(timedelta(minutes=5))
    assert names(timedelta(minutes=6)) == []


def test_a_worker_that_never_came_is_missed_once_something_waits_for_it():
    queue(1)
    assert names(timedelta(minutes=4)) == []
    assert names(timedelta(minutes=6)) == ["worker"]


def test_what_waits_for_more_than_a_quarter_of_an_hour_is_told():
    queue(1)
    later = timedelta(minutes=16)
    alive(later)
    [trouble] = troubles_of_messages(NOW + later)
    assert trouble.name == "waiting"
    assert trouble.sentence == "Pesan yang antre paling lama sudah menunggu 16 menit."


def test_what_is_held_planned_or_by_hand_is_no_alarm():
    queue(1, due_at=NOW + timedelta(hours=9)), queue(2, channel="manual", address="+62812")
    queue(3, due_at=NOW + timedelta(hours=9))
    Message.objects.filter(about_id=3).update(hold="quiet")
    later = timedelta(hours=8)
    alive(later)
    assert names(later) == []


def test_a_channel_that_rests_or_goes_at_its_pace_is_no_alarm(settings):
    queue(1, channel="whatsapp", address="+6281234567890")
    later = timedelta(minutes=40)
    alive(later)
    ChannelState.objects.create(channel="whatsapp", paused_until=NOW + timedelta(hours=9))
    assert names(later) == []
    # Budget and gap let few through, but they do go through.
    ChannelState.objects.update(paused_until=None, last_accepted_at=NOW + timedelta(minutes=39))
    assert names(later) == []
    ChannelState.objects.update(last_accepted_at=NOW)
    assert names(later) == ["waiting"]


def test_after_a_run_of_the_worker_all_is_well():
    queue(1)
    deliver_due_messages(now_fn=Clock(NOW + timedelta(minutes=20)))
    assert names(timedelta(minutes=21)) == []
