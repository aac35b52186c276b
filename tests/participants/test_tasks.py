from datetime import timedelta

import pytest

from participants.models import Reminder, RosterImport
from participants.reminders import plan_reminders
from participants.tasks import process_roster_imports, promote_waiting, send_due_reminders
from rtportal.celery import app
from rtportal.lib import clock
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK
from tests.participants import rosters
from tests.participants.two_waves import place


@pytest.mark.django_db
def test_the_sweep_of_reminders_writes_what_is_due():
    factories.regions(MURUNG_PUDAK)
    today = clock.local_date(clock.now(), "WITA")
    # The task reads the real clock: a wave in six days, whose reminder at H-7 was due yesterday.
    wave = factories.wave(on=today + timedelta(days=6), invitations_opened_at=factories.NOW)
    factories.enrolment(wave=wave, head=factories.head(email="a@rt.test"))
    plan_reminders(wave=wave, now=factories.NOW)
    Reminder.objects.exclude(rule__days_before=7).delete()
    send_due_reminders()
    assert Reminder.objects.get().state == Reminder.State.DONE
    assert Message.objects.count() == 1


def test_the_timetable_knows_the_task():
    assert "participants.send_due_reminders" in {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert send_due_reminders.name == "participants.send_due_reminders"


@pytest.mark.django_db
def test_the_sweep_of_imports_checks_what_waits():
    factories.regions()
    made = rosters.uploaded(rosters.csv([rosters.row()]))
    # The task reads the real clock, by which an upload of the tests' day is long forgotten.
    RosterImport.objects.update(uploaded_at=clock.now())
    process_roster_imports()
    made.refresh_from_db()
    assert made.state == "previewed"
    assert process_roster_imports.name in {entry["task"] for entry in app.conf.beat_schedule.values()}


@pytest.mark.django_db
def test_the_sweep_of_waiting_lists_gives_a_free_seat():
    factories.regions(MURUNG_PUDAK, JARO)
    today = clock.local_date(clock.now(), "WITA")
    first = factories.wave(on=today + timedelta(days=6))
    second = factories.wave(program=first.program, number=2, on=today + timedelta(days=9), areas=(JARO,))
    waiting = place(factories.enrolment(wave=first), second)
    promote_waiting()
    waiting.refresh_from_db()
    assert (waiting.enrolment.wave, waiting.closed_at is None) == (second, False)
    assert promote_waiting.name in {entry["task"] for entry in app.conf.beat_schedule.values()}
