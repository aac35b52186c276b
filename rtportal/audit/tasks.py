from celery import shared_task

from rtportal.audit.use_cases import check_chain as checking
from rtportal.audit.use_cases import seal_events as sealing
from rtportal.lib import clock


@shared_task(name="audit.seal_events")
def seal_events() -> None:
    sealing.seal_events(now=clock.now())


@shared_task(name="audit.check_chain")
def check_chain() -> None:
    sealing.seal_events(now=clock.now(), looks_at_all=True)
    checking.check_chain(now=clock.now(), is_bounded=True)
