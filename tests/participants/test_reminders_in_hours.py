"""Whatever the rule, the zone and the hours: a reminder is sent, held or given up, and never read at a wrong time."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from participants.reminders import due_at, expires_at
from programs.models import Program, ReminderRule, Wave
from rtportal.lib import clock
from rtportal.lib.sending_hours import HoursRule, OpenHours, SpecialSpan
from rtportal.regions.models import Region

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


@st.composite
def waves(draw) -> Wave:
    region = Region(code="63.09", name="Tabalong", time_zone=draw(st.sampled_from(ZONES)))
    day, begin = draw(st.dates(date(2026, 1, 1), date(2027, 12, 31))), draw(st.times(time(6), time(20)))
    starts = clock.local_instant(day, begin, region.time_zone)
    length = timedelta(hours=draw(st.integers(1, 60)))
    return Wave(program=Program(region=region), starts_at=starts, ends_at=starts + length)


_rules = st.one_of(
    st.builds(ReminderRule, audience=st.just("confirmed"), days_before=st.integers(0, 14), local_time=st.times()),
    st.builds(ReminderRule, audience=st.just("attended"), days_before=st.integers(-7, -1), local_time=st.times()),
)


@st.composite
def hours_of(draw, wave: Wave) -> OpenHours:
    opens, closes = draw(st.times(max_value=time(12))), draw(st.times(min_value=time(13)))
    ramadan = draw(st.none() | st.just(closes))
    rule = HoursRule(opens, closes, ramadan_closes=ramadan, closed_kinds=frozenset({"national"}))
    first = wave.local_day + timedelta(days=draw(st.integers(-20, 5)))
    holiday = SpecialSpan("national", first, first + timedelta(days=draw(st.integers(0, 9))))
    return OpenHours(rule, wave.zone, (holiday,))


@given(st.data(), waves(), _rules)
def test_planned_is_sent_held_or_expired_and_nothing_rings_at_a_wrong_time(data, wave, rule):
    hours = data.draw(hours_of(wave))
    due, expires = due_at(wave, rule), expires_at(wave, rule)
    sent_at = hours.open_from(due)
    is_planned = due < expires
    is_sent, is_expired = is_planned and sent_at < expires, is_planned and sent_at >= expires
    assert is_sent + is_expired == is_planned
    if not is_sent:
        return
    assert hours.is_open(sent_at)
    day = clock.local_date(sent_at, wave.zone)
    if rule.is_after:
        assert sent_at > wave.ends_at
        assert day > clock.local_date(wave.ends_at, wave.zone)
    else:
        assert sent_at < wave.starts_at
        # What says "tomorrow" or an earlier day is never read on the day itself.
        assert rule.days_before == 0 or day < wave.local_day


@given(waves(), _rules)
def test_a_reminder_is_due_at_its_hour_on_its_day(wave, rule):
    due = due_at(wave, rule)
    assert due.astimezone(clock.parse_zone(wave.zone)).time() == rule.local_time
    assert due < expires_at(wave, rule) or (rule.days_before == 0 and due >= wave.starts_at)
    assert datetime.min.replace(tzinfo=UTC) < due
