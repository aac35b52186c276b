"""What the worker does for the outbox: each task calls one use case and stops."""

from celery import shared_task

from rtportal.lib import clock
from rtportal.lib.shutdown import is_shutting_down
from rtportal.messaging.outbox import DELIVERY_TASK
from rtportal.messaging.use_cases.collect_returned_mail import collect_returned_mail as collect
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages as deliver
from rtportal.messaging.use_cases.forget_channel_uses import forget_channel_uses as forget
from rtportal.messaging.use_cases.give_up_undelivered import give_up_undelivered as give_up
from rtportal.messaging.use_cases.give_up_waiting import give_up_waiting as stop_waiting
from rtportal.messaging.use_cases.keep_channel_events import READING_TASK
from rtportal.messaging.use_cases.read_channel_events import read_channel_events as read
from rtportal.messaging.use_cases.recover_leases import recover_leases as recover


@shared_task(name=DELIVERY_TASK)
def deliver_due_messages() -> None:
    deliver(should_stop=is_shutting_down)


@shared_task(name="messaging.recover_leases")
def recover_leases() -> None:
    recover(now=clock.now())


@shared_task(name="messaging.forget_channel_uses")
def forget_channel_uses() -> None:
    forget(now=clock.now())


@shared_task(name=READING_TASK)
def read_channel_events() -> None:
    read(now=clock.now())


@shared_task(name="messaging.give_up_undelivered")
def give_up_undelivered() -> None:
    give_up(now=clock.now())


@shared_task(name="messaging.give_up_waiting")
def give_up_waiting() -> None:
    stop_waiting(now=clock.now())


@shared_task(name="messaging.collect_returned_mail")
def collect_returned_mail() -> None:
    collect(now=clock.now(), should_stop=is_shutting_down)
