from celery import shared_task

from rtportal.documents.use_cases import write_waiting_files as use_case
from rtportal.lib import clock


@shared_task(name="documents.write_waiting_files")
def write_waiting_files() -> None:
    use_case.write_waiting_files(clock=clock.now)
