"""What beat asks of a worker for the portal's own running."""

from celery import shared_task

from rtportal.lib import clock
from rtportal.messaging.channel_health import beat
from rtportal.operations.alarms import BEAT


@shared_task(name="operations.note_beat")
def note_beat() -> None:
    """Only the timetable sends this, so it shows that beat and a worker are alive."""
    beat(BEAT, now=clock.now())
