from celery import shared_task

from rtportal.documents.use_cases import drop_old_files as dropping
from rtportal.documents.use_cases import write_waiting_files as writing
from rtportal.lib import clock


@shared_task(name="documents.write_waiting_files")
def write_waiting_files() -> None:
    writing.write_waiting_files(clock=clock.now)


@shared_task(name="documents.drop_old_files")
def drop_old_files() -> None:
    dropping.drop_old_files(now=clock.now())
