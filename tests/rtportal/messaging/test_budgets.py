"""Channels that may write to so many people a day, and channels that ask us to wait."""

from collections import Counter
from datetime import timedelta

import pytest

from rtportal.messaging.channels.base import ChannelUnavailable, Pace, TemporaryRefusal
from rtportal.messaging.leases import LEASE
from rtportal.messaging.models import ChannelState, ChannelUse, Message
from rtportal.messaging.pacing import COUNTED
from rtportal.messaging.use_cases.deliver_due_messages import LONGEST_RUN
from tests.factories import NOW
from tests.rtportal.messaging.letters import NOT_NEEDED, queue, states
from tests.rtportal.messaging.paced_channel import HOUR, MINUTE, NAME, SECOND, deliver, letters


def refuse(refusal: Exception):
    """What a channel answers to every message."""

    def answer(message: Message) -> None:
        raise refusal

    return answer


@pytest.mark.django_db
class TestBudget:
    @pytest.fixture(autouse=True)
    def _three_people_a_day(self, paced):
        paced.pace = Pace(people_per_day=3)

    def test_when_it_is_used_up_the_rest_waits_and_the_channel_says_until_when(self, clock, paced):
        letters(*range(5))
        assert deliver(clock) == 3
        state = ChannelState.objects.get(pk=NAME)
        assert state.paused_until == NOW + COUNTED
        assert state.pause_reason == "Jatah 3 orang per 24 jam sudah terpakai."
        assert state.unavailable_since is None
        clock.at = NOW + COUNTED - SECOND
        assert deliver(clock) == 0
        clock.at = NOW + COUNTED
        assert deliver(clock) == 2
        state.refresh_from_db()
        assert (state.paused_until, state.pause_reason) == (None, "")

    def test_the_message_whose_time_ends_first_goes_first(self, clock, paced):
        for number, days in ((1, 9), (2, 2), (3, None), (4, 1), (5, 3)):
            letters(number, expires_at=days and NOW + timedelta(days=days), due_at=NOW - number * MINUTE)
        deliver(clock)
        assert paced.numbers == [4, 2, 5]

    def test_an_address_that_counts_already_costs_nothing(self, clock, paced):
        letters(1, 2, 3)
        deliver(clock)
        clock.advance(3600)
        letters(4)
        letters(5, address="rt-2@rt.test")
        assert deliver(clock) == 1
        assert states() == {1: "accepted", 2: "accepted", 3: "accepted", 4: "queued", 5: "accepted"}

    def test_an_address_that_was_written_to_again_counts_from_then_on(self, clock, paced):
        letters(1, 2, 3)
        deliver(clock)
        clock.advance(3600)
        letters(4, address="rt-1@rt.test")
        deliver(clock)
        letters(5, 6, 7)
        clock.at = NOW + COUNTED
        # Only two of the three people have left the window.
        assert deliver(clock) == 2
        assert ChannelState.objects.get(pk=NAME).paused_until == NOW + HOUR + COUNTED

    def test_a_budget_that_was_raised_holds_at_once(self, clock, paced):
        letters(*range(9))
        deliver(clock)
        paced.pace = Pace(people_per_day=5)
        assert deliver(clock) == 2

    def test_a_budget_that_was_lowered_pauses_until_there_is_room(self, clock, paced):
        letters(1)
        deliver(clock)
        clock.advance(60)
        letters(2, 3)
        deliver(clock)
        paced.pace = Pace(people_per_day=2)
        letters(4)
        clock.advance(3600)
        assert deliver(clock) == 0
        assert ChannelState.objects.get(pk=NAME).paused_until == NOW + MINUTE + COUNTED
        clock.at = NOW + MINUTE + COUNTED
        assert deliver(clock) == 1

    def test_who_was_not_written_to_after_all_does_not_count(self, clock, paced):
        letters(NOT_NEEDED, 1, 2)
        paced.answer = refuse(ChannelUnavailable("Tutup."))
        deliver(clock)
        assert not ChannelUse.objects.exists()
        paced.answer = lambda message: None
        clock.advance(60)
        assert deliver(clock) == 2
        assert set(ChannelUse.objects.values_list("address", flat=True)) == {"rt-1@rt.test", "rt-2@rt.test"}

    def test_who_may_have_been_written_to_counts(self, clock, paced):
        paced.answer = refuse(ConnectionResetError())
        letters(1)
        deliver(clock)
        assert states() == {1: "unknown"}
        assert ChannelUse.objects.count() == 1

    def test_what_is_too_late_takes_nothing_of_it(self, clock, paced):
        letters(*range(10), expires_at=NOW)
        letters(20, 21)
        assert deliver(clock) == 2
        assert ChannelUse.objects.count() == 2


@pytest.mark.django_db
class TestTheOtherSideSaysWhen:
    def test_a_channel_that_says_until_when_is_left_alone_so_long(self, clock, paced):
        paced.answer = refuse(ChannelUnavailable("Kuota habis.", until=NOW + HOUR))
        letters(1)
        queue(2, channel="inbox")
        assert deliver(clock) == 1
        state = ChannelState.objects.get(pk=NAME)
        assert (state.unavailable_since, state.detail, state.paused_until) == (NOW, "Kuota habis.", NOW + HOUR)
        assert Message.objects.values_list("state", "due_at", "detail").get(about_id=1) == (
            "queued",
            NOW,
            "Kuota habis.",
        )
        paced.answer = lambda message: None
        clock.at = NOW + HOUR - SECOND
        assert deliver(clock) == 0
        clock.at = NOW + HOUR
        assert deliver(clock) == 1
        state.refresh_from_db()
        assert (state.unavailable_since, state.detail, state.paused_until, state.pause_reason) == (None, "", None, "")
        assert state.last_accepted_at == clock()

    def test_trouble_counts_from_its_beginning(self, clock, paced):
        paced.answer = refuse(ChannelUnavailable("Mati."))
        letters(1)
        for _ in range(5):
            deliver(clock)
            clock.advance(60)
        assert ChannelState.objects.get(pk=NAME).unavailable_since == NOW
        assert not ChannelUse.objects.exists()

    def test_a_message_is_not_tried_before_the_other_side_asked_for(self, clock, paced):
        paced.answer = refuse(TemporaryRefusal("Terlalu sering.", retry_after=HOUR))
        letters(1)
        deliver(clock)
        assert Message.objects.get().due_at == NOW + HOUR

    def test_a_short_wish_does_not_shorten_the_pause(self, clock, paced):
        paced.answer = refuse(TemporaryRefusal("Terlalu sering.", retry_after=SECOND))
        letters(1)
        deliver(clock)
        assert Message.objects.get().due_at == NOW + MINUTE


@pytest.mark.django_db
def test_addresses_are_counted_by_channel_and_each_reserved_at_its_slot(clock, paced):
    paced.pace = Pace(people_per_day=10, gap=2 * SECOND)
    ChannelUse.objects.create(channel="other", address="rt-1@rt.test", used_at=NOW)
    letters(1, 2)
    deliver(clock)
    assert dict(ChannelUse.objects.filter(channel=NAME).values_list("address", "used_at")) == {
        "rt-1@rt.test": NOW,
        "rt-2@rt.test": NOW + 2 * SECOND,
    }


@pytest.mark.django_db
def test_nothing_is_counted_where_no_limit_asks_for_it(clock, paced):
    paced.pace = Pace(gap=SECOND)
    letters(1, 2)
    deliver(clock)
    assert not ChannelUse.objects.exists()


def test_an_address_counts_until_its_message_cannot_have_gone_out_within_a_day():
    assert COUNTED - timedelta(hours=24) == LEASE >= LONGEST_RUN


@pytest.mark.django_db
def test_families_on_one_telephone_are_all_told(clock, paced):
    paced.pace = Pace(people_per_day=1, person_gap=6 * SECOND)
    letters(*range(5), address="+62811")
    deliver(clock)
    assert Counter(states().values()) == {"accepted": 5}
