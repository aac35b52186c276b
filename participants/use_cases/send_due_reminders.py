"""Reminders whose time has come are written into the outbox."""

import logging
from datetime import datetime

from django.db import transaction

from participants.models import Reminder
from participants.reminders import expires_at
from participants.use_cases._reminder_drafts import Occasion, drafts_of
from programs.use_cases._editing import locked_wave
from rtportal.messaging.outbox import enqueue

logger = logging.getLogger("rtportal.reminders")


def send_due_reminders(*, now: datetime) -> int:
    """Returns how many messages were written.

    Does: for each due reminder, in a transaction of its own, writes messages to those whom the rule means at this
    moment and closes it; a crash leaves it either untouched or done, and two sweeps never both do it.
    Refuses: a reminder that would come too late is closed as late, one whose rule was switched off as skipped.
    Tells: RT heads, substitutes, speakers or operators, through the outbox.
    """
    written = 0
    for pk, due_at, wave_id in list(Reminder.objects.due(now).order_by("due_at").values_list("pk", "due_at", "wave")):
        try:
            with transaction.atomic():
                # Before the reminder's own row, as everybody locks: nobody gets another head or wave between being
                # read and being written to.
                locked_wave(wave_id)
                written += _send(pk, due_at, now)
        except Exception:
            # One reminder that cannot be written must not hold back all later ones; the next sweep tries it again.
            logger.exception("reminder %s could not be written", pk)
    return written


def _send(pk: int, due_at: datetime, now: datetime) -> int:
    # Takes the row's lock and, by the due time, notices a wave that was moved since the row was read.
    claimed = Reminder.objects.filter(pk=pk, state=Reminder.State.PENDING, due_at=due_at)
    if not claimed.update(state=Reminder.State.DONE, closed_at=now):
        return 0
    reminder = Reminder.objects.select_related("rule", "wave__program__region").get(pk=pk)
    wave, rule = reminder.wave, reminder.rule
    expires = expires_at(wave, rule)
    if now >= expires or not rule.is_active or wave.is_cancelled:
        is_late = rule.is_active and not wave.is_cancelled
        state = Reminder.State.LATE if is_late else Reminder.State.SKIPPED
        Reminder.objects.filter(pk=pk).update(state=state)
        return 0
    drafts = list(drafts_of(Occasion(reminder, expires, now)))
    count = enqueue(drafts, now=now)
    Reminder.objects.filter(pk=pk).update(message_count=count)
    return count
