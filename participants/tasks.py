"""What the worker does for this app: each task calls one use case and stops."""

from celery import shared_task

from participants.use_cases.send_due_reminders import send_due_reminders as write_due_reminders
from rtportal.lib import clock


@shared_task(name="participants.send_due_reminders")
def send_due_reminders() -> None:
    write_due_reminders(now=clock.now())
