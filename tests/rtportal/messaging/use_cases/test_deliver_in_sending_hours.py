"""Deliveries that run into the quiet hours: the regions have the usual hours, 07.30–20.00 in their own zone."""

from datetime import UTC, datetime, timedelta

import pytest

from rtportal.messaging.channels.base import Pace
from rtportal.messaging.models import ChannelUse, Message, OptOut, SendingHours
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from tests import factories
from tests.factories import JAMBI, TABALONG, user
from tests.infra.smtp import Answer
from tests.rtportal.messaging.letters import queue, states
from tests.rtportal.messaging.paced_channel import NAME

pytestmark = pytest.mark.django_db

CLOSING = datetime(2026, 4, 13, 12, 0, tzinfo=UTC)  # a Monday, 20.00 WITA
OPENING = datetime(2026, 4, 13, 23, 30, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
IN_WIB = f"{JAMBI}.01.1001"


@pytest.fixture(autouse=True)
def _one_minute_to_closing(clock):
    factories.regions(TABALONG, JAMBI)
    SendingHours.objects.all().delete()
    clock.at = CLOSING - MINUTE


def letters(*numbers: int, **fields) -> None:
    queue(*numbers, **({"channel": NAME, "due_at": CLOSING - MINUTE} | fields))


def deliver(clock) -> int:
    return deliver_due_messages(now_fn=clock, sleep=clock.advance)


def test_a_batch_that_runs_into_the_closing_stops_there_and_goes_on_in_the_morning(clock, paced):
    paced.answer = lambda message: clock.advance(25)
    letters(1, 2, 3, 4)
    letters(5, region_code=IN_WIB)
    clock.at = CLOSING - 40 * SECOND
    deliver(clock)
    # In Jambi it is not yet eight.
    assert paced.numbers == [1, 2, 5]
    assert set(Message.objects.queued().values_list("about_id", "due_at", "hold", "attempt_count")) == {
        (3, OPENING, "quiet", 0),
        (4, OPENING, "quiet", 0),
    }
    clock.at = OPENING - SECOND
    assert deliver(clock) == 0
    clock.at = OPENING
    assert deliver(clock) == 2
    assert set(Message.objects.values_list("hold", flat=True)) == {""}


def test_what_is_due_in_the_quiet_hours_is_put_back_and_nothing_is_sent(clock, paced):
    letters(*range(30))
    clock.at = CLOSING
    assert deliver(clock) == 0
    assert paced.sent == []
    assert set(Message.objects.values_list("state", "due_at", "hold")) == {("queued", OPENING, "quiet")}


def test_what_cannot_go_before_its_time_is_over_is_late_with_the_reason(clock, paced):
    letters(1, expires_at=OPENING)
    letters(2, expires_at=OPENING + SECOND)
    clock.at = CLOSING
    deliver(clock)
    assert states() == {1: "expired", 2: "queued"}
    late = Message.objects.get(about_id=1)
    assert "jam kirim baru mulai Selasa, 14 April 2026, 07.30 WITA" in late.detail
    assert (late.closed_at, late.hold) == (CLOSING, "")


def test_a_batch_that_runs_into_the_closing_gives_up_what_would_be_late(clock, paced):
    paced.answer = lambda message: clock.advance(29)
    letters(1, 2, 3, expires_at=OPENING)
    clock.at = CLOSING - 40 * SECOND
    deliver(clock)
    assert states() == {1: "accepted", 2: "accepted", 3: "expired"}


def test_what_is_urgent_goes_at_any_hour(clock, paced):
    letters(1, urgent_reason="Tempat pindah", urgent_by_id=user(region=None).pk)
    clock.at = CLOSING
    assert deliver(clock) == 1


def test_a_channel_that_rings_nowhere_goes_at_any_hour(clock, paced):
    paced.keeps_hours = False
    letters(1, expires_at=OPENING)
    clock.at = CLOSING
    assert deliver(clock) == 1
    assert paced.sent[0].expires_at == OPENING


def test_the_other_side_is_told_until_when_it_may_deliver(clock, paced):
    letters(1)
    letters(2, expires_at=CLOSING - 30 * SECOND)
    letters(3, urgent_reason="Tempat pindah", urgent_by_id=user(region=None).pk)
    deliver(clock)
    assert {one.number: one.expires_at for one in paced.sent} == {1: CLOSING, 2: CLOSING - 30 * SECOND, 3: None}


def test_what_was_refused_for_now_and_is_due_again_at_night_waits_for_the_morning(clock, mail):
    letters(1, channel="email")
    mail.answer = lambda received: Answer.LATER
    deliver(clock)
    clock.advance(60)
    deliver(clock)
    message = Message.objects.get()
    assert (message.due_at, message.hold, message.attempt_count) == (OPENING, "quiet", 1)


def test_with_a_pace_nothing_held_uses_up_slots_or_budget(clock, paced):
    paced.pace = Pace(people_per_day=3, gap=5 * SECOND)
    letters(*range(5))
    letters(10, 11, 12, region_code=IN_WIB)
    clock.at = CLOSING
    assert deliver(clock) == 3
    assert paced.numbers == [10, 11, 12]
    assert [one.at - CLOSING for one in paced.sent] == [0 * SECOND, 5 * SECOND, 10 * SECOND]
    assert ChannelUse.objects.count() == 3


def test_a_slot_after_the_closing_is_given_back(clock, paced):
    paced.pace = Pace(people_per_day=9, gap=5 * SECOND)
    clock.at = CLOSING - 7 * SECOND
    letters(*range(5))
    deliver(clock)
    assert [one.at - CLOSING for one in paced.sent] == [-7 * SECOND, -2 * SECOND]
    assert ChannelUse.objects.count() == 2
    assert Message.objects.filter(hold="quiet", due_at=OPENING).count() == 3


def test_who_stopped_messages_meanwhile_gets_none_and_is_told_otherwise(clock, paced):
    letters(1, 2, route=((NAME, "+62811"), ("letter", "RT 001")))
    letters(3, address="+62812")
    OptOut.objects.create(channel=NAME, address="+62811", since=clock())
    deliver(clock)
    assert paced.numbers == [3]
    assert set(Message.objects.filter(address="+62811").values_list("state", "failure")) == {("failed", "opted_out")}
    assert Message.objects.filter(channel="letter", state="task").count() == 2


def test_tasks_that_nobody_began_end_with_their_time(clock):
    letters(1, 2, 3, channel="letter", expires_at=clock())
    Message.objects.filter(about_id=2).update(started_at=clock())
    Message.objects.filter(about_id=3).update(expires_at=clock() + SECOND)
    deliver(clock)
    assert states() == {1: "expired", 2: "task", 3: "task"}
