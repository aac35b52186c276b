"""Due times, planning and moving. `NOW` is 37 days before the factories' wave on 8 April 2026."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.models import Reminder
from participants.reminders import due_at, expires_at, move_pending_reminders, plan_reminders
from programs.models import Program, ReminderRule, Wave
from rtportal.lib import clock
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft, enqueue
from rtportal.regions.models import Region
from tests import factories
from tests.factories import NOW

ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
UNANSWERED, CONFIRMED = ReminderRule.Audience.UNANSWERED, ReminderRule.Audience.CONFIRMED


def wave_in(zone: str, day: date, starts: time = time(8, 0)) -> Wave:
    """A wave that needs no database."""
    start = clock.local_instant(day, starts, zone)
    program = Program(region=Region(code="00.00", time_zone=zone))
    return Wave(program=program, starts_at=start, ends_at=start + timedelta(hours=7))


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("Asia/Jakarta", datetime(2023, 11, 1, 1, tzinfo=UTC)),
        ("Asia/Makassar", datetime(2023, 11, 1, 0, tzinfo=UTC)),
        # Eight o'clock there is still the evening before in UTC.
        ("Asia/Jayapura", datetime(2023, 10, 31, 23, tzinfo=UTC)),
    ],
    ids=["WIB", "WITA", "WIT"],
)
def test_eight_in_the_morning_is_another_instant_in_each_zone(zone, instant):
    assert due_at(wave_in(zone, date(2023, 11, 8)), ReminderRule(days_before=7)) == instant


@given(
    zone=st.sampled_from(sorted(ZONES)),
    day=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    starts=st.times(),
    days_before=st.integers(0, 60),
)
def test_a_reminder_is_due_at_eight_local_and_is_never_sent_once_it_is_too_late(zone, day, starts, days_before):
    wave, rule = wave_in(zone, day, starts), ReminderRule(days_before=days_before)
    due, expires = due_at(wave, rule), expires_at(wave, rule)
    local = due + timedelta(hours=ZONES[zone])
    assert (local.date(), local.time()) == (day - timedelta(days=days_before), time(8, 0))
    assert expires <= wave.starts_at
    if days_before:
        assert due < expires
        assert clock.local_date(expires - timedelta(microseconds=1), zone) < day


@pytest.fixture
def wave(db):
    factories.regions(factories.MURUNG_PUDAK)
    return factories.wave(invitations_opened_at=NOW)


def states(wave: Wave) -> dict[tuple[str, int], str]:
    return {(r.rule.audience, r.rule.days_before): r.state for r in wave.reminders.select_related("rule")}


def dues(wave: Wave) -> dict[int, str]:
    rows = wave.reminders.select_related("rule")
    return {r.rule.days_before: clock.moment_words(r.due_at, wave.zone) for r in rows}


def move(wave: Wave, day: date, now: datetime) -> None:
    """As the use case that reschedules a wave does."""
    length = wave.ends_at - wave.starts_at
    wave.starts_at = clock.local_instant(day, time(8, 0), wave.zone)
    wave.ends_at = wave.starts_at + length
    wave.save()
    move_pending_reminders(wave, now)


def test_planning_writes_one_row_for_each_rule(wave):
    plan_reminders(wave=wave, now=NOW)
    plan_reminders(wave=wave, now=NOW)
    assert dues(wave) == {
        7: "Rabu, 1 April 2026, 08.00 WITA",
        3: "Minggu, 5 April 2026, 08.00 WITA",
        1: "Selasa, 7 April 2026, 08.00 WITA",
    }
    assert set(states(wave).values()) == {"pending"}


def test_nothing_is_planned_before_the_invitations_are_open(wave):
    wave.invitations_opened_at = None
    plan_reminders(wave=wave, now=NOW)
    assert not wave.reminders.exists()


def test_a_rule_whose_time_has_passed_at_planning_is_skipped(wave):
    plan_reminders(wave=wave, now=datetime(2026, 4, 3, 5, tzinfo=UTC))
    assert states(wave) == {(UNANSWERED, 7): "skipped", (CONFIRMED, 3): "pending", (CONFIRMED, 1): "pending"}


def test_a_reminder_of_the_same_day_that_would_come_after_the_start_is_late_at_once(wave):
    wave.program.reminder_rules.create(audience=CONFIRMED, days_before=0)
    plan_reminders(wave=wave, now=NOW)
    assert states(wave)[CONFIRMED, 0] == "late"


def test_switching_a_rule_off_takes_its_pending_reminder_away_and_keeps_what_was_sent(wave):
    plan_reminders(wave=wave, now=NOW)
    wave.reminders.filter(rule__days_before=7).update(state=Reminder.State.DONE, closed_at=NOW)
    wave.program.reminder_rules.update(is_active=False)
    plan_reminders(wave=wave, now=NOW)
    assert states(wave) == {(UNANSWERED, 7): "done"}


def test_a_rule_deleted_takes_its_pending_reminder_along(wave):
    plan_reminders(wave=wave, now=NOW)
    wave.program.reminder_rules.filter(days_before=3).delete()
    plan_reminders(wave=wave, now=NOW)
    assert set(dues(wave)) == {7, 1}


def test_changing_a_rule_moves_its_reminder(wave):
    plan_reminders(wave=wave, now=NOW)
    wave.program.reminder_rules.filter(days_before=3).update(days_before=5, local_time=time(16, 30))
    plan_reminders(wave=wave, now=NOW)
    assert dues(wave)[5] == "Jumat, 3 April 2026, 16.30 WITA"


def test_moving_a_wave_moves_its_pending_reminders(wave):
    plan_reminders(wave=wave, now=NOW)
    move(wave, date(2026, 4, 15), NOW)
    assert dues(wave)[7] == "Rabu, 8 April 2026, 08.00 WITA"
    assert set(states(wave).values()) == {"pending"}


def test_a_reminder_skipped_or_late_for_the_old_date_is_pending_for_the_new_one(wave):
    late_in_the_day = datetime(2026, 4, 7, 8, tzinfo=UTC)
    plan_reminders(wave=wave, now=late_in_the_day)
    wave.reminders.filter(rule__days_before=3).update(state=Reminder.State.LATE)
    move(wave, date(2026, 4, 22), late_in_the_day)
    assert set(states(wave).values()) == {"pending"}
    assert not wave.reminders.filter(closed_at__isnull=False).exists()


def test_moving_a_wave_closer_skips_what_would_have_been_due_already(wave):
    plan_reminders(wave=wave, now=NOW)
    move(wave, date(2026, 3, 6), NOW)
    assert states(wave) == {(UNANSWERED, 7): "skipped", (CONFIRMED, 3): "pending", (CONFIRMED, 1): "pending"}


def test_a_reminder_that_was_sent_stays_sent_when_the_wave_moves(wave):
    plan_reminders(wave=wave, now=NOW)
    wave.reminders.filter(rule__days_before=7).update(state=Reminder.State.DONE, closed_at=NOW)
    move(wave, date(2026, 4, 15), NOW)
    assert states(wave)[UNANSWERED, 7] == "done"
    assert dues(wave)[7] == "Rabu, 1 April 2026, 08.00 WITA"


def test_an_edit_that_does_not_move_the_wave_never_skips_a_reminder_that_is_due_right_now(wave):
    plan_reminders(wave=wave, now=NOW)
    due = wave.reminders.get(rule__days_before=7).due_at
    move_pending_reminders(wave, due + timedelta(seconds=20))
    assert states(wave)[UNANSWERED, 7] == "pending"


def test_messages_that_still_wait_in_the_outbox_get_the_limits_of_the_new_date(wave):
    plan_reminders(wave=wave, now=NOW)
    reminder = wave.reminders.get(rule__days_before=1)
    keys = {"invitation:1": "invitation", f"reminder:{reminder.pk}:1:2026-04-07": "reminder_confirmed"}
    enqueue(
        [
            Draft(
                dedupe_key=key,
                kind=kind,
                route=(("inbox", "a@rt.test"),),
                recipient_name="A",
                region_code="63.09",
                group=wave.group,
                about_id=1,
                due_at=NOW,
                expires_at=wave.starts_at,
            )
            for key, kind in keys.items()
        ],
        now=NOW,
    )
    move(wave, date(2026, 4, 1), NOW)
    limits = dict(Message.objects.values_list("kind", "expires_at"))
    assert limits["invitation"] == wave.starts_at
    assert clock.moment_words(limits["reminder_confirmed"], wave.zone) == "Rabu, 1 April 2026, 00.00 WITA"
