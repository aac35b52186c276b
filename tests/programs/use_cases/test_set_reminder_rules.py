from datetime import time, timedelta

import pytest

from participants.models import Reminder
from participants.reminders import plan_reminders
from programs.errors import Refusal, StaleEdit
from programs.use_cases.set_reminder_rules import RuleWish, set_reminder_rules
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from tests import factories
from tests.factories import NOW, WAVE_DAY

pytestmark = pytest.mark.django_db

EIGHT = time(8)
DEFAULTS = [RuleWish("unanswered", 7, EIGHT), RuleWish("confirmed", 3, EIGHT), RuleWish("confirmed", 1, EIGHT)]


@pytest.fixture
def wave():
    factories.regions(factories.TABALONG)
    made = factories.wave(invitations_opened_at=NOW)
    plan_reminders(wave=made, now=NOW)
    return made


def set_rules(wave, wishes, *, version=1, now=NOW):
    return set_reminder_rules(program=wave.program, version=version, wishes=wishes, actor=None, now=now)


def dues(wave):
    return {
        (reminder.rule.audience, reminder.rule.days_before): reminder.due_at
        for reminder in wave.reminders.select_related("rule")
    }


def test_a_new_hour_moves_the_pending_reminder(wave):
    set_rules(wave, [*DEFAULTS[:2], RuleWish("confirmed", 1, time(16, 30))])
    eve = WAVE_DAY.replace(day=WAVE_DAY.day - 1)
    assert dues(wave)["confirmed", 1] == clock.local_instant(eve, time(16, 30), "WITA")
    assert len(dues(wave)) == 3


def test_a_new_rule_gets_its_reminder_and_one_taken_out_loses_it(wave):
    set_rules(wave, [*DEFAULTS[:2], RuleWish("unanswered", 5, EIGHT)])
    assert set(dues(wave)) == {("unanswered", 7), ("confirmed", 3), ("unanswered", 5)}
    assert wave.program.reminder_rules.count() == 3


def test_an_inactive_rule_has_no_pending_reminder(wave):
    set_rules(wave, [*DEFAULTS[:2], RuleWish("confirmed", 1, EIGHT, is_active=False)])
    assert ("confirmed", 1) not in dues(wave)
    assert wave.program.reminder_rules.get(days_before=1).is_active is False


def test_a_rule_that_has_reminded_somebody_stays_as_inactive(wave):
    Reminder.objects.filter(rule__days_before=7).update(state="done", message_count=12)
    set_rules(wave, DEFAULTS[1:])
    assert wave.program.reminder_rules.get(days_before=7).is_active is False
    assert wave.reminders.get(rule__days_before=7).message_count == 12


def test_a_wave_that_is_over_keeps_its_reminders_as_they_were(wave):
    before = dues(wave)
    set_rules(wave, [RuleWish(wish.audience, wish.days_before, time(10)) for wish in DEFAULTS], now=wave.ends_at)
    assert dues(wave) == before


def test_the_change_leaves_an_audit_line_and_a_new_version(wave):
    assert set_rules(wave, DEFAULTS[:1]).version == 2
    line = AuditEvent.objects.get(action="program.reminders_changed")
    assert line.sentence.endswith("menjadi: H-7 pukul 08.00, yang belum menjawab.")


def test_the_same_rules_again_change_nothing(wave):
    assert set_rules(wave, DEFAULTS).version == 1
    assert not AuditEvent.objects.exists()


def test_a_programme_may_remind_nobody(wave):
    set_rules(wave, [])
    assert not wave.program.reminder_rules.exists()
    assert not dues(wave)


def test_two_reminders_for_the_same_people_and_day_are_refused(wave):
    with pytest.raises(Refusal) as refusal:
        set_rules(wave, [*DEFAULTS, RuleWish("confirmed", 3, time(17))])
    assert refusal.value.sentence == ("Ada dua pengingat untuk H-3 yang menjawab hadir atau diwakili. Cukup satu.")
    assert wave.program.reminder_rules.get(days_before=3).local_time == EIGHT


def test_more_than_twenty_reminders_are_refused(wave):
    with pytest.raises(Refusal) as refusal:
        set_rules(wave, [RuleWish("confirmed", day, EIGHT) for day in range(21)])
    assert refusal.value.sentence == "Paling banyak 20 pengingat dalam satu program."


def test_the_second_official_is_told_what_the_first_changed(wave):
    set_rules(wave, DEFAULTS[:1])
    with pytest.raises(StaleEdit) as refusal:
        set_rules(wave, DEFAULTS[1:], version=1)
    change = refusal.value.changes[0]
    assert change.label == "Pengingat"
    assert change.after == "H-7 pukul 08.00, yang belum menjawab"


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (
            RuleWish("confirmed", -1, EIGHT),
            "H+1: pengingat untuk yang menjawab hadir atau diwakili paling lambat pada hari pelaksanaan. "
            "Isi 0 atau lebih.",
        ),
        (
            RuleWish("attended", 0, EIGHT),
            "hari H: pesan untuk yang sudah hadir (ucapan terima kasih) dikirim sesudah pelaksanaan. Isi -1 sampai -7.",
        ),
    ],
)
def test_nobody_is_reminded_after_the_wave_nor_thanked_before_it(wave, wish, sentence):
    with pytest.raises(Refusal) as refusal:
        set_rules(wave, [*DEFAULTS, wish])
    assert refusal.value.sentence == sentence


def test_thanks_and_the_morning_itself_are_planned_and_said_as_people_say_them(wave):
    set_rules(wave, [RuleWish("attended", -1, EIGHT), RuleWish("confirmed", 0, time(6))])
    assert dues(wave)["attended", -1] == clock.local_instant(WAVE_DAY.replace(day=WAVE_DAY.day + 1), EIGHT, "WITA")
    assert dues(wave)["confirmed", 0] == clock.local_instant(WAVE_DAY, time(6), "WITA")
    line = AuditEvent.objects.get(action="program.reminders_changed")
    assert "hari H pukul 06.00, yang menjawab hadir atau diwakili; H+1 pukul 08.00" in line.sentence


def test_thanks_may_still_change_on_the_evening_of_the_wave(wave):
    set_rules(wave, [*DEFAULTS, RuleWish("attended", -1, EIGHT)])
    before = dues(wave)
    set_rules(wave, [*DEFAULTS[:2], RuleWish("attended", -1, time(16))], version=2, now=wave.ends_at)
    after = dues(wave)
    assert after.pop(("attended", -1)) - before.pop(("attended", -1)) == timedelta(hours=8)
    set_rules(wave, DEFAULTS[:1], version=3, now=wave.ends_at)
    assert ("attended", -1) not in dues(wave)
