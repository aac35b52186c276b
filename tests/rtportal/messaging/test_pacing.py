"""Messages over a channel with a pace. The clock moves only while a worker waits."""

import pytest

from rtportal.messaging import pacing
from rtportal.messaging.channels.base import Pace
from rtportal.messaging.models import ChannelState, Message
from rtportal.messaging.pacing import slots_for
from rtportal.messaging.use_cases.deliver_due_messages import LONGEST_RUN, deliver_due_messages
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue, states, wakeups
from tests.rtportal.messaging.paced_channel import MINUTE, NAME, SECOND, PacedChannel, deliver, letters


def seconds(channel: PacedChannel) -> list[float]:
    return [(one.at - NOW).total_seconds() for one in channel.sent]


class TestSlots:
    """Pure arithmetic: when each of some addresses may be written to."""

    def slots(self, addresses: str, *, until: int = 60, last: dict | None = None, **pace) -> list[tuple[str, float]]:
        found, _ = slots_for(
            list(addresses),
            Pace(**{name: value * SECOND for name, value in pace.items()}),
            first=NOW,
            until=NOW + until * SECOND,
            last_uses={address: NOW - ago * SECOND for address, ago in (last or {}).items()},
        )
        return [(addresses[place], (at - NOW).total_seconds()) for place, at in found.items()]

    def test_a_gap_lies_between_any_two(self):
        assert self.slots("abc", gap=5) == [("a", 0), ("b", 5), ("c", 10)]

    def test_who_would_come_too_late_has_no_slot(self):
        assert self.slots("abc", gap=5, until=10) == [("a", 0), ("b", 5)]

    def test_others_go_before_an_address_that_rests(self):
        assert self.slots("aab", person_gap=6) == [("a", 0), ("b", 0), ("a", 6)]

    def test_an_address_rests_from_its_last_use(self):
        assert self.slots("ab", person_gap=6, last={"a": 2}) == [("b", 0), ("a", 4)]
        assert self.slots("a", person_gap=6, last={"a": 6}) == [("a", 0)]

    def test_both_gaps_hold_together(self):
        assert self.slots("aabc", gap=1, person_gap=6) == [("a", 0), ("b", 1), ("c", 2), ("a", 6)]

    def test_without_limits_all_go_at_once(self):
        assert self.slots("abc") == [("a", 0), ("b", 0), ("c", 0)]


@pytest.mark.django_db
class TestGap:
    def test_the_worker_waits_for_each_slot(self, clock, paced):
        paced.pace = Pace(gap=5 * SECOND)
        letters(1, 2, 3)
        assert deliver(clock) == 3
        assert seconds(paced) == [0, 5, 10]
        assert ChannelState.objects.get(pk=NAME).next_send_at == NOW + 15 * SECOND

    def test_a_run_ends_after_its_minute_and_leaves_the_rest(self, clock, paced):
        paced.pace = Pace(gap=5 * SECOND)
        letters(*range(40))
        assert deliver(clock) == 12
        assert clock() <= NOW + LONGEST_RUN
        assert Message.objects.filter(state="sending").count() == 0
        clock.advance(1)
        assert deliver(clock) >= 11
        gaps = {later - earlier for earlier, later in zip(seconds(paced), seconds(paced)[1:], strict=False)}
        assert min(gaps) >= 5

    def test_a_slow_send_moves_the_slots_behind_it(self, clock, paced):
        paced.pace = Pace(gap=5 * SECOND)
        paced.answer = lambda message: clock.advance(12 if message.about_id == 1 else 0)
        letters(1, 2, 3)
        deliver(clock)
        assert seconds(paced) == [0, 12, 17]
        letters(4)
        deliver(clock)
        assert seconds(paced)[-1] == 22

    def test_while_one_worker_sends_over_it_another_takes_nothing(self, clock, paced):
        paced.pace = Pace(gap=5 * SECOND)
        letters(*range(10))
        first = pacing.claim(paced, now=NOW, size=100, until=NOW + MINUTE)
        assert len(first.messages) == 2
        clock.advance(30)
        assert pacing.claim(paced, now=clock(), size=100, until=clock() + MINUTE).messages == []

    def test_over_a_fast_channel_two_workers_share_the_slots(self, clock, paced):
        paced.pace = Pace(gap=SECOND / 80)
        letters(*range(250))
        claims = [pacing.claim(paced, now=NOW, size=100, until=NOW + MINUTE) for _ in range(3)]
        slots = sorted(at for claim in claims for at in claim.slots.values())
        assert slots == [NOW + number * SECOND / 80 for number in range(250)]

    def test_other_channels_need_not_wait(self, clock, paced):
        paced.pace = Pace(gap=5 * SECOND)
        letters(*range(20))
        queue(100, 101, channel="inbox")
        deliver(clock)
        assert Message.objects.get(about_id=101).closed_at == NOW

    def test_a_worker_asked_to_end_does_not_wait_on(self, clock, paced):
        paced.pace = Pace(gap=5 * SECOND)
        letters(1, 2)
        assert deliver(clock, should_stop=lambda: clock() > NOW + SECOND) == 1
        assert clock() < NOW + 5 * SECOND
        assert states() == {1: "accepted", 2: "queued"}

    def test_a_message_under_way_is_written_down_before_the_worker_waits(self, clock, paced):
        paced.pace = Pace(gap=5 * SECOND)
        letters(1, 2)
        seen = []
        deliver_due_messages(now_fn=clock, sleep=lambda wait: seen.append(states()[1]) or clock.advance(wait))
        assert set(seen) == {"accepted"}

    @pytest.mark.django_db(transaction=True)
    def test_a_run_that_is_over_wakes_another_for_a_slot_that_comes_soon(self, clock, paced):
        paced.pace = Pace(gap=7 * SECOND)
        letters(*range(10))
        before = wakeups()
        assert deliver(clock) == 9
        assert wakeups() == before + 1

    @pytest.mark.django_db(transaction=True)
    def test_nobody_is_woken_for_a_slot_that_is_far_away(self, clock, paced):
        paced.pace = Pace(gap=90 * SECOND)
        letters(1, 2)
        before = wakeups()
        assert deliver(clock) == 1
        assert wakeups() == before
        clock.advance(90)
        assert deliver(clock) == 1


@pytest.mark.django_db
class TestPersonGap:
    def test_who_shares_a_telephone_is_written_to_with_a_pause(self, clock, paced):
        paced.pace = Pace(person_gap=6 * SECOND)
        letters(1, 2, address="+62811")
        letters(3)
        deliver(clock)
        assert dict(zip(paced.numbers, seconds(paced), strict=True)) == {1: 0, 3: 0, 2: 6}

    def test_the_pause_holds_from_one_run_to_the_next(self, clock, paced):
        paced.pace = Pace(person_gap=6 * SECOND)
        letters(1, address="+62811")
        deliver(clock)
        letters(2, address="+62811")
        deliver(clock)
        assert seconds(paced) == [0, 6]
