"""What the worker does for this app: each task calls one use case and stops."""

from celery import shared_task

from participants.use_cases.process_roster_imports import process_roster_imports as process_waiting_imports
from participants.use_cases.promote_waiting import promote_waiting as give_free_seats
from participants.use_cases.send_due_reminders import send_due_reminders as write_due_reminders
from rtportal.lib import clock


@shared_task(name="participants.send_due_reminders")
def send_due_reminders() -> None:
    write_due_reminders(now=clock.now())


@shared_task(name="participants.process_roster_imports")
def process_roster_imports() -> None:
    process_waiting_imports(now=clock.now())


@shared_task(name="participants.promote_waiting")
def promote_waiting() -> None:
    give_free_seats(now=clock.now())
