"""Traps other systems fell into: one flag per rule, a reminder after the event, "tomorrow" read on the day."""

from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from participants.models import Enrolment, Reminder
from participants.reminders import move_pending_reminders, plan_reminders
from participants.use_cases import send_due_reminders as module
from participants.use_cases.send_due_reminders import send_due_reminders
from rtportal.lib import clock
from rtportal.messaging.kinds import Content, render
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db

H7, H3, H1 = (datetime(2026, 4, day, 0, 0, tzinfo=UTC) for day in (1, 5, 7))


@pytest.fixture
def wave(db):
    factories.regions(MURUNG_PUDAK)
    made = factories.wave(invitations_opened_at=NOW)
    for head in factories.heads(4):
        factories.enrolment(wave=made, head=head)
    plan_reminders(wave=made, now=NOW)
    return made


def answer(enrolment: Enrolment, kind: str) -> None:
    name = "Budi" if kind == "represented" else ""
    Enrolment.objects.filter(pk=enrolment.pk).update(answer=kind, answered_at=NOW, substitute_name=name)


def state(days_before: int) -> tuple[str, int]:
    reminder = Reminder.objects.get(rule__days_before=days_before)
    return reminder.state, reminder.message_count


def test_nothing_is_sent_a_second_before_eight(wave):
    assert send_due_reminders(now=H7 - timedelta(seconds=1)) == 0


def test_at_h_7_those_who_have_not_answered_are_reminded_and_only_they(wave):
    silent, *others = Enrolment.objects.all()
    for enrolment, kind in zip(others, ["confirmed", "declined", "represented"], strict=True):
        answer(enrolment, kind)
    assert send_due_reminders(now=H7) == 1
    message = Message.objects.get()
    assert (message.kind, message.about_id) == ("reminder_unanswered", silent.pk)
    assert clock.moment_words(message.expires_at, wave.zone) == "Rabu, 8 April 2026, 00.00 WITA"
    assert state(7) == ("done", 1)


def test_at_h_3_those_who_come_are_reminded_themselves_or_through_a_substitute(wave):
    _, *others = Enrolment.objects.all()
    for enrolment, kind in zip(others, ["confirmed", "declined", "represented"], strict=True):
        answer(enrolment, kind)
    Reminder.objects.filter(rule__days_before=7).delete()
    assert send_due_reminders(now=H3) == 2
    assert set(Message.objects.values_list("kind", "about_id")) == {
        ("reminder_confirmed", others[0].pk),
        ("reminder_confirmed", others[2].pk),
    }


def test_a_second_sweep_sends_nothing_more(wave):
    assert send_due_reminders(now=H7) == 4
    assert send_due_reminders(now=H7 + timedelta(minutes=1)) == 0
    assert Message.objects.count() == 4


def test_a_crash_in_the_middle_leaves_nothing_and_the_next_sweep_does_it_once(wave, monkeypatch):
    def die_after_writing(drafts, *, now):
        enqueue(drafts, now=now)
        raise SystemExit

    enqueue = module.enqueue
    monkeypatch.setattr(module, "enqueue", die_after_writing)
    with pytest.raises(SystemExit):
        send_due_reminders(now=H7)
    assert not Message.objects.exists()
    assert state(7) == ("pending", 0)
    monkeypatch.undo()
    assert send_due_reminders(now=H7) == 4


def test_a_reminder_that_cannot_be_written_does_not_hold_back_the_others(wave, monkeypatch):
    other = factories.wave(program=factories.program(), areas=(), invitations_opened_at=NOW)
    factories.enrolment(wave=other, head=factories.head(number="900", email="a@rt.test"))
    plan_reminders(wave=other, now=NOW)

    def fail_for_the_first(drafts, *, now):
        if drafts[0].group == wave.group:
            raise RuntimeError
        return enqueue(drafts, now=now)

    enqueue = module.enqueue
    monkeypatch.setattr(module, "enqueue", fail_for_the_first)
    assert send_due_reminders(now=H7) == 1


@pytest.mark.parametrize("late_by", [timedelta(0), timedelta(hours=5), timedelta(days=3)])
def test_one_day_before_is_never_sent_on_the_day_or_after_it_but_marked_late(wave, late_by):
    answer(Enrolment.objects.first(), "confirmed")
    Reminder.objects.exclude(rule__days_before=1).delete()
    midnight = clock.local_instant(wave.local_day, time(0, 0), wave.zone)
    assert send_due_reminders(now=midnight + late_by) == 0
    assert state(1) == ("late", 0)
    assert not Message.objects.exists()


def test_one_day_before_may_still_be_sent_late_in_the_evening_before(wave):
    answer(Enrolment.objects.first(), "confirmed")
    Reminder.objects.exclude(rule__days_before=1).delete()
    midnight = clock.local_instant(wave.local_day, time(0, 0), wave.zone)
    assert send_due_reminders(now=midnight - timedelta(seconds=1)) == 1


def test_on_the_day_itself_it_is_sent_until_the_wave_starts(db):
    factories.regions(MURUNG_PUDAK)
    wave = factories.wave(starts=time(9, 0), invitations_opened_at=NOW, program=factories.program(with_rules=False))
    wave.program.reminder_rules.create(audience="unanswered", days_before=0)
    factories.enrolment(wave=wave, head=factories.head(email="a@rt.test"))
    plan_reminders(wave=wave, now=NOW)
    assert send_due_reminders(now=wave.starts_at - timedelta(minutes=1)) == 1
    Reminder.objects.update(state="pending")
    assert send_due_reminders(now=wave.starts_at) == 0
    assert state(0)[0] == "late"


def test_a_reminder_whose_rule_was_switched_off_meanwhile_is_skipped(wave):
    wave.program.reminder_rules.update(is_active=False)
    assert send_due_reminders(now=H7) == 0
    assert state(7) == ("skipped", 0)


def test_a_head_whom_only_a_letter_reaches_is_not_reminded_and_the_count_says_so(wave):
    head = Enrolment.objects.first().head
    head.email = head.phone = ""
    head.save()
    assert send_due_reminders(now=H7) == 3
    assert state(7) == ("done", 3)


def test_who_answers_between_writing_and_sending_is_left_out(wave):
    send_due_reminders(now=H7)
    answer(Enrolment.objects.first(), "confirmed")
    said = render(Message.objects.all())
    assert sum(isinstance(content, Content) for content in said.values()) == 3


def test_who_declines_after_confirming_gets_no_reminder_to_come(wave):
    enrolment = Enrolment.objects.first()
    answer(enrolment, "confirmed")
    Reminder.objects.filter(rule__days_before=7).delete()
    send_due_reminders(now=H3)
    answer(enrolment, "declined")
    assert not any(isinstance(content, Content) for content in render(Message.objects.all()).values())


def test_a_reminder_already_in_the_outbox_says_the_new_date(wave):
    send_due_reminders(now=H7)
    wave.starts_at, wave.ends_at = wave.starts_at + timedelta(days=7), wave.ends_at + timedelta(days=7)
    wave.save()
    factories.publish(wave)
    move_pending_reminders(wave, H7)
    content = render(Message.objects.all()[:1]).popitem()[1]
    assert "Rabu, 15 April 2026, 08.00–15.00 WITA" in content.text
    assert "8 April" not in content.text.replace("15 April", "")


def test_the_same_rule_for_a_new_date_may_be_sent_again(wave):
    send_due_reminders(now=H7)
    reminder = Reminder.objects.get(rule__days_before=7)
    Reminder.objects.filter(pk=reminder.pk).update(state="pending", due_at=H7 + timedelta(days=7))
    wave.starts_at, wave.ends_at = wave.starts_at + timedelta(days=7), wave.ends_at + timedelta(days=7)
    wave.save()
    assert send_due_reminders(now=H7 + timedelta(days=7)) == 4
    assert Message.objects.count() == 8


@pytest.mark.parametrize(
    ("region", "instant"),
    [
        ("15.71", datetime(2026, 4, 7, 1, tzinfo=UTC)),
        ("63.09", datetime(2026, 4, 7, 0, tzinfo=UTC)),
        ("91.71", datetime(2026, 4, 6, 23, tzinfo=UTC)),
    ],
    ids=["WIB", "WITA", "WIT"],
)
def test_it_is_sent_at_eight_of_the_waves_own_zone(db, region, instant):
    factories.regions(region)
    program = factories.program(region=region)
    wave = factories.wave(program=program, on=date(2026, 4, 8), areas=(region,), invitations_opened_at=NOW)
    head = factories.head(district=region, email="a@rt.test")
    factories.enrolment(wave=wave, head=head, answer="confirmed", answered_at=NOW)
    plan_reminders(wave=wave, now=NOW)
    Reminder.objects.exclude(rule__days_before=1).delete()
    assert send_due_reminders(now=instant - timedelta(seconds=1)) == 0
    assert send_due_reminders(now=instant) == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_write_each_reminder_once(wave):
    barrier, written = Barrier(3), []

    def sweep() -> None:
        barrier.wait()
        written.append(send_due_reminders(now=H7))
        connections.close_all()

    threads = [Thread(target=sweep) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(written) == [0, 0, 4]
    assert Message.objects.count() == 4
