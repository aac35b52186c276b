"""When a wave's reminders are due, and their rows as the wave, its rules and its day change.

Due times live in rows and are computed from the wave's local day in the zone of its region.
"""

from datetime import datetime, time, timedelta

from django.db.models import Q

from participants.models import Reminder
from programs.models import ReminderRule, Wave
from rtportal.lib import clock
from rtportal.messaging.models import Message

INVITATION = "invitation"
# Thanks that a long holiday held back longer than this would only puzzle people.
THANKS_END = timedelta(days=7)


def due_at(wave: Wave, rule: ReminderRule) -> datetime:
    """The rule's local time on the local day H-n of the wave, or n days after its last day, as an instant."""
    day = clock.local_date(wave.ends_at, wave.zone) if rule.is_after else wave.local_day
    day -= timedelta(days=rule.days_before)
    return clock.local_instant(day, rule.local_time, wave.zone)


def expires_at(wave: Wave, rule: ReminderRule) -> datetime:
    """From this instant on the reminder must not be sent.

    "Tomorrow" must not be read on the day itself, so H-1 and earlier end where the wave's local day begins; a
    reminder of the same day ends with the start of the wave. Thanks may wait for some days.
    """
    if rule.is_after:
        return due_at(wave, rule) + THANKS_END
    if rule.days_before == 0:
        return wave.starts_at
    return clock.local_instant(wave.local_day, time(0, 0), wave.zone)


def outbox_prefix(reminder_id: int) -> str:
    """What the dedupe keys of a reminder's messages begin with."""
    return f"reminder:{reminder_id}:"


def plan_reminders(*, wave: Wave, now: datetime) -> None:
    """Bring the wave's reminder rows in line with its programme's rules.

    Does nothing before the invitations are open, nor for a cancelled wave.
    A new rule gets a row, a changed rule moves its row if that is still open, and rows of inactive rules that are
    still pending go. Reminders already sent stay as they are, and those before a wave that is over.
    """
    if not wave.invitations_opened_at or wave.is_cancelled:
        return
    rules = {rule.pk: rule for rule in wave.program.reminder_rules.filter(_open(wave, now), is_active=True)}
    concerned = wave.reminders.filter(_open(wave, now, "rule__"), state=Reminder.State.PENDING)
    concerned.exclude(rule__in=rules).delete()
    planned = set(wave.reminders.values_list("rule_id", flat=True))
    fresh = []
    for rule in (rule for pk, rule in rules.items() if pk not in planned):
        due = due_at(wave, rule)
        state = _state(due, expires_at(wave, rule), now)
        closed_at = None if state == Reminder.State.PENDING else now
        fresh.append(Reminder(wave=wave, rule=rule, due_at=due, state=state, closed_at=closed_at))
    # Two officials may open the same wave at once: the second finds the rows of the first.
    Reminder.objects.bulk_create(fresh, ignore_conflicts=True)
    move_pending_reminders(wave, now)


def move_pending_reminders(wave: Wave, now: datetime) -> None:
    """Give the reminders that were not sent yet the due times of the wave's present date.

    A reminder whose new time is still to come is pending, even if it was late or skipped for the old date. Messages
    of this wave that still wait in the outbox get the new limits; their words are made when they are sent.
    """
    waiting = Message.objects.waiting().filter(group=wave.group)
    waiting.filter(kind=INVITATION).exclude(expires_at=wave.starts_at).update(expires_at=wave.starts_at)
    for reminder in wave.reminders.filter(_open(wave, now, "rule__")).select_related("rule"):
        rule = reminder.rule
        due, expires = due_at(wave, rule), expires_at(wave, rule)
        waiting.filter(dedupe_key__startswith=outbox_prefix(reminder.pk)).update(expires_at=expires)
        if reminder.state == Reminder.State.DONE or not rule.is_active:
            continue
        state = _state(due, expires, now)
        # One that is due this very minute must not be skipped because something else about the wave was edited.
        if reminder.due_at == due and (reminder.state == Reminder.State.PENDING or state != Reminder.State.PENDING):
            continue
        # The sweep may have sent it since it was read: then it stays as it is.
        Reminder.objects.filter(pk=reminder.pk).exclude(state=Reminder.State.DONE).update(
            due_at=due, state=state, closed_at=None if state == Reminder.State.PENDING else now
        )


def _open(wave: Wave, now: datetime, path: str = "") -> Q:
    """Rules that still mean something: once a wave is over, only those after it."""
    return Q(**{f"{path}days_before__lt": 0}) if now >= wave.ends_at else Q()


def _state(due: datetime, expires: datetime, now: datetime) -> Reminder.State:
    if due >= expires:
        return Reminder.State.LATE
    return Reminder.State.SKIPPED if due <= now else Reminder.State.PENDING
