"""What the worker does for this app: each task calls one use case and stops."""

from celery import shared_task

from rtportal.lib import clock
from rtportal.privacy.use_cases import purge_expired as purging


@shared_task(name="privacy.purge_expired")
def purge_expired() -> None:
    purging.purge_expired(now=clock.now())
