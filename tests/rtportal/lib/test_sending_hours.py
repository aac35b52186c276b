from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.clock import local_instant
from rtportal.lib.sending_hours import FARTHEST, HoursError, HoursRule, OpenHours, SpecialSpan

WITA = "Asia/Makassar"
USUAL = OpenHours(HoursRule(), WITA)
WEDNESDAY, FRIDAY = date(2026, 4, 8), date(2026, 4, 10)
RAMADAN = SpecialSpan("ramadan", date(2026, 4, 1), date(2026, 4, 30))
HOLIDAY = SpecialSpan("national", WEDNESDAY, WEDNESDAY)
ALWAYS = HoursRule(opens=None, closes=None, friday_pause=None, ramadan_closes=None)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return local_instant(day, time(hour, minute), WITA)


@pytest.mark.parametrize(
    ("hours", "wished", "opening"),
    [
        (USUAL, at(WEDNESDAY, 9), at(WEDNESDAY, 9)),
        (USUAL, at(WEDNESDAY, 7, 30), at(WEDNESDAY, 7, 30)),
        (USUAL, at(WEDNESDAY, 7, 29), at(WEDNESDAY, 7, 30)),
        (USUAL, at(WEDNESDAY, 20), at(date(2026, 4, 9), 7, 30)),
        (USUAL, at(FRIDAY, 11, 30), at(FRIDAY, 13)),
        (USUAL, at(WEDNESDAY, 11, 30), at(WEDNESDAY, 11, 30)),
        (OpenHours(HoursRule(), WITA, (RAMADAN,)), at(WEDNESDAY, 17, 30), at(date(2026, 4, 9), 7, 30)),
        (OpenHours(HoursRule(ramadan_closes=None), WITA, (RAMADAN,)), at(WEDNESDAY, 17, 30), at(WEDNESDAY, 17, 30)),
        (OpenHours(HoursRule(), WITA, (HOLIDAY,)), at(WEDNESDAY, 9), at(WEDNESDAY, 9)),
        (
            OpenHours(HoursRule(closed_kinds=frozenset({"national"})), WITA, (HOLIDAY,)),
            at(WEDNESDAY, 9),
            at(date(2026, 4, 9), 7, 30),
        ),
        (OpenHours(HoursRule(friday_pause=None), WITA), at(FRIDAY, 12), at(FRIDAY, 12)),
        (OpenHours(HoursRule(closes=None), WITA), at(WEDNESDAY, 23, 59), at(WEDNESDAY, 23, 59)),
        (OpenHours(HoursRule(closes=None), WITA), at(WEDNESDAY, 3), at(WEDNESDAY, 7, 30)),
        (OpenHours(ALWAYS, WITA), at(WEDNESDAY, 3), at(WEDNESDAY, 3)),
    ],
)
def test_a_message_goes_at_once_or_at_the_next_opening(hours, wished, opening):
    assert hours.open_from(wished) == opening
    assert hours.is_open(wished) == (wished == opening)


@pytest.mark.parametrize(
    ("hours", "instant", "closing"),
    [
        (USUAL, at(WEDNESDAY, 9), at(WEDNESDAY, 20)),
        (USUAL, at(FRIDAY, 9), at(FRIDAY, 11, 30)),
        (USUAL, at(WEDNESDAY, 21), at(WEDNESDAY, 21)),
        # Open over midnight until somebody prays.
        (OpenHours(HoursRule(opens=None, closes=None), WITA), at(WEDNESDAY, 9), at(FRIDAY, 11, 30)),
        (OpenHours(ALWAYS, WITA), at(WEDNESDAY, 9), at(WEDNESDAY, 9) + FARTHEST),
    ],
)
def test_the_closing_is_that_of_the_open_hours_around_an_instant(hours, instant, closing):
    assert hours.open_until(instant) == closing


@pytest.mark.parametrize(
    "rule",
    [
        {"opens": time(20), "closes": time(7, 30)},
        {"opens": time(8), "closes": time(8)},
        {"opens": None, "closes": time(0)},
        {"opens": time(9), "ramadan_closes": time(8, 59)},
        {"friday_pause": (time(13), time(11, 30))},
    ],
)
def test_hours_that_never_open_are_refused(rule):
    with pytest.raises(HoursError):
        HoursRule(**rule)


def test_where_clocks_are_put_back_the_hours_are_those_on_the_clock():
    berlin = ZoneInfo("Europe/Berlin")
    hours = OpenHours(HoursRule(opens=time(1, 30), closes=time(2, 30), friday_pause=None), berlin)
    # On 25 October 2026 clocks show 02.00–03.00 twice: at 00.00 and again at 01.00 UTC.
    midnight = datetime(2026, 10, 25, tzinfo=UTC)
    assert hours.open_until(midnight) == midnight + timedelta(minutes=30)
    assert hours.open_from(midnight + timedelta(minutes=40)) == midnight + timedelta(hours=1)


_times = st.times(timezones=st.none())
_optional = st.none() | _times


@st.composite
def rules(draw) -> HoursRule:
    opens, closes = draw(_optional), draw(_optional)
    pause = draw(st.none() | st.tuples(_times, _times).filter(lambda pair: pair[0] < pair[1]))
    kinds = draw(st.frozensets(st.sampled_from(["national", "joint_leave", "local"])))
    try:
        return HoursRule(opens, closes, pause, draw(_optional), kinds)
    except HoursError:
        return HoursRule(opens, None, pause, None, kinds)


@st.composite
def spans(draw) -> SpecialSpan:
    first = draw(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
    length = timedelta(days=draw(st.integers(0, 30)))
    return SpecialSpan(draw(st.sampled_from(["national", "joint_leave", "local", "ramadan"])), first, first + length)


_hours = st.builds(
    OpenHours,
    rules(),
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})).map(ZoneInfo),
    st.lists(spans(), max_size=4).map(tuple),
)
_instants = st.floats(0, 365 * 86_400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


def may_ring(hours: OpenHours, instant: datetime) -> bool:
    """The rule as a person would check it on a clock and a calendar in the region."""
    local, rule = instant.astimezone(hours.zone), hours.rule
    kinds = {one.kind for one in hours.special if one.starts_on <= local.date() <= one.ends_on}
    if kinds & rule.closed_kinds:
        return False
    shown = local.time()
    if (rule.opens and shown < rule.opens) or (rule.closes and shown >= rule.closes):
        return False
    if "ramadan" in kinds and rule.ramadan_closes and shown >= rule.ramadan_closes:
        return False
    pause = rule.friday_pause
    return not (local.weekday() == 4 and pause and pause[0] <= shown < pause[1])


@given(_hours, _instants, st.lists(st.floats(0, 1, exclude_max=True), max_size=20))
def test_the_opening_is_open_in_any_zone_and_nothing_before_it_is(hours, wished, between):
    opening = hours.open_from(wished)
    assert opening >= wished
    assert may_ring(hours, opening)
    for part in between:
        moment = wished + (opening - wished) * part
        assert moment == opening or not may_ring(hours, moment)


@given(_hours, _instants, st.lists(st.floats(0, 1, exclude_max=True), max_size=20))
def test_all_is_open_until_the_closing_and_then_it_is_not(hours, wished, between):
    opening = hours.open_from(wished)
    closing = hours.open_until(opening)
    assert closing > opening
    assert closing == opening + FARTHEST or not may_ring(hours, closing)
    for part in between:
        assert may_ring(hours, min(opening + (closing - opening) * part, closing - timedelta(microseconds=1)))
