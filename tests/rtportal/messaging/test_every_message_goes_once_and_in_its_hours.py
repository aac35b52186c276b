"""Any plan over any channel: it goes out in the sending hours, once, in time and at the pace, and nothing is lost.

A story of some days for each example runs on real rows; the clock jumps from one thing that can happen to the next.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from programs.models import SpecialDay
from rtportal.lib.sending_hours import OpenHours
from rtportal.messaging.channels import all_channels
from rtportal.messaging.channels.base import Pace, PermanentRefusal, TemporaryRefusal
from rtportal.messaging.forecast import BUDGET_SPAN
from rtportal.messaging.hours import SendingTimetable
from rtportal.messaging.models import ChannelState, ChannelUse, Message, SendingHours
from rtportal.messaging.outbox import enqueue
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.regions.models import Region
from tests.rtportal.messaging.letters import Clock, draft
from tests.rtportal.messaging.paced_channel import NAME, PacedChannel

MINUTE = timedelta(minutes=1)
# Three kabupaten, one in each zone of Indonesia.
PLACES = {"32.01": "Asia/Jakarta", "63.09": "Asia/Makassar", "91.01": "Asia/Jayapura"}
FIRST_DAY, DAYS = date(2026, 2, 1), 90

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

_quarters = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))


@st.composite
def rules(draw) -> dict:
    """What an office may have chosen, as fields of SendingHours."""
    opens = draw(_quarters.filter(lambda at: at < time(23, 30)))
    later = _quarters.filter(lambda at: at > opens)
    return {
        "opens_at": opens,
        "closes_at": draw(st.just(time(0)) | later),
        "is_friday_prayer_quiet": draw(st.booleans()),
        "ramadan_closes_at": draw(st.none() | later),
        "is_holiday_quiet": draw(st.booleans()),
    }


@st.composite
def special_days(draw) -> dict:
    starts_on = FIRST_DAY + timedelta(days=draw(st.integers(0, DAYS)))
    return {
        "kind": draw(st.sampled_from(["national", "joint_leave", "ramadan", "local"])),
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=draw(st.integers(0, 4))),
    }


starts = st.integers(0, DAYS * 24 * 3600).map(
    lambda seconds: datetime.combine(FIRST_DAY, time(0), UTC) + timedelta(seconds=seconds)
)
paces = st.builds(
    Pace,
    people_per_day=st.none() | st.integers(1, 6),
    gap=st.sampled_from([None, 0.0125, 1, 5, 90]).map(lambda seconds: seconds and timedelta(seconds=seconds)),
    person_gap=st.sampled_from([None, timedelta(seconds=6)]),
)
# For each letter: where, who (families share a telephone), due after … minutes, ends after … minutes, how the channel
# answers one try after the other (anything after these is taken), and how many seconds each try takes.
letters = st.lists(
    st.tuples(
        st.sampled_from(sorted(PLACES)),
        st.integers(0, 5),
        st.sampled_from([0, 0, 0, 30, 600, 2000]),
        st.sampled_from([None, None, 1, 300, 1500, 4000]),
        st.lists(st.sampled_from(["later", "no", "lost"]), max_size=1) | st.just([]),
        st.sampled_from([0, 0, 0.3, 20, 50]),
    ),
    min_size=1,
    max_size=14,
)


class Story:
    """One plan, carried out until nothing is left to do."""

    def __init__(self, start: datetime, rule: dict, days: list[dict], pace: Pace, plan: list[tuple]):
        for model in (Message, ChannelUse, ChannelState, SpecialDay, SendingHours):
            model.objects.all().delete()
        for code, zone in PLACES.items():
            above = {"name": code[:2], "level": 1, "kind": "provinsi", "time_zone": zone}
            province, _ = Region.objects.get_or_create(code=code[:2], defaults=above)
            own = above | {"name": code, "level": 2, "kind": "kabupaten", "parent": province}
            Region.objects.get_or_create(code=code, defaults=own)
            SendingHours.objects.create(region_id=code, **rule)
            SpecialDay.objects.bulk_create(SpecialDay(region_id=code, name="Hari", **day) for day in days)
        self.start, self.plan, self.clock = start, plan, Clock(start)
        self.channel = PacedChannel(self.clock, pace=pace, answer=self.answer)
        self.tries: list[tuple[datetime, Message]] = []
        self.hours: dict[str, OpenHours] = {}

    def answer(self, message: Message) -> None:
        self.tries.append((self.clock(), message))
        *_, answers, seconds = self.plan[message.about_id]
        self.clock.advance(seconds)
        answer = answers[message.attempt_count - 1] if message.attempt_count <= len(answers) else ""
        if answer == "later":
            raise TemporaryRefusal("Nanti.", retry_after=timedelta(hours=2))
        if answer == "no":
            raise PermanentRefusal("Tidak.")
        if answer == "lost":
            raise ConnectionResetError

    def run(self) -> None:
        enqueue(
            [
                draft(
                    number,
                    route=((NAME, f"+6281{who}"),),
                    region_code=f"{place}.06.2001",
                    due_at=self.start + due * MINUTE,
                    expires_at=ends and self.start + ends * MINUTE,
                )
                for number, (place, who, due, ends, *_) in enumerate(self.plan)
            ],
            now=self.start,
        )
        timetable = SendingTimetable.of(PLACES, now=self.start)
        self.hours = {place: timetable.hours(place) for place in PLACES}
        for _ in range(300):
            deliver_due_messages(now_fn=self.clock, sleep=self.clock.advance)
            if not Message.objects.queued().exists():
                return
            self.clock.at = max(self.clock() + MINUTE, self.next_event())
        raise AssertionError(f"still waiting: {list(Message.objects.queued().values())}")

    def next_event(self) -> datetime:
        """The sweep comes each minute, but while a channel rests nothing happens before the next due time."""
        now, state = self.clock(), ChannelState.objects.filter(pk=NAME).first()
        dues = list(Message.objects.queued().values_list("due_at", flat=True))
        resting = [state.paused_until] if state and state.paused_until and state.paused_until > now else []
        if min(dues) <= now and not resting:
            return now
        return min([due for due in dues if due > now] + resting)


# Making a story smaller takes longer than reading it.
without_shrinking = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(without_shrinking, max_examples=60)
@given(start=starts, rule=rules(), days=st.lists(special_days(), max_size=2), pace=paces, plan=letters)
def test_every_message_goes_once_and_in_its_hours(monkeypatch, start, rule, days, pace, plan):
    story = Story(start, rule, days, pace, plan)
    monkeypatch.setitem(all_channels(), NAME, story.channel)
    story.run()
    states = dict(Message.objects.values_list("about_id", "state"))

    # Nothing is lost: what was planned was sent, failed, is for a human, or came too late and says so.
    assert len(states) == len(plan)
    assert set(states.values()) <= {"accepted", "failed", "unknown", "expired"}
    assert all(message.detail for message in Message.objects.filter(state="expired"))
    assert not Message.objects.exclude(hold="").exists()

    # Nothing goes in a closed hour or after its time, and the other side knows until when it may deliver.
    for at, message in story.tries:
        hours = story.hours[message.region_code[:5]]
        assert hours.open_from(at) == at
        assert message.expires_at is None or at < message.expires_at
    for sent in story.channel.sent:
        place, _, _, ends, *_ = plan[sent.number]
        assert sent.at < sent.expires_at <= story.hours[place].open_until(sent.at)
        assert ends is None or sent.expires_at <= start + ends * MINUTE

    # Once: a message is only tried again after the channel said that it did not take it.
    tries = defaultdict(int)
    for _, message in story.tries:
        tries[message.about_id] += 1
    assert all(count == 1 or (count == 2 and plan[number][4] == ["later"]) for number, count in tries.items())
    assert len(set(story.channel.numbers)) == len(story.channel.numbers)

    # At the pace.
    instants = [at for at, _ in story.tries]
    if pace.gap:
        assert all(later - earlier >= pace.gap for earlier, later in pairwise(instants))
    by_address = defaultdict(list)
    for at, message in story.tries:
        by_address[message.address].append(at)
    if pace.person_gap:
        assert all(b - a >= pace.person_gap for uses in by_address.values() for a, b in pairwise(uses))
    if pace.people_per_day:
        for at in instants:
            day = {message.address for when, message in story.tries if at - BUDGET_SPAN < when <= at}
            assert len(day) <= pace.people_per_day


@settings(without_shrinking, max_examples=25)
@given(
    start=starts,
    rule=rules(),
    limit=st.integers(1, 4),
    ends=st.lists(st.none() | st.integers(10_000, 20_000), min_size=1, max_size=12),
)
def test_under_a_budget_the_earliest_wave_is_served_first(monkeypatch, start, rule, limit, ends):
    plan = [("63.09", number, 0, end, [], 0) for number, end in enumerate(ends)]
    story = Story(start, rule, [], Pace(people_per_day=limit), plan)
    monkeypatch.setitem(all_channels(), NAME, story.channel)
    story.run()
    served = [ends[number] or float("inf") for number in story.channel.numbers]
    assert served == sorted(served)
    assert Message.objects.filter(state="expired").count() == len(ends) - len(served)
