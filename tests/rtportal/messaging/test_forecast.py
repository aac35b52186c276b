from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.clock import local_instant
from rtportal.lib.sending_hours import HoursRule, OpenHours
from rtportal.messaging import forecast as module
from rtportal.messaging.channels.base import Pace
from rtportal.messaging.forecast import Crowd, forecast

WITA = "Asia/Makassar"
HOURS = OpenHours(HoursRule(), WITA)
MONDAY = date(2026, 3, 2)
NOW = local_instant(MONDAY, time(10), WITA)
NEW_ACCOUNT = {"whatsapp": Pace(people_per_day=250, gap=timedelta(seconds=1) / 80)}


def crowd(people: int, *, name="wave:1", channel="whatsapp", due_at=NOW, expires_at=None, hours=HOURS) -> Crowd:
    return Crowd(name, channel, people, due_at, expires_at, hours)


def ahead(crowds, *, paces=NEW_ACCOUNT, used=None, now=NOW):
    return forecast(crowds, paces=paces, used=used or {}, now=now, zone=WITA)


def test_951_people_on_a_new_account_take_four_days():
    seen = ahead([crowd(951)])
    assert [counts["whatsapp"] for counts in seen.days.values()] == [250, 250, 250, 201]
    assert seen.first_at == NOW
    assert seen.last_at.date() == date(2026, 3, 5)
    assert (seen.planned, seen.sent, seen.late_count) == (951, 951, 0)


def test_what_was_sent_in_the_last_24_hours_is_not_there_to_be_used():
    yesterday = [NOW - timedelta(hours=20)] * 200
    seen = ahead([crowd(100)], used={"whatsapp": yesterday})
    # Fifty at once, and the others when those 200 are a day old: at 14.00.
    assert seen.first_at == NOW
    assert local_instant(MONDAY, time(14), WITA) <= seen.last_at <= local_instant(MONDAY, time(14, 1), WITA)


def test_the_earliest_wave_comes_first():
    near, far = NOW + timedelta(hours=30), NOW + timedelta(days=20)
    seen = ahead([crowd(300, name="wave:2", expires_at=far), crowd(300, name="wave:1", expires_at=near)])
    assert seen.late == {}
    seen = ahead([crowd(300, name="wave:2", expires_at=far), crowd(600, name="wave:1", expires_at=near)])
    assert seen.late == {"wave:1": 100}
    assert seen.sent == 800


def test_who_waits_already_takes_a_turn_and_is_not_counted():
    soon = NOW + timedelta(days=2)
    waiting = Crowd("wave:9", "whatsapp", 300, NOW, soon, HOURS, is_asked=False)
    seen = ahead([waiting, crowd(100, expires_at=soon + timedelta(days=1))])
    assert (seen.planned, seen.sent) == (100, 100)
    assert seen.first_at >= NOW + timedelta(hours=24)


def test_at_night_the_first_message_waits_for_the_morning():
    night = local_instant(MONDAY, time(21, 10), WITA)
    seen = ahead([crowd(3, due_at=night)], now=night)
    assert seen.first_at == local_instant(date(2026, 3, 3), time(7, 30), WITA)


def test_a_letter_and_the_inbox_know_no_hours():
    night = local_instant(MONDAY, time(21, 10), WITA)
    assert ahead([crowd(3, channel="inbox", due_at=night, hours=None)], now=night).first_at == night


def test_a_gateway_takes_its_time():
    seen = ahead([crowd(100, channel="gateway")], paces={"gateway": Pace(gap=timedelta(seconds=5))})
    assert seen.last_at == NOW + timedelta(seconds=99 * 5)


def test_whose_hours_open_only_after_the_event_is_late():
    night = local_instant(MONDAY, time(21, 10), WITA)
    morning = local_instant(date(2026, 3, 3), time(7), WITA)
    seen = ahead([crowd(3, due_at=night, expires_at=morning)], now=night)
    assert (seen.sent, seen.late, seen.first_at, seen.last_at) == (0, {"wave:1": 3}, None, None)


def test_nobody_takes_no_time():
    seen = ahead([crowd(0)])
    assert (seen.planned, seen.first_at, seen.days) == (0, None, {})


_minutes = st.integers(0, 10 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
_rules = st.builds(
    HoursRule,
    opens=st.none() | st.times(max_value=time(12)),
    closes=st.none() | st.times(min_value=time(13)),
    ramadan_closes=st.none(),
)
_crowds = st.lists(
    st.builds(
        Crowd,
        st.sampled_from(["wave:1", "wave:2", "wave:3"]),
        st.sampled_from(["whatsapp", "email"]),
        st.integers(0, 30),
        _minutes,
        st.none() | _minutes,
        st.none() | st.builds(OpenHours, _rules, st.sampled_from(["Asia/Jakarta", WITA, "Asia/Jayapura"])),
    ),
    max_size=5,
)
_paces = st.builds(
    Pace,
    people_per_day=st.none() | st.integers(1, 40),
    gap=st.none() | st.integers(1, 4000).map(lambda seconds: timedelta(seconds=seconds)),
)
_used = st.lists(st.integers(0, 24 * 60 - 1).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=50)
_used_by_channel = st.fixed_dictionaries({"whatsapp": _used})


@given(
    _crowds, st.fixed_dictionaries({"whatsapp": _paces, "email": _paces}), st.fixed_dictionaries({"whatsapp": _used})
)
def test_everybody_is_sent_to_or_late_and_nothing_breaks_a_limit(crowds, paces, used):
    seen = ahead(crowds, paces=paces, used=used)
    assert seen.sent + sum(seen.late.values()) == sum(crowd.people for crowd in crowds)
    assert sum(sum(counts.values()) for counts in seen.days.values()) == seen.sent
    for name, pace in paces.items():
        mine = [crowd for crowd in crowds if crowd.channel == name]
        sends = [(one, at) for one, at, _ in module._sends(mine, pace, used.get(name, ()), NOW) if at]
        for one, at in sends:
            assert at >= max(one.due_at, NOW)
            assert one.expires_at is None or at < one.expires_at
            assert one.hours is None or one.hours.is_open(at)
        moments = [at for _, at in sends]
        assert moments == sorted(moments)
        if pace.gap:
            assert all(later - earlier >= pace.gap for earlier, later in pairwise(moments))
        if pace.people_per_day:
            _refuse_crowded_days(moments, used.get(name, []), pace.people_per_day)


def _refuse_crowded_days(moments: list[datetime], used: list[datetime], limit: int) -> None:
    everything = [*used, *moments]
    for at in set(moments):
        assert sum(at - timedelta(hours=24) < other <= at for other in everything) <= limit
